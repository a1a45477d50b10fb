"""Outbox: what happened, told in the same transaction to whoever acts on it later."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, Self
from uuid import UUID

import orjson
from sqlalchemy import Uuid, cast, delete, func, insert, literal, select, tuple_
from sqlalchemy.dialects import postgresql

from app.kit.bulk import Statement
from app.kit.clock import now
from app.kit.database import ReadSession, WriteSession, Xid8
from app.kit.ids import new_id
from app.kit.models import OutboxEvent, OutboxReader, OutboxTopic

_TELLING = """\
insert into outbox_events (id, created_at, topic, organization_id, subject, payload)
select told.id, told.created_at, told.topic, told.organization_id, told.subject, told.payload::jsonb
from unnest(
    %(ids)s::uuid[], %(created_at)s::timestamptz[], %(topics)s::text[], %(organization_ids)s::uuid[],
    %(subjects)s::text[], %(payloads)s::text[]
) as told (id, created_at, topic, organization_id, subject, payload)
where exists (select from outbox_topics as wanted where wanted.topic = told.topic)"""


class Happening(NamedTuple):
    """Something that happened, as one of many."""

    topic: str
    organization_id: UUID
    subject: str
    payload: Mapping[str, Any]


@dataclass(frozen=True, slots=True, order=True)
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


_WANTED = "select topic from outbox_topics where topic = any(%(topics)s::text[])"


def asking(topics: Sequence[str]) -> Statement:
    """Return the statement that finds which of these topics somebody wants, as rows of one `topic`.

    Whoever tells of much asks along with what is looked up anyway: what nobody wants need not be made.
    """
    return Statement(_WANTED, {"topics": topics})


def telling(happenings: Sequence[Happening]) -> Statement:
    """Return the statement that tells of what happens in bulk, to be run together with others.

    Only topics that somebody wants are written: a gift must not pay for a listener who is not there.
    """
    return Statement(
        _TELLING,
        {
            "ids": [new_id() for _ in happenings],
            "created_at": [now()] * len(happenings),
            "topics": [one.topic for one in happenings],
            "organization_ids": [one.organization_id for one in happenings],
            "subjects": [one.subject for one in happenings],
            "payloads": [orjson.dumps(one.payload).decode() for one in happenings],
        },
    )


async def want(session: WriteSession, topics: Iterable[str]) -> None:
    """Have what happens in bulk under these topics written from now on."""
    rows = [{"topic": topic} for topic in sorted(set(topics))]
    if rows:
        await session.execute(postgresql.insert(OutboxTopic).on_conflict_do_nothing(), rows)


async def read(
    session: ReadSession,
    after: Cursor | None,
    limit: int,
    *,
    topics: Sequence[str] | None = None,
    at: Sequence[UUID] | None = None,
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
    if at is not None:
        query = query.where(OutboxEvent.organization_id.in_(at))
    return (await session.scalars(query.order_by(OutboxEvent.xid, OutboxEvent.id).limit(limit))).all()


async def horizon(session: ReadSession) -> Cursor | None:
    """Return the place up to which every event is settled: nothing will appear at or before it any more."""
    settled = func.pg_snapshot_xmin(func.pg_current_snapshot(), type_=Xid8())
    last = await session.scalar(
        select(OutboxEvent)
        .where(OutboxEvent.xid < settled)
        .order_by(OutboxEvent.xid.desc(), OutboxEvent.id.desc())
        .limit(1)
    )
    return last and cursor_of(last)


async def take(
    session: WriteSession, name: str, limit: int, *, topics: Sequence[str] | None = None
) -> Sequence[OutboxEvent]:
    """Return the next events for a reader, and remember in the same transaction that it has had them.

    Two that read under one name at once take turns: each event is handed out once, unless the transaction
    that took it is rolled back.
    """
    made = postgresql.insert(OutboxReader).values(name=name)
    await session.execute(made.on_conflict_do_nothing())
    reader = await session.get_one(OutboxReader, name, with_for_update=True, populate_existing=True)
    after = None if reader.cursor is None else Cursor.read(reader.cursor)
    # Seen before the events are read: whatever lies before it has been handed out then, or is of no interest.
    end = await horizon(session)
    events = await read(session, after, limit, topics=topics)
    last = cursor_of(events[-1]) if events else after
    if len(events) < limit and end is not None:
        last = max(end, last) if last is not None else end
    reader.cursor = None if last is None else str(last)
    return events


async def forget(session: WriteSession, before: datetime) -> int:
    """Delete the events told before a moment; return how many there were."""
    gone = delete(OutboxEvent).where(OutboxEvent.created_at < before).returning(OutboxEvent.id)
    return len((await session.scalars(gone)).all())
