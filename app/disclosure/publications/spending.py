"""Spending: what the books say was used of funds up to the end of any day, and what they still held then."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import text

from app.kit import bulk
from app.kit.database import ReadSession
from app.ledger.periods import next_month

ON_PROJECTS = ("5101", "1141")
"""Programme costs, and what was paid in advance for them."""

# Whole months as they are folded in, less the entries after the day in its own month: of today there are
# none, so that the cost does not grow with the gifts. Closing entries empty cost accounts and use nothing.
_STOOD = text(
    """
    with ours as (
      select a.id, a.code, a.project_id, k.kind from accounts a
      join chart_accounts k on (k.chart, k.code) = (a.chart, a.code)
      where a.fund_id = any(cast(:funds as uuid[]))
        and (k.kind in ('income', 'expense', 'net_assets') or a.code = '1141')
    ), left_out as materialized (
      select id from entries
      where organization_id = :organization and booked_on > :until and booked_on < :next_month
      union all
      select id from entries
      where organization_id = :organization and kind = 'closing' and booked_on <= :until
    ), moved as (
      select o.id, b.debit - b.credit as amount from ours o join balances b on b.account_id = o.id
      where b.month < :next_month
      union all
      select o.id, -p.amount from left_out l join postings p on p.entry_id = l.id
      join ours o on o.id = p.debit_account_id
      union all
      select o.id, p.amount from left_out l join postings p on p.entry_id = l.id
      join ours o on o.id = p.credit_account_id
    )
    select o.kind, o.code, d.code as project, j.title as title, sum(m.amount)::bigint as amount
    from moved m join ours o using (id)
    left join dimensions d on d.id = o.project_id
    left join projects j on j.id = o.project_id
    group by 1, 2, 3, 4 order by 3 nulls last, 2
    """
)


@dataclass(frozen=True, slots=True)
class Used:
    """Fen used on one project, or on no project, under one account of the chart."""

    account: str
    project: str | None
    title: str | None
    amount: int


@dataclass(frozen=True, slots=True)
class Stand:
    """Funds at the end of a day: what was used of them, and what was left."""

    used: Sequence[Used]
    left: int

    @property
    def on_projects(self) -> int:
        """What was used on projects, or paid in advance for them."""
        return sum(one.amount for one in self.used if one.account in ON_PROJECTS)

    @property
    def otherwise(self) -> int:
        """What was used for anything else."""
        return sum(one.amount for one in self.used if one.account not in ON_PROJECTS)


async def of_funds(session: ReadSession, organization_id: UUID, funds: Sequence[UUID], until: date) -> Stand:
    """Return what was used of an organization's funds up to the end of a day, and what they held then."""
    asked = {
        "funds": bulk.array(funds),
        "organization": organization_id,
        "until": until,
        "next_month": next_month(until.replace(day=1)),
    }
    rows = (await session.execute(_STOOD, asked)).all()
    used = [
        Used(row.code, row.project, row.title, row.amount)
        for row in rows
        if row.amount and (row.kind == "expense" or row.code == "1141")
    ]
    return Stand(used, -sum(row.amount for row in rows))
