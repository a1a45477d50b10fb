"""Projects over HTTP, for everybody."""

from typing import Annotated

from fastapi import APIRouter, Path, Query

from app.disclosure.errors import ProjectNotPublic
from app.disclosure.projects import accounts, dossiers, funding, projects
from app.disclosure.schemas.projects.funding import PublicProjectFunding
from app.disclosure.schemas.projects.maps import PublicSiteMap
from app.disclosure.schemas.projects.projects import (
    PublicProjectDetail,
    PublicProjectOut,
    PublicProjectQuery,
)
from app.kit.database import Reading
from app.kit.http import pages, problems
from app.kit.http.caching import CacheableRoute
from app.kit.http.pages import CursorUnreadable, Page
from app.organizations.signin import public
from app.projects.schemas.sites.maps import FEATURES_MAX

router = APIRouter(prefix="/projects", route_class=CacheableRoute, dependencies=[public])

OfProject = Annotated[str, Path(max_length=64, description="The project's code.")]
_UNKNOWN = problems.responses(ProjectNotPublic)


@router.get(
    "",
    operation_id="list_public_projects",
    summary="List projects",
    responses=problems.responses(CursorUnreadable),
)
async def list_projects(
    session: Reading, asked: Annotated[PublicProjectQuery, Query()]
) -> Page[PublicProjectOut]:
    """List the projects that were approved, each with what it is planned to cost and what was spent."""
    found = await pages.listed(session, projects.matching(asked.wanted()), projects.ORDERS, asked)
    items = [PublicProjectOut.of(one) for one in await accounts.of(session, found.items)]
    return found.told(items)


@router.get("/{code}", operation_id="read_public_project", summary="Read a project", responses=_UNKNOWN)
async def read_project(session: Reading, code: OfProject) -> PublicProjectDetail:
    """Read what a project is, who carries it out, what it cost, whom it helped and what came of it."""
    project = await projects.by_code(session, code)
    [account] = await accounts.of(session, [project])
    return PublicProjectDetail.whole(await dossiers.of(session, account))


@router.get(
    "/{code}/funding",
    operation_id="read_public_project_funding",
    summary="Read who pays for a project",
    responses=_UNKNOWN,
)
async def read_project_funding(session: Reading, code: OfProject) -> PublicProjectFunding:
    """Read which funds and campaigns paid for a project, how much arrived, and who bears the rest."""
    project = await projects.by_code(session, code)
    return PublicProjectFunding.of(await funding.of(session, project))


@router.get(
    "/{code}/sites",
    operation_id="read_public_project_sites",
    summary="Read a project's sites",
    responses=_UNKNOWN,
)
async def read_project_sites(session: Reading, code: OfProject) -> PublicSiteMap:
    """Read a project's sites as GeoJSON: what is built where, how far it has come, and what it cost."""
    project = await projects.by_code(session, code)
    return PublicSiteMap.of(await dossiers.sites(session, project, FEATURES_MAX))
