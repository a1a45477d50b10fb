"""Actuals: what the books say was spent on a project, beside what its budget plans, at the end of any day."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import text

from app.kit.database import ReadSession
from app.projects.models import CostKind, ProjectBudgetLine

_LAST_DAY = date(2999, 12, 31)
# Whole months as they are folded in, and of the day's own month the postings. Closing entries empty these
# accounts at the year's end: they are few, and are left out.
_SPENT = text(
    """
    with ours as (
      select a.id, a.fund_id, a.sub from accounts a
      join chart_accounts k on (k.chart, k.code) = (a.chart, a.code)
      where a.project_id = :project and k.kind = 'expense'
    ), moved as (
      select p.entry_id, o.fund_id, o.sub, p.amount from ours o join postings p on p.debit_account_id = o.id
      union all
      select p.entry_id, o.fund_id, o.sub, -p.amount from ours o join postings p on p.credit_account_id = o.id
    )
    select x.year::int, x.fund_id, x.sub, sum(x.amount)::bigint from (
      select extract(year from b.month) as year, o.fund_id, o.sub, b.debit - b.credit as amount
      from ours o join balances b on b.account_id = o.id where b.month < :month
      union all
      select extract(year from e.booked_on), m.fund_id, m.sub, m.amount
      from moved m join entries e on e.id = m.entry_id
      where e.booked_on between :month and :as_of and e.kind <> 'closing'
      union all
      select extract(year from e.booked_on), m.fund_id, m.sub, -m.amount
      from moved m join entries e on e.id = m.entry_id where e.booked_on < :month and e.kind = 'closing'
    ) x group by 1, 2, 3 having sum(x.amount) <> 0 order by 1, 3, 2
    """
)
_KINDS = {kind.value: kind for kind in CostKind}

Place = tuple[int, CostKind | None, UUID | None]
"""Year, kind of cost (None: the books do not tell it) and fund."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What was planned and what was spent in a year on one kind of cost out of one fund, in fen."""

    year: int
    kind: CostKind | None
    fund_id: UUID | None
    planned: int
    spent: int
    note: str | None = None

    @property
    def left(self) -> int:
        """What may still be spent; below zero what was spent beyond the plan."""
        return self.planned - self.spent


async def spent(session: ReadSession, project_id: UUID, as_of: date | None = None) -> dict[Place, int]:
    """Return what was spent on a project, in whoever's books, up to the end of a day or until now."""
    day = as_of or _LAST_DAY
    found: dict[Place, int] = defaultdict(int)
    asked = {"project": project_id, "as_of": day, "month": day.replace(day=1)}
    for year, fund_id, sub, amount in await session.execute(_SPENT, asked):
        found[year, _KINDS.get(sub or ""), fund_id] += amount
    return dict(found)


def compare(planned: Sequence[ProjectBudgetLine], actual: dict[Place, int]) -> list[Compared]:
    """Return every line with what was spent on it, then what was spent beside the plan."""
    rest = dict(actual)
    found = [
        Compared(
            year=line.year,
            kind=line.kind,
            fund_id=line.fund_id,
            planned=line.amount,
            spent=rest.pop((line.year, line.kind, line.fund_id), 0),
            note=line.note,
        )
        for line in planned
    ]
    beside = [
        Compared(year=year, kind=kind, fund_id=fund_id, planned=0, spent=amount)
        for (year, kind, fund_id), amount in rest.items()
        if amount
    ]
    return found + sorted(beside, key=lambda one: (one.year, str(one.kind), str(one.fund_id)))
