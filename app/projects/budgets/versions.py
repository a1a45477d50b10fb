"""Versions: a project's budget is written, decided, and followed by the next version."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, func, select

from app.kit import constraints
from app.kit.database import ReadSession, WriteSession
from app.kit.errors import Refusal
from app.ledger import funds
from app.ledger.models import Fund
from app.organizations.errors import OutOfSight
from app.projects.budgets.errors import (
    BudgetLineTwice,
    FundOfStranger,
    ProjectBudgetFrozen,
    ProjectBudgetOpen,
)
from app.projects.models import (
    BudgetVersionState,
    CostKind,
    Project,
    ProjectBudget,
    ProjectBudgetLine,
    ProjectPartner,
)
from app.projects.register.errors import ProjectNotInState
from app.projects.register.projects import OVER

S = BudgetVersionState


@dataclass(frozen=True, slots=True, kw_only=True)
class NewBudgetLine:
    """A line as it is told; without a fund it is money of others, which our books do not hold."""

    year: int
    kind: CostKind
    amount: int
    fund_id: UUID | None = None
    note: str | None = None


async def create(
    session: WriteSession, project: Project, reason: str, lines: Sequence[NewBudgetLine], *, by: str
) -> ProjectBudget:
    """Write the next version of a project's budget. Raises ProjectBudgetOpen while another one is open."""
    if project.state in OVER:
        raise ProjectNotInState(project=project.id, state=project.state)
    await _must_fit(session, project, lines)
    last = select(func.max(ProjectBudget.number)).where(ProjectBudget.project_id == project.id)
    budget = ProjectBudget(
        project_id=project.id, number=(await session.scalar(last) or 0) + 1, reason=reason, made_by=by
    )
    refusals: dict[str, Refusal] = {
        name: ProjectBudgetOpen(project=project.id)
        for name in ("project_budgets_open_idx", "project_budgets_project_id_number_key")
    }
    async with constraints.told(session, refusals):
        session.add(budget)
    await _write(session, budget, lines)
    return budget


async def change(
    session: WriteSession,
    project: Project,
    budget: ProjectBudget,
    reason: str,
    lines: Sequence[NewBudgetLine],
) -> None:
    """Write a draft anew. Raises ProjectBudgetFrozen."""
    if budget.state is not S.draft:
        raise ProjectBudgetFrozen(state=budget.state)
    await _must_fit(session, project, lines)
    budget.reason = reason
    budget.version += 1
    await session.execute(delete(ProjectBudgetLine).where(ProjectBudgetLine.budget_id == budget.id))
    await _write(session, budget, lines)


async def freeze(session: WriteSession, budget: ProjectBudget) -> None:
    """Let a draft wait for its decision as it is written."""
    if budget.state is not S.draft:
        raise ProjectBudgetFrozen(state=budget.state)
    budget.state = S.proposed
    budget.version += 1
    await session.flush()


async def hold(session: WriteSession, budget: ProjectBudget) -> None:
    """Let a version hold: the one before it is history, and its funds may be spent on the project.

    With that the books allow what was decided, and nothing else (books.md, invariant 10).
    """
    before = await approved(session, budget.project_id)
    if before is not None:
        before.state = S.replaced
        # One version holds at a time: the old one gives its place up before the new one takes it.
        await session.flush()
    budget.state = S.approved
    budget.version += 1
    ids = [line.fund_id for line in await lines(session, budget) if line.fund_id is not None]
    for fund in await session.scalars(select(Fund).where(Fund.id.in_(ids)).order_by(Fund.id)):
        await funds.allow(session, fund, budget.project_id)
    await session.flush()


async def send_back(session: WriteSession, budget: ProjectBudget, *, again: bool) -> None:
    """End a decision that was not for a version: it is a draft `again`, or rejected for good."""
    budget.state = S.draft if again else S.rejected
    budget.version += 1
    await session.flush()


async def get(session: ReadSession, budget_id: UUID, *, lock: bool = False) -> ProjectBudget:
    """Return a version, or refuse; with `lock` nobody else changes it until the transaction ends."""
    found = await session.get(ProjectBudget, budget_id, with_for_update=lock or None, populate_existing=lock)
    if found is None:
        raise OutOfSight
    return found


async def approved(session: ReadSession, project_id: UUID) -> ProjectBudget | None:
    """Return the version that holds, if there is one."""
    return await _in_state(session, project_id, S.approved)


async def written(session: ReadSession, project_id: UUID, state: BudgetVersionState) -> ProjectBudget | None:
    """Return the version that is being written (draft) or decided (proposed), if there is one."""
    return await _in_state(session, project_id, state)


async def _in_state(session: ReadSession, project_id: UUID, state: S) -> ProjectBudget | None:
    query = select(ProjectBudget).where(ProjectBudget.project_id == project_id, ProjectBudget.state == state)
    return await session.scalar(query.execution_options(populate_existing=True))


async def lines(session: ReadSession, budget: ProjectBudget) -> Sequence[ProjectBudgetLine]:
    """Return a version's lines, by year and in the order in which they were told."""
    query = select(ProjectBudgetLine).where(ProjectBudgetLine.budget_id == budget.id)
    return (await session.scalars(query.order_by(ProjectBudgetLine.year, ProjectBudgetLine.id))).all()


async def total(session: ReadSession, budget: ProjectBudget) -> int:
    """Return what a version plans to spend in all, in fen."""
    query = select(func.sum(ProjectBudgetLine.amount)).where(ProjectBudgetLine.budget_id == budget.id)
    return int(await session.scalar(query) or 0)


async def _write(session: WriteSession, budget: ProjectBudget, told: Sequence[NewBudgetLine]) -> None:
    rows = [
        ProjectBudgetLine(
            budget_id=budget.id,
            year=line.year,
            kind=line.kind,
            amount=line.amount,
            fund_id=line.fund_id,
            note=line.note,
        )
        for line in told
    ]
    async with constraints.told(session, {"project_budget_lines_place_key": BudgetLineTwice()}):
        session.add_all(rows)


async def _must_fit(session: ReadSession, project: Project, told: Sequence[NewBudgetLine]) -> None:
    wanted = {line.fund_id for line in told if line.fund_id is not None}
    partners = select(ProjectPartner.organization_id).where(ProjectPartner.project_id == project.id)
    query = select(Fund.id).where(
        Fund.id.in_(wanted),
        (Fund.organization_id == project.organization_id) | Fund.organization_id.in_(partners),
    )
    strange = wanted - set(await session.scalars(query))
    if strange:
        raise FundOfStranger(funds=sorted(str(one) for one in strange))
