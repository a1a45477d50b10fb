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
_FOUND = f"""
    from entries e
    where e.organization_id = :organization and e.booked_on between :since and :until
      and (not :late or {_LATE})
"""
_ENTRIES = text(
    f"""
    select e.id, e.booked_on, e.occurred_at, e.created_at, e.kind, e.reference, e.summary, e.actor,
           {_LATE}
    {_FOUND} and (e.booked_on, e.id) > (:day, cast(:entry as uuid))
    order by e.booked_on, e.id limit :limit
    """
)
_TOTAL = text(
    f"""
    select count(*), coalesce(sum(amount), 0)::bigint from (
      select (select sum(p.amount) from postings p where p.entry_id = e.id) as amount {_FOUND}
    ) found
    """  # noqa: S608 - all its parts are written here
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
            **_which(asked),
            "since": max(asked.since, day),
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


async def total(session: ReadSession, asked: Asked) -> tuple[int, int]:
    """Return how many entries there are in all, and what they debit, which is what they credit, in fen."""
    count, amount = (await session.execute(_TOTAL, _which(asked))).one()
    return count, amount


def _which(asked: Asked) -> dict[str, Any]:
    return {
        "organization": asked.organization_id,
        "since": asked.since,
        "until": asked.until,
        "late": asked.only_late,
    }
