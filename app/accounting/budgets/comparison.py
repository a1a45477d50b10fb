"""Comparison: a year's budget beside what the books say, from folded balances."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import text

from app.accounting.models import YearBudget, YearBudgetLine
from app.kit.database import ReadSession
from app.ledger.charts import CHARTS, ChartLine

# Closing entries empty these accounts at the year's end: they are few, and taken out again by their index.
_ACTUALS = text(
    """
    select a.code, a.project_id, sum(x.debit - x.credit)::bigint as amount
    from accounts a
    join chart_accounts k on (k.chart, k.code) = (a.chart, a.code)
    join (
      select b.account_id, b.debit, b.credit from balances b
      join accounts o on o.id = b.account_id
      where o.organization_id = :organization and b.month between :first and :last
      union all
      select y.id, -y.debit, -y.credit from entries e
      join postings p on p.entry_id = e.id
      cross join lateral (values (p.debit_account_id, p.amount, 0::bigint),
                                 (p.credit_account_id, 0::bigint, p.amount)) y (id, debit, credit)
      where e.kind = 'closing' and e.organization_id = :organization and e.booked_on between :first and :last
    ) x on x.account_id = a.id
    where k.kind in ('income', 'expense')
    group by a.code, a.project_id
    """
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One line of a budget beside its actuals, in fen; one without a budget was not thought of."""

    account: ChartLine
    project_id: UUID | None
    title: str | None
    budget: int
    actual: int

    @property
    def left(self) -> int:
        """What is still to come in, or may still be spent."""
        return self.budget - self.actual

    @property
    def over(self) -> bool:
        """Whether more was spent than the budget allows; more income is no fault."""
        return self.account.kind == "expense" and self.actual > self.budget


async def compare(
    session: ReadSession, budget: YearBudget, lines: Sequence[YearBudgetLine], chart: str
) -> list[Compared]:
    """Return every line with its actuals, then what was booked on accounts that have no line.

    A line without a project takes what its account's other lines leave.
    """
    accounts = {one.code: one for one in CHARTS[chart]}
    actuals: dict[tuple[str, UUID | None], int] = defaultdict(int)
    year = {"first": date(budget.year, 1, 1), "last": date(budget.year, 12, 31)}
    planned = {(line.code, line.project_id) for line in lines}
    for code, project_id, amount in await session.execute(
        _ACTUALS, {"organization": budget.organization_id} | year
    ):
        key = (code, project_id) if (code, project_id) in planned else (code, None)
        actuals[key] += amount if accounts[code].debit_normal else -amount
    found = [
        Compared(
            account=accounts[line.code],
            project_id=line.project_id,
            title=line.title,
            budget=line.amount,
            actual=actuals.pop((line.code, line.project_id), 0),
        )
        for line in lines
    ]
    return found + [
        Compared(account=accounts[code], project_id=project_id, title=None, budget=0, actual=amount)
        for (code, project_id), amount in sorted(actuals.items(), key=lambda item: item[0][0])
        if amount
    ]
