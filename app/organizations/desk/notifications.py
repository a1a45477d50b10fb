"""Notifications: events told to the people whom they concern, and what those have read."""

from uuid import UUID

from sqlalchemy import Select, select, update
from sqlalchemy.dialects.postgresql import insert

from app.kit import outbox
from app.kit.clock import now
from app.kit.database import ReadSession, WriteSession
from app.kit.ids import new_id
from app.organizations.desk import notices
from app.organizations.errors import OutOfSight
from app.organizations.models import Notification, Staff

READER = "notifications"
EVENTS_AT_ONCE = 200


async def spread(session: WriteSession) -> tuple[list[UUID], bool]:
    """Tell people of the next events that concern them; return what is new, and whether more is to come.

    How far it has come is remembered in the same transaction, and a person is told of an event once: going
    through the events again adds nothing.
    """
    known = notices.known(session)
    made: list[UUID] = []
    events = await outbox.take(session, READER, EVENTS_AT_ONCE, topics=sorted(known))
    for event in events:
        concerned = sorted(await known[event.topic].concerned(session, event))
        rows = [
            {
                "id": new_id(),
                "staff_id": staff_id,
                "event_id": event.id,
                "topic": event.topic,
                "subject": event.subject,
                "organization_id": event.organization_id,
                "occurred_at": event.created_at,
                "created_at": now(),
            }
            for staff_id in await session.scalars(
                select(Staff.id).where(Staff.id.in_(concerned)).order_by(Staff.id)
            )
        ]
        if rows:
            put = insert(Notification).values(rows).on_conflict_do_nothing().returning(Notification.id)
            made += await session.scalars(put)
    return made, len(events) == EVENTS_AT_ONCE


def of(staff_id: UUID, *, unread: bool | None = None) -> Select[Notification]:
    """Return the query for what a person was told."""
    query = select(Notification).where(Notification.staff_id == staff_id)
    if unread is not None:
        query = query.where(Notification.read_at.is_(None) == unread)
    return query


async def get(session: ReadSession, staff_id: UUID, notification_id: UUID) -> Notification:
    """Return something that this person was told."""
    found = await session.get(Notification, notification_id)
    if found is None or found.staff_id != staff_id:
        raise OutOfSight
    return found


async def mark(session: WriteSession, staff_id: UUID, up_to: UUID) -> None:
    """Note that a person has read everything they were told up to and with a notification."""
    await session.execute(
        update(Notification)
        .where(Notification.staff_id == staff_id, Notification.id <= up_to, Notification.read_at.is_(None))
        .values(read_at=now())
    )
