"""Leftover money of projects over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy import select

from app.kit.database import Reading, Writing
from app.kit.http import pages, problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page, PageQuery
from app.organizations.access import Asking, Permission
from app.organizations.signin import may
from app.projects.budgets import errors, leftovers
from app.projects.models import LeftoverDecision
from app.projects.register import projects
from app.projects.schemas.budgets.leftovers import LeftoverDecisionOut, LeftoverIn, LeftoverOut

router = APIRouter(prefix="/v1/projects/{project_id}", tags=["project budgets"], route_class=IdempotentRoute)

Reader = Annotated[Asking, may(Permission.projects_read)]
Changer = Annotated[Asking, may(Permission.projects_change)]


@router.get("/leftover", operation_id="read_project_leftover", summary="Read what is left over")
async def read_project_leftover(session: Reading, caller: Reader, project_id: UUID) -> LeftoverOut:
    """Read how much of a project's money is left over, fund by fund, and how much nobody has decided."""
    project = await projects.seen(session, project_id, caller.visible())
    found = await leftovers.by_fund(session, project.id)
    return LeftoverOut.of(project.id, found, await leftovers.undecided(session, project.id))


@router.post(
    "/leftover-decisions",
    operation_id="add_leftover_decision",
    summary="Propose what becomes of leftover money",
    status_code=201,
    responses=problems.responses(
        *(errors.NothingLeftOver, errors.LeftoverTooEarly, errors.LeftoverTargetUnfit),
        errors.LeftoverBeingDecided,
    ),
)
async def add_leftover_decision(
    session: Writing, caller: Changer, project_id: UUID, body: LeftoverIn
) -> LeftoverDecisionOut:
    """Put before those who decide (`/v1/approvals`) what becomes of the money that a project did not need."""
    project = await projects.get(session, project_id, lock=True)
    caller.must(at=project.organization_id)
    decision = body.as_decision(project, caller.label)
    return LeftoverDecisionOut.of(await leftovers.propose(session, project, decision))


@router.get(
    "/leftover-decisions", operation_id="list_leftover_decisions", summary="List decisions about leftovers"
)
async def list_leftover_decisions(
    session: Reading, caller: Reader, project_id: UUID, asked: Annotated[PageQuery, Query()]
) -> Page[LeftoverDecisionOut]:
    """List what was decided about a project's leftover money, the first decision first."""
    project = await projects.seen(session, project_id, caller.visible())
    query = select(LeftoverDecision).where(LeftoverDecision.project_id == project.id)
    found = await pages.page(session, query, [LeftoverDecision.id], asked, amount=LeftoverDecision.amount)
    return found.told([LeftoverDecisionOut.of(one) for one in found.items])
