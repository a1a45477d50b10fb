"""The steps of a project's life over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response
from sqlalchemy import select

from app.kit.database import Reading, Writing
from app.kit.http import pages, problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page, PageQuery, Slice
from app.organizations.access import Asking, Permission
from app.organizations.errors import AskedAlready
from app.organizations.signin import may
from app.projects.lifecycle import proposals
from app.projects.models import ProjectState, ProjectStep
from app.projects.register import errors, projects, steps
from app.projects.register.steps import Move
from app.projects.routers.register.projects import whole
from app.projects.schemas.register.projects import ProjectDetail
from app.projects.schemas.register.steps import ProjectDayIn, ProjectStepOut, ProjectStopIn, ProposalIn

router = APIRouter(prefix="/v1/projects/{project_id}", tags=["projects"], route_class=IdempotentRoute)

Reader = Annotated[Asking, may(Permission.projects_read)]
Changer = Annotated[Asking, may(Permission.projects_change)]
_MOVING = problems.responses(
    errors.ProjectNotInState, errors.ProjectMoved, errors.DayAhead, errors.ProjectDatesReversed
)


@router.get(
    "/steps",
    operation_id="list_project_steps",
    summary="List a project's steps",
    response_model=Page[ProjectStepOut],
)
async def list_project_steps(
    session: Reading, caller: Reader, project_id: UUID, asked: Annotated[PageQuery, Query()]
) -> Slice[ProjectStep]:
    """List every state that a project came into: who brought it there, when and why."""
    project = await projects.seen(session, project_id, caller.visible())
    query = select(ProjectStep).where(ProjectStep.project_id == project.id)
    return await pages.page(session, query, [ProjectStep.number, ProjectStep.id], asked)


@router.post(
    "/proposal",
    operation_id="submit_project",
    summary="Propose a project",
    responses=_MOVING | problems.responses(AskedAlready),
)
async def submit_project(
    session: Writing, caller: Changer, project_id: UUID, body: ProposalIn, response: Response
) -> ProjectDetail:
    """Put a draft before those who decide projects here (`/v1/approvals`); nobody decides their own."""
    project = await projects.get(session, project_id, lock=True)
    caller.must(at=project.organization_id)
    await proposals.propose(session, project, by=caller.label, reason=body.reason)
    return await whole(session, caller, project, response)


@router.post(
    "/withdrawal", operation_id="withdraw_project", summary="Take a proposal back", responses=_MOVING
)
async def withdraw_project(
    session: Writing, caller: Changer, project_id: UUID, response: Response
) -> ProjectDetail:
    """Take a proposal back that is not decided yet: the project is a draft again."""
    # Not locked here: whoever decides takes the request before the project.
    project = await projects.get(session, project_id)
    caller.must(at=project.organization_id)
    await proposals.withdraw(session, project, by=caller.label)
    return await whole(session, caller, project, response)


@router.post("/start", operation_id="record_project_start", summary="Record the start", responses=_MOVING)
async def record_project_start(
    session: Writing, caller: Changer, project_id: UUID, body: ProjectDayIn, response: Response
) -> ProjectDetail:
    """Record that an approved project began: its first day of execution."""
    project = await projects.get(session, project_id, lock=True)
    caller.must(at=project.organization_id)
    step = Move(to=ProjectState.running, by=caller.label, reason=body.reason, on=body.on)
    if project.state is ProjectState.closing:
        raise errors.ProjectNotInState(project=project.id, state=project.state)
    return await whole(session, caller, await steps.move(session, project, step), response)


@router.post("/end", operation_id="record_project_end", summary="Record the end", responses=_MOVING)
async def record_project_end(
    session: Writing, caller: Changer, project_id: UUID, body: ProjectDayIn, response: Response
) -> ProjectDetail:
    """Record that the work is over: the last day of execution; what is left is to close the project."""
    project = await projects.get(session, project_id, lock=True)
    caller.must(at=project.organization_id)
    step = Move(to=ProjectState.closing, by=caller.label, reason=body.reason, on=body.on)
    return await whole(session, caller, await steps.move(session, project, step), response)


@router.post("/reopening", operation_id="reopen_project", summary="Go on with a project", responses=_MOVING)
async def reopen_project(
    session: Writing, caller: Changer, project_id: UUID, body: ProjectStopIn, response: Response
) -> ProjectDetail:
    """Go on with a project whose work turned out not to be over, from the same first day."""
    project = await projects.get(session, project_id, lock=True)
    caller.must(at=project.organization_id)
    if project.state is not ProjectState.closing:
        raise errors.ProjectNotInState(project=project.id, state=project.state)
    step = Move(to=ProjectState.running, by=caller.label, reason=body.reason, on=body.on)
    return await whole(session, caller, await steps.move(session, project, step), response)


@router.post("/stop", operation_id="record_project_stop", summary="Stop a project", responses=_MOVING)
async def record_project_stop(
    session: Writing, caller: Changer, project_id: UUID, body: ProjectStopIn, response: Response
) -> ProjectDetail:
    """Stop a project for good, with the reason; what was done until then stays counted."""
    project = await projects.get(session, project_id, lock=True)
    caller.must(at=project.organization_id)
    step = Move(to=ProjectState.stopped, by=caller.label, reason=body.reason, on=body.on)
    return await whole(session, caller, await steps.move(session, project, step), response)
