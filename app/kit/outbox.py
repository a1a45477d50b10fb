"""Outbox: what happened, told in the same transaction to whoever acts on it later."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self
from uuid import UUID

from sqlalchemy import Uuid, cast, delete, func, insert, literal, select, tuple_

from app.kit.database import ReadSession, WriteSession, Xid8
from app.kit.models import OutboxEvent


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far a reader has come: the transaction and the event that it saw last."""

    xid: int
    event_id: UUID

    def __str__(self) -> str:
        return f"{self.xid}.{self.event_id}"

    @classmethod
    def read(cls, text: str) -> Self:
        """Return the cursor that was written as `text`; ValueError if it is none."""
        xid, _, event_id = text.partition(".")
        if not xid.isascii() or not xid.isdigit():
            raise ValueError("not a cursor")
        return cls(int(xid), UUID(event_id))


def cursor_of(event: OutboxEvent) -> Cursor:
    """Return the cursor with which reading goes on after an event."""
    return Cursor(int(event.xid), event.id)


async def tell(
    session: WriteSession,
    topic: str,
    *,
    organization_id: UUID | None,
    subject: str,
    payload: Mapping[str, Any],
) -> None:
    """Tell that something happened to a subject, if and only if the caller's transaction commits.

    The payload holds ids, codes and amounts, never personal data: nothing here is erased with a person.
    """
    await session.execute(
        insert(OutboxEvent).values(
            topic=topic, organization_id=organization_id, subject=subject, payload=dict(payload)
        )
    )


async def read(
    session: ReadSession, after: Cursor | None, limit: int, *, topics: Sequence[str] | None = None
) -> Sequence[OutboxEvent]:
    """Return the events after a cursor, each exactly once to whoever goes on from the last one's cursor.

    Events of a transaction that is older than one still open wait for it: time, serials and UUIDs would have
    skipped what commits late.
    """
    settled = func.pg_snapshot_xmin(func.pg_current_snapshot(), type_=Xid8())
    query = select(OutboxEvent).where(OutboxEvent.xid < settled)
    if after is not None:
        seen = tuple_(cast(literal(str(after.xid)), Xid8()), cast(literal(after.event_id), Uuid()))
        query = query.where(tuple_(OutboxEvent.xid, OutboxEvent.id) > seen)
    if topics is not None:
        query = query.where(OutboxEvent.topic.in_(topics))
    return (await session.scalars(query.order_by(OutboxEvent.xid, OutboxEvent.id).limit(limit))).all()


async def forget(session: WriteSession, before: datetime) -> int:
    """Delete the events told before a moment; return how many there were."""
    gone = delete(OutboxEvent).where(OutboxEvent.created_at < before).returning(OutboxEvent.id)
    return len((await session.scalars(gone)).all())
