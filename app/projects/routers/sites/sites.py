"""Sites over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.kit.database import Reading, Writing
from app.kit.errors import VersionNotStated, VersionStale
from app.kit.http import pages, problems, versions
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page
from app.kit.http.versions import IfMatch
from app.organizations.access import Asking, Permission
from app.organizations.errors import RegionUnknown
from app.organizations.signin import may
from app.projects.budgets import errors as money
from app.projects.budgets import shares
from app.projects.models import Site
from app.projects.register import projects
from app.projects.register.errors import ProjectNotInState
from app.projects.schemas.budgets.shares import SharesIn, SharesOut
from app.projects.schemas.sites.sites import SiteChange, SiteDropIn, SiteIn, SiteOut, SiteQuery
from app.projects.sites import errors, sites

router = APIRouter(prefix="/v1/projects/sites", tags=["sites"], route_class=IdempotentRoute)

Reader = Annotated[Asking, may(Permission.projects_read)]
Changer = Annotated[Asking, may(Permission.projects_change)]


@router.post(
    "",
    operation_id="create_site",
    summary="Plan a site",
    status_code=201,
    responses=problems.responses(errors.SiteCodeTaken, errors.SiteUnfit, ProjectNotInState, RegionUnknown),
)
async def create_site(session: Writing, caller: Changer, body: SiteIn, response: Response) -> SiteOut:
    """Plan a site of a project, with every milestone that its asset must reach."""
    project = await projects.get(session, body.project_id, lock=True)
    caller.must(at=project.organization_id)
    return _told(await sites.create(session, project, body.as_site()), response)


@router.get("", operation_id="list_sites", summary="List sites")
async def list_sites(session: Reading, caller: Reader, asked: Annotated[SiteQuery, Query()]) -> Page[SiteOut]:
    """List the sites of the projects that the organizations in your sight carry out."""
    query = sites.found(caller.visible(), asked.wanted())
    found = await pages.listed(session, query, sites.ORDERS, asked)
    return found.told([SiteOut.of(one) for one in found.items])


@router.get("/{site_id}", operation_id="read_site", summary="Read a site")
async def read_site(session: Reading, caller: Reader, site_id: UUID, response: Response) -> SiteOut:
    """Read a site: what is built where, for how many, at which cost, and how far it has come."""
    return _told(await sites.seen(session, site_id, caller.visible()), response)


@router.patch(
    "/{site_id}",
    operation_id="change_site",
    summary="Change a site",
    responses=problems.responses(errors.SiteAccepted, errors.SiteUnfit, VersionNotStated, VersionStale),
)
async def change_site(
    session: Writing,
    caller: Changer,
    site_id: UUID,
    body: SiteChange,
    response: Response,
    if_match: IfMatch = None,
) -> SiteOut:
    """Change what is said about a site that is neither accepted nor dropped."""
    site = await sites.get(session, site_id, lock=True)
    caller.must(at=site.organization_id)
    versions.expect(if_match, site.version)
    await sites.change(session, site, **body.changes())
    return _told(site, response)


@router.post(
    "/{site_id}/drop",
    operation_id="record_site_drop",
    summary="Give a site up",
    responses=problems.responses(errors.SiteAccepted),
)
async def record_site_drop(
    session: Writing, caller: Changer, site_id: UUID, body: SiteDropIn, response: Response
) -> SiteOut:
    """Give a site up that is not accepted; it stays on the list with the reason."""
    site = await sites.get(session, site_id, lock=True)
    caller.must(at=site.organization_id)
    return _told(await sites.drop(session, site, body.reason), response)


@router.put(
    "/{site_id}/shares",
    operation_id="change_site_shares",
    summary="Say who bears which part of a site",
    responses=problems.responses(money.ShareTwice),
)
async def change_site_shares(session: Writing, caller: Changer, site_id: UUID, body: SharesIn) -> SharesOut:
    """Say who bears which part of a site's cost, in place of what was said before."""
    site = await sites.get(session, site_id, lock=True)
    caller.must(at=site.organization_id)
    await shares.replace(session, site.project_id, site.id, body.as_shares())
    return SharesOut.of(await shares.of(session, site.project_id, site.id))


@router.get("/{site_id}/shares", operation_id="read_site_shares", summary="Read who bears a site's cost")
async def read_site_shares(session: Reading, caller: Reader, site_id: UUID) -> SharesOut:
    """Read who bears which part of a site's cost, as planned and as far as it has come."""
    site = await sites.seen(session, site_id, caller.visible())
    return SharesOut.of(await shares.of(session, site.project_id, site.id))


def _told(site: Site, response: Response) -> SiteOut:
    response.headers["ETag"] = versions.etag(site.version)
    return SiteOut.of(site)
