"""Chronicle: every entry of an organization's books in their order, with its postings (序时账)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text

from app.kit import bulk
from app.kit.database import ReadSession


@dataclass(frozen=True, slots=True)
class PostingRow:
    """One posting with the names of its two accounts, in fen."""

    entry_id: UUID
    line: int
    chart: str
    debit_code: str
    debit_name_zh: str
    debit_label: str
    credit_code: str
    credit_name_zh: str
    credit_label: str
    amount: int


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One entry with its postings."""

    id: UUID
    booked_on: date
    occurred_at: datetime
    created_at: datetime
    kind: str
    reference: str
    summary: str | None
    actor: str
    late: bool
    postings: Sequence[PostingRow]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which books, from which day to which, and whether only entries that came late."""

    organization_id: UUID
    since: date
    until: date
    only_late: bool = False


# Late: booked in another month than the one in which it happened, as that was closed (books.md, invariant 8).
_LATE = "e.booked_on <> (e.occurred_at at time zone 'Asia/Shanghai')::date"
_ENTRIES = text(
    f"""
    select e.id, e.booked_on, e.occurred_at, e.created_at, e.kind, e.reference, e.summary, e.actor,
           {_LATE}
    from entries e
    where e.organization_id = :organization and e.booked_on between :since and :until
      and (not :late or {_LATE}) and (e.booked_on, e.id) > (:day, cast(:entry as uuid))
    order by e.booked_on, e.id limit :limit
    """  # noqa: S608
)
_POSTINGS = text(
    """
    select p.entry_id, p.line, p.chart, d.code, dk.name_zh, d.label, c.code, ck.name_zh, c.label, p.amount
    from postings p
    join accounts d on d.id = p.debit_account_id
    join accounts c on c.id = p.credit_account_id
    join chart_accounts dk on (dk.chart, dk.code) = (d.chart, d.code)
    join chart_accounts ck on (ck.chart, ck.code) = (c.chart, c.code)
    where p.entry_id = any(cast(:entries as uuid[])) order by p.entry_id, p.line
    """
)


async def entries(
    session: ReadSession, asked: Asked, after: tuple[date, UUID] | None, limit: int
) -> Sequence[EntryRow]:
    """Return the next entries behind `after`, or the first ones, by day and then as they were made."""
    day, entry = after or (asked.since, UUID(int=0))
    found = await session.execute(
        _ENTRIES,
        {
            "organization": asked.organization_id,
            "since": max(asked.since, day),
            "until": asked.until,
            "late": asked.only_late,
            "day": day,
            "entry": entry,
            "limit": limit,
        },
    )
    rows = found.all()
    postings: defaultdict[UUID, list[PostingRow]] = defaultdict(list)
    ids = bulk.array(row.id for row in rows)
    for posting in [PostingRow(*row) for row in await session.execute(_POSTINGS, {"entries": ids})]:
        postings[posting.entry_id].append(posting)
    said: list[tuple[Any, ...]] = [tuple(row) for row in rows]
    return [EntryRow(*one, postings=postings[one[0]]) for one in said]
