"""Projects over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.kit.database import Reading, ReadSession, Writing
from app.kit.errors import VersionNotStated, VersionStale
from app.kit.http import pages, problems, versions
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page, Slice
from app.kit.http.versions import IfMatch
from app.organizations import organizations
from app.organizations.access import Asking, Permission
from app.organizations.errors import RegionUnknown
from app.organizations.signin import may
from app.projects.models import Project, ProjectPartner
from app.projects.register import errors, lists, projects
from app.projects.schemas.register.projects import (
    ProjectChange,
    ProjectDetail,
    ProjectIn,
    ProjectOut,
    ProjectPartnerIn,
    ProjectPartnerOut,
    ProjectQuery,
)

router = APIRouter(prefix="/v1/projects", tags=["projects"], route_class=IdempotentRoute)

Reader = Annotated[Asking, may(Permission.projects_read)]
Changer = Annotated[Asking, may(Permission.projects_change)]
_UNFIT = (errors.ProgrammeOutOfReach, errors.OwnerUnfit, errors.ProjectDatesReversed, RegionUnknown)


@router.post(
    "",
    operation_id="create_project",
    summary="Draft a project",
    status_code=201,
    responses=problems.responses(errors.ProjectCodeTaken, *_UNFIT),
)
async def create_project(
    session: Writing, caller: Changer, body: ProjectIn, response: Response
) -> ProjectDetail:
    """Draft a project; the books know it by its code from now on."""
    caller.must(at=body.organization_id)
    project = await projects.create(session, body.as_project(), by=caller.label)
    return await whole(session, caller, project, response)


@router.get(
    "",
    operation_id="list_projects",
    summary="List projects",
    response_model=Page[ProjectOut],
)
async def list_projects(
    session: Reading, caller: Reader, asked: Annotated[ProjectQuery, Query()]
) -> Slice[Project]:
    """List the projects that the organizations in your sight lead or carry out with others."""
    places = caller.visible()
    if asked.organization_id is not None:
        places &= {asked.organization_id}
    if asked.within is not None:
        places &= set(await organizations.subtree_ids(session, asked.within))
    return await pages.listed(session, lists.found(places, asked.wanted()), lists.ORDERS, asked)


@router.get("/{project_id}", operation_id="read_project", summary="Read a project")
async def read_project(
    session: Reading, caller: Reader, project_id: UUID, response: Response
) -> ProjectDetail:
    """Read a project with who carries it out, and what you may do about it."""
    project = await projects.seen(session, project_id, caller.visible())
    return await whole(session, caller, project, response)


@router.patch(
    "/{project_id}",
    operation_id="change_project",
    summary="Change a project",
    responses=problems.responses(errors.ProjectNotInState, *_UNFIT, VersionNotStated, VersionStale),
)
async def change_project(
    session: Writing,
    caller: Changer,
    project_id: UUID,
    body: ProjectChange,
    response: Response,
    if_match: IfMatch = None,
) -> ProjectDetail:
    """Change a draft; of a project that was proposed only the owner and the brand change."""
    project = await projects.get(session, project_id, lock=True)
    caller.must(at=project.organization_id)
    versions.expect(if_match, project.version)
    await projects.change(session, project, **body.changes())
    return await whole(session, caller, project, response)


@router.post(
    "/{project_id}/partners",
    operation_id="add_project_partner",
    summary="Add a partner",
    status_code=201,
    response_model=ProjectPartnerOut,
    responses=problems.responses(errors.PartnerAlready, errors.PartnerIsLead, errors.ProjectNotInState),
)
async def add_project_partner(
    session: Writing, caller: Changer, project_id: UUID, body: ProjectPartnerIn
) -> ProjectPartner:
    """Let somebody carry the project out beside its organization; it stays one project."""
    project = await projects.get(session, project_id, lock=True)
    caller.must(at=project.organization_id)
    return await projects.join(session, project, body.as_partner(project, caller.label))


async def whole(session: ReadSession, caller: Asking, project: Project, response: Response) -> ProjectDetail:
    """Return a project as it is read, under the tag of its version."""
    response.headers["ETag"] = versions.etag(project.version)
    return ProjectDetail.whole(project, await projects.partners(session, project), caller.caller)
