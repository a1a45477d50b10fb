"""The page of all projects, and each project's."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from app.disclosure import campaigns
from app.disclosure.projects import accounts, dossiers, funding, projects
from app.disclosure.projects.projects import Wanted
from app.disclosure.schemas.projects.funding import PublicProjectFunding
from app.disclosure.schemas.projects.maps import PublicSiteFeature
from app.disclosure.schemas.projects.projects import PublicProjectDetail
from app.kit.database import Reading, ReadSession
from app.kit.http import pages
from app.kit.http.pages import PageQuery
from app.projects.models import Project, ProjectCategory
from app.site import linked_data, maps, sheets

router = APIRouter(route_class=sheets.PageRoute)

SITES_MAX = 700


@router.api_route("/projects", methods=sheets.LOOKING)
async def everything(
    request: Request,
    session: Reading,
    q: Annotated[str, Query(max_length=200)] = "",
    category: Annotated[str, Query(max_length=40)] = "",
    organization: Annotated[str, Query(max_length=64)] = "",
    cursor: sheets.Cursor = None,
) -> Response:
    """Show the projects, the latest to be planned first."""
    kind = ProjectCategory(category) if category in set(ProjectCategory) else None
    asked = {"q": sheets.typed(q), "category": kind or "", "organization": organization}
    wanted = Wanted(q=asked["q"] or None, category=kind, organization=organization or None)
    query = projects.matching(wanted)
    paging = PageQuery(cursor=cursor, limit=sheets.PAGE_SIZE)
    keys = [Project.planned_from, Project.id]
    found = await pages.page(session, query, keys, paging, newest_first=True)
    facts = {
        "accounts": await accounts.of(session, found.items),
        "next_cursor": found.next_cursor,
        "wanted": asked,
        "cursor": cursor,
        "categories": list(ProjectCategory),
    }
    return sheets.page(request, "projects.html", facts, demo=await campaigns.demo(session))


@router.api_route("/projects/{code}", methods=sheets.LOOKING)
async def project(request: Request, session: Reading, code: Annotated[str, Path(max_length=64)]) -> Response:
    """Show a project: what and where it is, what it costs, who pays, and what came of it."""
    it = await projects.by_code(session, code)
    [account] = await accounts.of(session, [it])
    facts = await _places(session, it) | {
        "account": account,
        "it": PublicProjectDetail.whole(await dossiers.of(session, account)),
        "paid": PublicProjectFunding.of(await funding.of(session, it)),
        "linked": linked_data.project(sheets.origin(request), account),
    }
    return sheets.page(request, "project.html", facts, demo=account.organization.demo)


async def _places(session: ReadSession, it: Project) -> dict[str, object]:
    sites = await dossiers.sites(session, it, SITES_MAX)
    shown = sites[:SITES_MAX]
    told = [PublicSiteFeature.of(one).properties for one in shown]
    return {"sites": told, "more_sites": len(sites) > SITES_MAX, "map": maps.of(shown)}
