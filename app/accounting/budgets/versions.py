"""Versions: a yearly budget is written, approved by somebody else, and followed by the next version."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, func, select

from app.accounting.budgets.errors import (
    BudgetBeingWritten,
    BudgetFinal,
    BudgetNotFound,
    BudgetUnfit,
    OwnBudget,
)
from app.accounting.models import BudgetState, YearBudget, YearBudgetLine
from app.kit import constraints
from app.kit.clock import now
from app.kit.database import ReadSession, WriteSession
from app.ledger.charts import CHARTS
from app.ledger.models import Dimension, DimensionKind


@dataclass(frozen=True, slots=True, kw_only=True)
class NewBudgetLine:
    """A line as it is told."""

    code: str
    amount: int
    title: str | None = None
    project_id: UUID | None = None


async def create(
    session: WriteSession, budget: YearBudget, chart: str, lines: Sequence[NewBudgetLine]
) -> YearBudget:
    """Write the next version of a year's budget. Raises BudgetBeingWritten, BudgetUnfit."""
    await _fit(session, budget.organization_id, chart, lines)
    last = select(func.max(YearBudget.number)).where(
        YearBudget.organization_id == budget.organization_id, YearBudget.year == budget.year
    )
    budget.number = (await session.scalar(last) or 0) + 1
    refusals = {
        name: BudgetBeingWritten(year=budget.year)
        for name in ("year_budgets_state_idx", "year_budgets_organization_id_year_number_key")
    }
    async with constraints.told(session, refusals):
        session.add(budget)
    await _write(session, budget, lines)
    return budget


async def change(
    session: WriteSession, budget: YearBudget, chart: str, reason: str, lines: Sequence[NewBudgetLine]
) -> None:
    """Write a draft anew. Raises BudgetFinal, BudgetUnfit."""
    if budget.state is not BudgetState.draft:
        raise BudgetFinal(state=budget.state)
    await _fit(session, budget.organization_id, chart, lines)
    budget.reason = reason
    budget.version += 1
    await session.execute(delete(YearBudgetLine).where(YearBudgetLine.budget_id == budget.id))
    await _write(session, budget, lines)


async def approve(session: WriteSession, budget: YearBudget, *, by: str) -> None:
    """Let a version hold; the one before it is history. Raises OwnBudget, BudgetFinal."""
    if budget.state is not BudgetState.draft:
        raise BudgetFinal(state=budget.state)
    if by == budget.made_by:
        raise OwnBudget
    before = await session.scalar(
        select(YearBudget).where(
            YearBudget.organization_id == budget.organization_id,
            YearBudget.year == budget.year,
            YearBudget.state == BudgetState.approved,
        )
    )
    if before is not None:
        before.state = BudgetState.superseded
        # It has to give way before the other one can hold: an index lets only one.
        await session.flush()
    budget.state, budget.approved_by, budget.approved_at = BudgetState.approved, by, now()
    budget.version += 1
    await session.flush()


async def find(
    session: ReadSession, organization_id: UUID, year: int, number: int | None = None
) -> YearBudget:
    """Return a version, or without a number the one that holds (before the first one, the draft)."""
    query = select(YearBudget).where(YearBudget.organization_id == organization_id, YearBudget.year == year)
    if number is not None:
        query = query.where(YearBudget.number == number)
    found = await session.scalar(
        query.order_by(YearBudget.state == BudgetState.draft, YearBudget.number.desc()).limit(1)
    )
    if found is None:
        raise BudgetNotFound(year=year)
    return found


async def lock(session: WriteSession, organization_id: UUID, year: int, number: int) -> YearBudget:
    """Return a version as it is now and keep it so until the transaction ends."""
    budget = await find(session, organization_id, year, number)
    await session.refresh(budget, with_for_update=True)
    return budget


async def lines_of(session: ReadSession, budget: YearBudget) -> list[YearBudgetLine]:
    """Return a version's lines in the order written."""
    query = select(YearBudgetLine).where(YearBudgetLine.budget_id == budget.id)
    return list(await session.scalars(query.order_by(YearBudgetLine.number)))


async def _fit(
    session: ReadSession, organization_id: UUID, chart: str, lines: Sequence[NewBudgetLine]
) -> None:
    codes = {one.code for one in CHARTS[chart] if one.kind in {"income", "expense"}}
    named = {line.project_id for line in lines if line.project_id}
    query = select(Dimension.id).where(
        Dimension.id.in_(named),
        Dimension.organization_id == organization_id,
        Dimension.kind == DimensionKind.project,
    )
    known = set(await session.scalars(query))
    seen: set[tuple[str, UUID | None]] = set()
    for number, line in enumerate(lines, 1):
        if line.code not in codes:
            raise BudgetUnfit(
                "the chart has no such income or cost",
                "科目表中没有该收入或费用科目",
                line=number,
                account=line.code,
            )
        if line.project_id and line.project_id not in known:
            raise BudgetUnfit("the organization has no such project", "本机构没有该项目", line=number)
        if (line.code, line.project_id) in seen:
            raise BudgetUnfit("the line stands here twice", "该行重复出现", line=number, account=line.code)
        seen.add((line.code, line.project_id))


async def _write(session: WriteSession, budget: YearBudget, lines: Sequence[NewBudgetLine]) -> None:
    for number, line in enumerate(lines, 1):
        session.add(
            YearBudgetLine(
                budget_id=budget.id,
                number=number,
                code=line.code,
                amount=line.amount,
                title=line.title,
                project_id=line.project_id,
            )
        )
    await session.flush()
