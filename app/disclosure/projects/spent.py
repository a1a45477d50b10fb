"""Spent: what the books of all members say went into projects, by project and fund, from folded totals."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import text

from app.kit import bulk
from app.kit.database import ReadSession
from app.ledger.models import Fund
from app.projects.transfers.stations import LAST_MILE_FROM

# Balances by month, not postings: the cost grows with accounts and months, and with no gift. Closing entries
# empty these accounts into net assets, which spends nothing; they are few, and are taken out again.
_MOVED = """
    with used as (
      select a.project_id, a.fund_id, a.id, a.organization_id
      from accounts a join chart_accounts k on (k.chart, k.code) = (a.chart, a.code)
      where k.kind = 'expense' and {chosen}
    ), closed as (
      select p.debit_account_id, p.credit_account_id, p.amount
      from entries e join postings p on p.entry_id = e.id
      where e.kind = 'closing' and e.organization_id in (select organization_id from used)
    ), moved as (
      select u.project_id, u.fund_id, b.debit - b.credit as amount
      from used u join balances b on b.account_id = u.id
      union all
      select u.project_id, u.fund_id, c.amount from used u join closed c on c.credit_account_id = u.id
      union all
      select u.project_id, u.fund_id, -c.amount from used u join closed c on c.debit_account_id = u.id
    )
    select project_id, fund_id, sum(amount)::bigint as amount from moved
    group by 1, 2 having sum(amount) <> 0 order by 1, 2
"""
_ON_PROJECTS = text(_MOVED.format(chosen="a.project_id = any(cast(:ids as uuid[]))"))
_OUT_OF_FUNDS = text(
    _MOVED.format(chosen="a.fund_id = any(cast(:ids as uuid[])) and a.project_id is not null")
)

# Parts that came back or were never paid follow the posting by which they had gone out.
_ARRIVED = text(
    """
    with gone as (
      select p.id, p.fund_id, p.amount, e.booked_on
      from accounts a
      join chart_accounts k on (k.chart, k.code) = (a.chart, a.code)
      join postings p on p.debit_account_id = a.id
      join entries e on e.id = p.entry_id
      where a.project_id = :project and k.kind = 'expense' and p.direction = 'out'
    )
    select g.fund_id, sum(case
        when g.booked_on < :last_mile_from then g.amount - coalesce(r.amount, 0)
        else coalesce(v.amount, 0) end)::bigint as amount
    from gone g
    left join lateral (
      select sum(f.amount) as amount from postings f
      where f.follows_posting_id = g.id and f.follows_kind = 'returned'
    ) r on true
    left join lateral (
      select sum(x.amount - coalesce((
        select sum(b.amount) from arrival_returns b where b.arrival_id = x.id), 0)) as amount
      from arrivals x where x.posting_id = g.id
    ) v on true
    group by g.fund_id
    """
)


async def on(session: ReadSession, project_ids: Iterable[UUID]) -> dict[UUID, dict[UUID | None, int]]:
    """Return what was spent on projects out of each fund, in whoever's books, in fen."""
    found: dict[UUID, dict[UUID | None, int]] = defaultdict(dict)
    for row in await session.execute(_ON_PROJECTS, {"ids": bulk.array(project_ids)}):
        found[row.project_id][row.fund_id] = row.amount
    return found


async def out_of(session: ReadSession, funds: Iterable[Fund]) -> dict[UUID, int]:
    """Return what funds paid for each project, in fen."""
    found: dict[UUID, int] = defaultdict(int)
    for row in await session.execute(_OUT_OF_FUNDS, {"ids": bulk.array(fund.id for fund in funds)}):
        found[row.project_id] += row.amount
    return found


async def arrived(session: ReadSession, project_id: UUID) -> dict[UUID | None, int]:
    """Return how much of what each fund paid for a project has reached its beneficiaries, in fen.

    What was paid before FY2026 had arrived when it was paid. The cost grows with the project's payments.
    """
    asked = {"project": project_id, "last_mile_from": LAST_MILE_FROM}
    return {row.fund_id: row.amount for row in await session.execute(_ARRIVED, asked)}
