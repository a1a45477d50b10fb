"""The federation's page, and those of its members."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from app.disclosure import campaigns, members, years
from app.disclosure.obligations import shown
from app.fundraising.models import Campaign
from app.kit.clock import today
from app.kit.database import Reading, ReadSession
from app.kit.http import pages
from app.kit.http.pages import PageQuery
from app.organizations import organizations
from app.organizations.models import Organization
from app.site import charts, linked_data, sheets
from app.site.sheets import Cursor

router = APIRouter(route_class=sheets.PageRoute)


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
    facts = await _year(session, it) | await _campaigns(session, it, cursor)
    facts |= {"member": member, "cursor": cursor, "linked": linked_data.ngo(sheets.origin(request), member)}
    return sheets.page(request, "organization.html", facts, demo=it.demo)


async def _year(session: ReadSession, it: Organization) -> dict[str, object]:
    year = await years.so_far(session, today(), it.id)
    calendar = await shown.calendar(session, [it.id])
    return {"year": year, "months": charts.of_year(year), "calendar": calendar}


async def _campaigns(session: ReadSession, it: Organization, cursor: str | None) -> dict[str, object]:
    paging = PageQuery(cursor=cursor, limit=sheets.PAGE_SIZE)
    keys = [Campaign.starts_on, Campaign.id]
    query = campaigns.matching(organization=it.code)
    found = await pages.page(session, query, keys, paging, newest_first=True)
    return {
        "accounts": await campaigns.accounts(session, found.items),
        "next_cursor": found.next_cursor,
    }
