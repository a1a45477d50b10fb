"""Yearly budgets over HTTP."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Query, Response
from sqlalchemy import select

from app.accounting.budgets import comparison, errors
from app.accounting.budgets import versions as budgets
from app.accounting.models import YearBudget
from app.accounting.schemas.budgets import (
    BudgetChanges,
    BudgetDetail,
    BudgetIn,
    BudgetListQuery,
    BudgetOut,
    BudgetQuery,
)
from app.kit.database import Reading, ReadSession, Writing
from app.kit.errors import VersionNotStated, VersionStale
from app.kit.http import pages, problems, versions
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page, Slice
from app.organizations import organizations
from app.organizations.access import Asking, Permission
from app.organizations.signin import may

router = APIRouter(
    prefix="/v1/accounting/organizations/{organization_id}/budgets",
    tags=["budgets"],
    route_class=IdempotentRoute,
)

Reader = Annotated[Asking, may(Permission.books_read)]
Recorder = Annotated[Asking, may(Permission.vouchers_record)]
Reviewer = Annotated[Asking, may(Permission.vouchers_review)]
Year = Annotated[int, Path(ge=2000, le=2999)]
Number = Annotated[int, Path(ge=1, le=32000)]


@dataclass(frozen=True, slots=True)
class Named:
    """A version as its address names it."""

    organization_id: UUID
    year: Year
    number: Number


At = Annotated[Named, Depends()]


@router.post(
    "",
    operation_id="create_budget",
    status_code=201,
    responses=problems.responses(errors.BudgetBeingWritten, errors.BudgetUnfit),
)
async def create_budget(
    session: Writing, caller: Recorder, response: Response, organization_id: UUID, body: BudgetIn
) -> BudgetDetail:
    """Write the next version of a year's budget."""
    caller.must(at=organization_id)
    organization = await organizations.get(session, organization_id)
    new = YearBudget(
        organization_id=organization_id, year=body.year, number=1, reason=body.reason, made_by=caller.label
    )
    budget = await budgets.create(session, new, organization.chart_version, body.as_lines())
    return await _shown(session, budget, response)


@router.get("", operation_id="list_budgets", response_model=Page[BudgetOut])
async def list_budgets(
    session: Reading, caller: Reader, organization_id: UUID, asked: Annotated[BudgetListQuery, Query()]
) -> Slice[YearBudget]:
    """List the versions of an organization's budgets, by year."""
    caller.must(at=organization_id)
    query = select(YearBudget).where(YearBudget.organization_id == organization_id)
    if asked.year is not None:
        query = query.where(YearBudget.year == asked.year)
    if asked.state is not None:
        query = query.where(YearBudget.state == asked.state)
    return await pages.page(session, query, [YearBudget.year, YearBudget.number, YearBudget.id], asked)


@router.get("/{year}", operation_id="read_budget", responses=problems.responses(errors.BudgetNotFound))
async def read_budget(
    session: Reading,
    caller: Reader,
    response: Response,
    organization_id: UUID,
    year: Year,
    asked: Annotated[BudgetQuery, Query()],
) -> BudgetDetail:
    """Read the version that holds, or a named one; beside actuals what is over the budget is marked."""
    caller.must(at=organization_id)
    budget = await budgets.find(session, organization_id, year, asked.number)
    return await _shown(session, budget, response, compared=asked.compare is not None)


@router.put(
    "/{year}/versions/{number}",
    operation_id="change_budget",
    responses=problems.responses(
        errors.BudgetNotFound, errors.BudgetFinal, errors.BudgetUnfit, VersionNotStated, VersionStale
    ),
)
async def change_budget(
    session: Writing,
    caller: Recorder,
    response: Response,
    at: At,
    body: BudgetChanges,
    if_match: versions.IfMatch = None,
) -> BudgetDetail:
    """Write a draft anew; what was approved stays as it was."""
    caller.must(at=at.organization_id)
    budget = await budgets.lock(session, at.organization_id, at.year, at.number)
    versions.expect(if_match, budget.version)
    organization = await organizations.get(session, at.organization_id)
    await budgets.change(session, budget, organization.chart_version, body.reason, body.as_lines())
    return await _shown(session, budget, response)


@router.post(
    "/{year}/versions/{number}/approval",
    operation_id="approve_budget",
    responses=problems.responses(errors.BudgetNotFound, errors.BudgetFinal, errors.OwnBudget),
)
async def approve_budget(session: Writing, caller: Reviewer, response: Response, at: At) -> BudgetDetail:
    """Let a version hold that somebody else wrote; the one before it becomes history."""
    caller.must(at=at.organization_id)
    budget = await budgets.lock(session, at.organization_id, at.year, at.number)
    await budgets.approve(session, budget, by=caller.label)
    return await _shown(session, budget, response)


async def _shown(
    session: ReadSession, budget: YearBudget, response: Response, *, compared: bool = False
) -> BudgetDetail:
    response.headers["ETag"] = versions.etag(budget.version)
    organization = await organizations.get(session, budget.organization_id)
    lines = await budgets.lines_of(session, budget)
    found = await comparison.compare(session, budget, lines, organization.chart_version)
    return BudgetDetail.whole(budget, found if compared else found[: len(lines)], compared=compared)
