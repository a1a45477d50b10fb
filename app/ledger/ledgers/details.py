"""Details: the postings of an account in their order, each with the balance behind it (明细账)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import text

from app.kit import bulk
from app.kit.database import ReadSession
from app.ledger import balances


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page ends: its last posting, and the balance that stood behind it."""

    booked_on: date
    entry_id: UUID
    line: int
    side: int
    balance: int


@dataclass(frozen=True, slots=True)
class DetailRow:
    """One posting as the account sees it, in fen; `balance` is what stands behind it, debit positive."""

    entry_id: UUID
    line: int
    booked_on: date
    occurred_at: datetime
    kind: str
    reference: str
    summary: str | None
    label: str
    other_code: str
    other_label: str
    debit: int
    credit: int
    balance: int

    @property
    def place(self) -> Place:
        """Where a page that ends with this row ends."""
        return Place(self.booked_on, self.entry_id, self.line, int(self.credit > 0), self.balance)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which accounts of which books, from which day to which."""

    organization_id: UUID
    chart: str
    code: str
    label: str | None
    since: date
    until: date


# In the order of the books: by day, then in the order in which entries were made. The balance of a page goes
# on from the one before, so that it is right for the rows that were shown, whatever is booked meanwhile.
_FOUND = """
    from entries e
    join postings p on p.entry_id = e.id
    cross join lateral (values (0, p.debit_account_id, p.credit_account_id),
                               (1, p.credit_account_id, p.debit_account_id)) s (side, here, there)
    join accounts a on a.id = s.here
    join accounts o on o.id = s.there
    where e.organization_id = :organization and e.booked_on between :since and :until
      and s.here = any(cast(:accounts as uuid[]))
      and (p.debit_account_id = any(cast(:accounts as uuid[]))
           or p.credit_account_id = any(cast(:accounts as uuid[])))
"""
_ROWS = text(
    f"""
    select e.id, p.line, e.booked_on, e.occurred_at, e.kind, e.reference, e.summary, a.label, o.code, o.label,
           case when s.side = 0 then p.amount else 0 end, case when s.side = 1 then p.amount else 0 end
    {_FOUND} and (e.booked_on, e.id, p.line, s.side) > (:day, cast(:entry as uuid), :line, :side)
    order by e.booked_on, e.id, p.line, s.side limit :limit
    """
)
_COUNT = text(f"select count(*) {_FOUND}")
_ACCOUNTS = text(
    """
    select id from accounts where organization_id = :organization and chart = :chart and code = :code
      and (cast(:label as text) is null or label = :label)
    """
)


async def opening(session: ReadSession, asked: Asked) -> int:
    """Return what stood on the accounts before the first day, in fen; a credit is negative."""
    before = asked.since - timedelta(days=1)
    rows = await balances.trial_balance(session, [asked.organization_id], as_of=before)
    of_code = [row for row in rows if (row.chart, row.code) == (asked.chart, asked.code)]
    return sum(row.balance for row in of_code if asked.label in (None, row.label))


async def rows(session: ReadSession, asked: Asked, after: Place | None, limit: int) -> Sequence[DetailRow]:
    """Return the next postings behind `after`, or the first ones, each with the balance behind it."""
    start = after or Place(asked.since, UUID(int=0), 0, 0, await opening(session, asked))
    found = await session.execute(
        _ROWS,
        {
            **await _which(session, asked),
            "since": max(asked.since, start.booked_on),
            "day": start.booked_on,
            "entry": start.entry_id,
            "line": start.line,
            "side": start.side,
            "limit": limit,
        },
    )
    shown: list[DetailRow] = []
    balance = start.balance
    for row in found.all():
        balance += row[-2] - row[-1]
        said: tuple[Any, ...] = tuple(row)
        shown.append(DetailRow(*said, balance=balance))
    return shown


async def count(session: ReadSession, asked: Asked) -> int:
    """Return how many postings there are in all, on whatever page."""
    return await session.scalar(_COUNT, await _which(session, asked)) or 0


async def _which(session: ReadSession, asked: Asked) -> dict[str, Any]:
    books = {"organization": asked.organization_id, "chart": asked.chart}
    ids = await session.scalars(_ACCOUNTS, books | {"code": asked.code, "label": asked.label})
    return {
        "organization": asked.organization_id,
        "accounts": bulk.array(ids.all()),
        "since": asked.since,
        "until": asked.until,
    }
