"""Releases: whose class changes when a restriction ends: this year's income, or net assets of earlier years.

A restriction that ends in the year in which the money came moves income of one class to the other (4101,
限定性 to 非限定性); what came in earlier years stands in net assets and moves there (art. 70).
"""

from datetime import date
from uuid import UUID

from sqlalchemy import text

from app.kit.database import WriteSession
from app.ledger.models import Fund

# The oldest money goes first, so what is released are the next serial numbers; each inflow says on which
# account it was recorded, and when. Anchored at the inflow that holds the first of them.
_NEXT = text(
    """
    select a.code,
           sum(least(p.first_serial + p.amount, :high) - greatest(p.first_serial, :low))::bigint as amount
    from postings p
    join entries e on e.id = p.entry_id
    join accounts a on a.id = p.credit_account_id
    join chart_accounts k on (k.chart, k.code) = (a.chart, a.code)
    where p.fund_id = :fund and p.direction = 'in' and k.kind = 'income' and e.booked_on >= :january
      and p.first_serial < :high and p.first_serial >= coalesce((
        select max(first_serial) from postings
        where fund_id = :fund and direction = 'in' and first_serial <= :low), 0)
    group by a.code order by a.code
    """
)
# A refund took its serial numbers from the front, and its amount from the income of its own gift: no more
# moves than still stands as this year's income of the fund.
_STANDING = text(
    """
    select a.code, sum(b.credit - b.debit)::bigint as amount
    from accounts a
    join balances b on b.account_id = a.id
    join chart_accounts k on (k.chart, k.code) = (a.chart, a.code)
    where a.fund_id = :fund and k.kind = 'income' and b.month >= :january
    group by a.code
    """
)
_LOCK = text(
    "select fund_id, spent from fund_counters where fund_id in (:source, :target)"
    " order by fund_id for no key update"
)


async def parts(
    session: WriteSession, source: Fund, target: Fund, amount: int, *, on: date
) -> list[tuple[str | None, int]]:
    """Return how much of what a release takes moves on which account of income; None: in net assets.

    The funds' counters stay locked, so that the numbers looked at are the ones that the entry then takes.
    """
    locked = await session.execute(_LOCK, {"source": source.id, "target": target.id})
    spent: dict[UUID, int] = {row.fund_id: row.spent for row in locked}
    low, january = spent[source.id], on.replace(month=1, day=1)
    asked = {"fund": source.id, "january": january}
    found = await session.execute(_NEXT, asked | {"low": low, "high": low + amount})
    standing = {row.code: row.amount for row in await session.execute(_STANDING, asked)}
    of_income = {row.code: min(row.amount, max(standing.get(row.code, 0), 0)) for row in found}
    rest = amount - sum(of_income.values())
    return [(code, part) for code, part in [(None, rest), *of_income.items()] if part > 0]
