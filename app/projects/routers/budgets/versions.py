"""Versions of projects' budgets over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response
from sqlalchemy import select

from app.kit.database import Reading, ReadSession, Writing
from app.kit.errors import VersionNotStated, VersionStale
from app.kit.http import pages, problems, versions
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page, PageQuery, Slice
from app.kit.http.versions import IfMatch
from app.organizations.access import Asking, Permission
from app.organizations.errors import AskedAlready
from app.organizations.signin import may
from app.projects.budgets import actuals, changes, errors
from app.projects.budgets import versions as budgets
from app.projects.models import ProjectBudget
from app.projects.register import projects
from app.projects.register.errors import ProjectNotInState
from app.projects.schemas.budgets.versions import (
    BudgetComparison,
    ComparisonQuery,
    ProjectBudgetDetail,
    ProjectBudgetIn,
    ProjectBudgetOut,
)

nouns = APIRouter(prefix="/v1/projects/budgets", tags=["project budgets"], route_class=IdempotentRoute)
router = APIRouter(prefix="/v1/projects/{project_id}", tags=["project budgets"], route_class=IdempotentRoute)

Reader = Annotated[Asking, may(Permission.projects_read)]
Changer = Annotated[Asking, may(Permission.projects_change)]
_UNFIT = (errors.BudgetLineTwice, errors.FundOfStranger)


@router.post(
    "/budgets",
    operation_id="create_project_budget",
    summary="Write a budget",
    status_code=201,
    responses=problems.responses(errors.ProjectBudgetOpen, *_UNFIT, ProjectNotInState),
)
async def create_project_budget(
    session: Writing, caller: Changer, project_id: UUID, body: ProjectBudgetIn, response: Response
) -> ProjectBudgetDetail:
    """Write the next version of a project's budget; the first one is decided with the project."""
    project = await projects.get(session, project_id, lock=True)
    caller.must(at=project.organization_id)
    budget = await budgets.create(session, project, body.reason, body.as_lines(), by=caller.label)
    return await _whole(session, budget, response)


@router.get(
    "/budgets",
    operation_id="list_project_budgets",
    summary="List a project's budgets",
    response_model=Page[ProjectBudgetOut],
)
async def list_project_budgets(
    session: Reading, caller: Reader, project_id: UUID, asked: Annotated[PageQuery, Query()]
) -> Slice[ProjectBudget]:
    """List every version of a project's budget, the first one first."""
    project = await projects.seen(session, project_id, caller.visible())
    query = select(ProjectBudget).where(ProjectBudget.project_id == project.id)
    return await pages.page(session, query, [ProjectBudget.number, ProjectBudget.id], asked)


@router.get(
    "/budget-comparison",
    operation_id="read_budget_comparison",
    summary="Compare budget and books",
)
async def read_budget_comparison(
    session: Reading, caller: Reader, project_id: UUID, asked: Annotated[ComparisonQuery, Query()]
) -> BudgetComparison:
    """Compare the budget that holds with what the books say was spent, now or at the end of a day."""
    project = await projects.seen(session, project_id, caller.visible())
    budget = await budgets.approved(session, project.id)
    planned = await budgets.lines(session, budget) if budget else ()
    lines = actuals.compare(planned, await actuals.spent(session, project.id, asked.as_of))
    return BudgetComparison.of(project.id, budget, asked.as_of, lines)


@nouns.get("/{budget_id}", operation_id="read_project_budget", summary="Read a budget")
async def read_project_budget(
    session: Reading, caller: Reader, budget_id: UUID, response: Response
) -> ProjectBudgetDetail:
    """Read a version of a project's budget with its lines."""
    budget = await budgets.get(session, budget_id)
    await projects.seen(session, budget.project_id, caller.visible())
    return await _whole(session, budget, response)


@nouns.put(
    "/{budget_id}",
    operation_id="change_project_budget",
    summary="Write a budget anew",
    responses=problems.responses(errors.ProjectBudgetFrozen, *_UNFIT, VersionNotStated, VersionStale),
)
async def change_project_budget(
    session: Writing,
    caller: Changer,
    budget_id: UUID,
    body: ProjectBudgetIn,
    response: Response,
    if_match: IfMatch = None,
) -> ProjectBudgetDetail:
    """Write a draft anew, lines and reason; what was proposed or decided stays as it is."""
    budget = await budgets.get(session, budget_id, lock=True)
    project = await projects.get(session, budget.project_id)
    caller.must(at=project.organization_id)
    versions.expect(if_match, budget.version)
    await budgets.change(session, project, budget, body.reason, body.as_lines())
    return await _whole(session, budget, response)


@nouns.post(
    "/{budget_id}/proposal",
    operation_id="submit_project_budget",
    summary="Propose a change of budget",
    responses=problems.responses(errors.ProjectBudgetFrozen, errors.BudgetBeforeProject, AskedAlready),
)
async def submit_project_budget(
    session: Writing, caller: Changer, budget_id: UUID, response: Response
) -> ProjectBudgetDetail:
    """Put a later version before those who decide budgets here (`/v1/approvals`), by its total."""
    budget = await budgets.get(session, budget_id, lock=True)
    project = await projects.get(session, budget.project_id)
    caller.must(at=project.organization_id)
    await changes.propose(session, project, budget, by=caller.label)
    return await _whole(session, budget, response)


async def _whole(session: ReadSession, budget: ProjectBudget, response: Response) -> ProjectBudgetDetail:
    response.headers["ETag"] = versions.etag(budget.version)
    return ProjectBudgetDetail.whole(budget, await budgets.lines(session, budget))
