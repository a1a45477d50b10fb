"""The federation's page, and those of its members."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from app.accounting.books import statements as papers
from app.disclosure import campaigns, members, statements, years
from app.disclosure.figures import annual, scopes
from app.disclosure.figures.annual import Annual
from app.disclosure.governance import officers, posts
from app.disclosure.obligations import shown
from app.disclosure.projects import accounts, projects
from app.disclosure.publications import reported
from app.fundraising.models import Campaign
from app.kit.clock import today
from app.kit.database import Reading, ReadSession
from app.kit.http import formats, pages
from app.kit.http.caching import ASK_AGAIN
from app.kit.http.formats import Format
from app.kit.http.pages import PageQuery
from app.kit.sheets import workbooks
from app.ledger.balances import Basis
from app.organizations import organizations
from app.organizations.models import Organization
from app.projects.models import Project
from app.site import languages, linked_data, pictures, sheets
from app.site.languages import Writer
from app.site.routers.publications import lately
from app.site.sheets import Cursor

router = APIRouter(route_class=sheets.PageRoute)

ROSTER = 100
STATEMENTS = 12
PROJECTS = 8
"""So many projects are told with a member; their own page has the others."""


@router.api_route("/organizations", methods=sheets.LOOKING)
async def everyone(request: Request, session: Reading) -> Response:
    """Show the federation from its head down."""
    facts = {"branches": await members.tree(session)}
    return sheets.page(request, "organizations.html", facts, demo=await campaigns.demo(session))


@router.api_route("/organizations/{code}", methods=sheets.LOOKING)
async def organization(
    request: Request,
    session: Reading,
    code: Annotated[str, Path(max_length=64)],
    cursor: Cursor = None,
) -> Response:
    """Show a member: who it is, its year, what it owes the public, and its campaigns."""
    it = await organizations.by_code(session, code)
    member = await members.member(session, it)
    facts = await _year(session, Writer(languages.of(request)), it)
    facts |= await _campaigns(session, it, cursor)
    facts |= await _projects(session, it) | await _roster(session, it)
    facts |= {
        "publications": await lately(session, it),
        "statements": await statements.closed_months(session, it, STATEMENTS),
        "annual": await _annual(session, it, whole=bool(member.below)),
    }
    facts |= {"member": member, "cursor": cursor, "linked": linked_data.ngo(sheets.origin(request), member)}
    response = sheets.page(request, "organization.html", facts, demo=it.demo)
    response.headers.update(ASK_AGAIN)
    return response


@router.api_route("/organizations/{code}/statements/{period}.xlsx", methods=sheets.LOOKING)
async def books(
    session: Reading,
    code: Annotated[str, Path(max_length=64)],
    period: Annotated[str, Path(max_length=7)],
) -> Response:
    """Hand out the three statements of a closed month or year as a workbook."""
    it = await organizations.by_code(session, code)
    _, drawn = await statements.published(session, it.id, period)
    content = workbooks.write([papers.sheet(it, paper) for paper in drawn])
    return formats.file(content, f"{it.code}-{period}.xlsx", Format.xlsx)


async def _year(session: ReadSession, t: Writer, it: Organization) -> dict[str, object]:
    year = await years.so_far(session, today(), it.id)
    calendar = await shown.calendar(session, [it.id])
    return {"year": year, "months": pictures.months(t, year), "calendar": calendar}


async def _annual(session: ReadSession, it: Organization, *, whole: bool) -> Annual:
    """Return the figures of the year: of whoever stands above others, with theirs.

    One who stands alone is held against what it published of the year before: every page says the same.
    """
    scope = await scopes.of(session, it.id, Basis.consolidated if whole else Basis.entity)
    year = today().year
    before = None if whole else await reported.figures(session, it.id, year - 1)
    return await annual.compile_(session, scope, year, before=before)


async def _roster(session: ReadSession, it: Organization) -> dict[str, object]:
    query = posts.public(it.id, posts.Wanted(on=today())).order_by(*posts.ORDER).limit(ROSTER)
    held = (await session.scalars(query)).all()
    return {"roster": held, "names": await officers.names(session, {one.officer_id for one in held})}


async def _projects(session: ReadSession, it: Organization) -> dict[str, object]:
    query = projects.matching(projects.Wanted(organization=it.code))
    latest = query.order_by(Project.planned_from.desc(), Project.id.desc()).limit(PROJECTS + 1)
    found = (await session.scalars(latest)).all()
    return {
        "projects": await accounts.of(session, found[:PROJECTS]),
        "more_projects": len(found) > PROJECTS,
    }


async def _campaigns(session: ReadSession, it: Organization, cursor: str | None) -> dict[str, object]:
    paging = PageQuery(cursor=cursor, limit=sheets.PAGE_SIZE)
    keys = [Campaign.starts_on, Campaign.id]
    query = campaigns.matching(organization=it.code)
    found = await pages.page(session, query, keys, paging, newest_first=True)
    return {
        "accounts": await campaigns.accounts(session, found.items),
        "next_cursor": found.next_cursor,
    }
