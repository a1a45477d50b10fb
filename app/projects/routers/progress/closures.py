"""The closure of projects over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter

from app.kit.database import Reading, Writing
from app.kit.http import problems
from app.kit.http.idempotency import IdempotentRoute
from app.organizations.access import Asking, Permission
from app.organizations.errors import OutOfSight
from app.organizations.signin import may
from app.projects.lifecycle import closures, errors
from app.projects.models import ProjectClosure
from app.projects.register import projects
from app.projects.register.errors import ProjectNotInState
from app.projects.schemas.progress.inspections import ProjectClosureIn, ProjectClosureOut

router = APIRouter(prefix="/v1/projects/{project_id}/closure", tags=["projects"], route_class=IdempotentRoute)

Reader = Annotated[Asking, may(Permission.projects_read)]
Reviewer = Annotated[Asking, may(Permission.projects_review)]


@router.post(
    "",
    operation_id="close_project",
    summary="Close a project",
    status_code=201,
    response_model=ProjectClosureOut,
    responses=problems.responses(
        *(errors.SitesUnfinished, errors.FindingsUnsettled, errors.ReportsUndecided),
        *(errors.LeftoverUndecided, ProjectNotInState),
    ),
)
async def close_project(
    session: Writing, caller: Reviewer, project_id: UUID, body: ProjectClosureIn
) -> ProjectClosure:
    """Close a project whose work is over, with how it is judged; nothing about it may be left open."""
    project = await projects.get(session, project_id, lock=True)
    caller.must(at=project.organization_id)
    closure = body.as_closure(project, caller.label)
    await closures.close(session, project, closure)
    return closure


@router.get(
    "", operation_id="read_closure", summary="Read how a project was judged", response_model=ProjectClosureOut
)
async def read_closure(session: Reading, caller: Reader, project_id: UUID) -> ProjectClosure:
    """Read how a closed project was judged."""
    project = await projects.seen(session, project_id, caller.visible())
    closure = await closures.of(session, project)
    if closure is None:
        raise OutOfSight
    return closure
