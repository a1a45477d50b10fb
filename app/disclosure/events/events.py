"""Events: drafted, published and called off by staff, with their programme and materials."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from app.disclosure.events.errors import (
    EventCodeTaken,
    EventNotDraft,
    EventTimesReversed,
    MaterialNotPublic,
    SeatsTaken,
)
from app.disclosure.models import EventSession, EventState, PublicEvent
from app.kit import constraints, outbox
from app.kit.attachments import files
from app.kit.attachments.files import Owner
from app.kit.clock import now
from app.kit.database import ReadSession, WriteSession
from app.kit.errors import Refusal
from app.kit.models import Attachment
from app.organizations.errors import OutOfSight
from app.organizations.models import Organization

MATERIAL = "event_material"
"""Under this name the materials of events lie; `app/wiring.py` says who reads them."""


async def draft(session: WriteSession, event: PublicEvent) -> PublicEvent:
    """Draft an event, of which the public knows nothing yet."""
    async with constraints.told(session, _refusals()):
        session.add(event)
    return event


async def change(session: WriteSession, event: PublicEvent, **changes: Any) -> None:  # noqa: ANN401
    """Change what is said of an event that goes on; never to fewer seats than are taken."""
    _must_go_on(event)
    async with constraints.told(session, _refusals()):
        for name, value in changes.items():
            setattr(event, name, value)
        event.version += 1
    if any(_outside(event, part) for part in await sessions(session, event)):
        raise EventTimesReversed


async def publish(session: WriteSession, event: PublicEvent) -> None:
    """Let everybody know of an event."""
    if event.state is not EventState.draft:
        raise EventNotDraft(state=event.state)
    event.state, event.published_at = EventState.published, now()
    event.version += 1
    await session.flush()
    await _tell(session, event)


async def cancel(session: WriteSession, event: PublicEvent) -> None:
    """Call an event off; who had signed up reads it there."""
    _must_go_on(event)
    event.state = EventState.cancelled
    event.version += 1
    await session.flush()
    await _tell(session, event)


async def add_session(session: WriteSession, event: PublicEvent, part: EventSession) -> EventSession:
    """Add a part to the programme, within the event's time."""
    _must_go_on(event)
    if _outside(event, part):
        raise EventTimesReversed
    async with constraints.told(session, _refusals()):
        session.add(part)
    return part


async def add_materials(
    session: WriteSession, event: PublicEvent, ids: Sequence[UUID], *, actor: str
) -> Sequence[Attachment]:
    """Publish files with an event; only such as were uploaded for everybody."""
    given = await files.attach(session, ids, owner_of(event), by=actor)
    if any(file.public_sha256 is None for file in given):
        raise MaterialNotPublic
    return given


async def get(session: ReadSession, event_id: UUID, *, lock: bool = False) -> PublicEvent:
    """Return an event, or refuse."""
    for_update = {"key_share": True} if lock else None
    event = await session.get(PublicEvent, event_id, with_for_update=for_update, populate_existing=lock)
    if event is None:
        raise OutOfSight
    return event


async def published(session: ReadSession, event_id: UUID) -> PublicEvent:
    """Return an event that everybody may know of: no draft, nor one that was never more than that."""
    event = await get(session, event_id)
    if event.published_at is None:
        raise OutOfSight
    return event


def shown() -> Select[PublicEvent]:
    """Return the query for the events that everybody may know of."""
    return select(PublicEvent).where(PublicEvent.published_at.is_not(None))


def listed(kind: str | None, organization: str | None) -> Select[PublicEvent]:
    """Return the query for the events of a kind and of the organization with a code, each if it is said."""
    query = shown()
    if kind is not None:
        query = query.where(PublicEvent.kind == kind)
    if organization is not None:
        of = select(Organization.id).where(Organization.code == organization)
        query = query.where(PublicEvent.organization_id.in_(of))
    return query


def of_members(places: Collection[UUID]) -> Select[PublicEvent]:
    """Return the query for the events of some organizations, drafts too."""
    return select(PublicEvent).where(PublicEvent.organization_id.in_(places))


async def sessions(session: ReadSession, event: PublicEvent) -> Sequence[EventSession]:
    """Return the programme of an event in the order of its hours."""
    query = select(EventSession).where(EventSession.event_id == event.id)
    return (await session.scalars(query.order_by(EventSession.starts_at, EventSession.id))).all()


async def session_of(session: ReadSession, event: PublicEvent, session_id: UUID) -> EventSession:
    """Return a part of this event's programme, or refuse."""
    part = await session.get(EventSession, session_id)
    if part is None or part.event_id != event.id:
        raise OutOfSight
    return part


async def materials(session: ReadSession, event: PublicEvent) -> Sequence[Attachment]:
    """Return the files of an event that everybody may have."""
    found = await files.of(session, owner_of(event))
    return [one for one in found if one.deleted_at is None and one.public_sha256 is not None]


def owner_of(event: PublicEvent) -> Owner:
    """Return as what an event owns its files."""
    return Owner(MATERIAL, event.id, event.organization_id)


def _outside(event: PublicEvent, part: EventSession) -> bool:
    return part.starts_at < event.starts_at or part.ends_at > event.ends_at


def _must_go_on(event: PublicEvent) -> None:
    if event.state is EventState.cancelled:
        raise EventNotDraft(state=event.state)


def _refusals() -> dict[str, Refusal]:
    return {
        "public_events_organization_id_code_key": EventCodeTaken(),
        "public_events_times_check": EventTimesReversed(),
        "public_events_taken_check": SeatsTaken(),
        "event_sessions_times_check": EventTimesReversed(),
    }


async def _tell(session: WriteSession, event: PublicEvent) -> None:
    await outbox.tell(
        session,
        f"event.{event.state.value}",
        organization_id=event.organization_id,
        subject=f"event:{event.id}",
        payload={
            "event_id": str(event.id),
            "code": event.code,
            "kind": event.kind.value,
            "starts_at": event.starts_at.isoformat(),
        },
    )
