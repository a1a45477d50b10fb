"""Co-funding shares of projects over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter

from app.kit.database import Reading, Writing
from app.kit.http import problems
from app.kit.http.idempotency import IdempotentRoute
from app.organizations.access import Asking, Permission
from app.organizations.signin import may
from app.projects.budgets import errors, shares
from app.projects.register import projects
from app.projects.schemas.budgets.shares import SharesIn, SharesOut

router = APIRouter(
    prefix="/v1/projects/{project_id}/shares", tags=["project budgets"], route_class=IdempotentRoute
)

Reader = Annotated[Asking, may(Permission.projects_read)]
Changer = Annotated[Asking, may(Permission.projects_change)]


@router.put(
    "",
    operation_id="change_project_shares",
    summary="Say who bears which part",
    responses=problems.responses(errors.ShareTwice),
)
async def change_project_shares(
    session: Writing, caller: Changer, project_id: UUID, body: SharesIn
) -> SharesOut:
    """Say who bears which part of a project's cost, in place of what was said before."""
    project = await projects.get(session, project_id, lock=True)
    caller.must(at=project.organization_id)
    await shares.replace(session, project.id, None, body.as_shares())
    return SharesOut.of(await shares.of(session, project.id, None))


@router.get("", operation_id="read_project_shares", summary="Read who bears which part")
async def read_project_shares(session: Reading, caller: Reader, project_id: UUID) -> SharesOut:
    """Read who bears which part of a project's cost, as planned and as far as it has come."""
    project = await projects.seen(session, project_id, caller.visible())
    return SharesOut.of(await shares.of(session, project.id, None))
