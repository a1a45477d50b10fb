"""Charters, terms and the roster over HTTP, for everybody (Charity Law 78)."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy import select

from app.disclosure.governance import charters, officers, papers, posts
from app.disclosure.models import Charter, CouncilTerm
from app.disclosure.schemas.governance.councils import CharterOut, CouncilTermOut
from app.disclosure.schemas.governance.posts import RosterLineOut, RosterQuery
from app.kit.database import Reading
from app.kit.http import pages, problems
from app.kit.http.caching import NamingRoute
from app.kit.http.pages import CursorUnreadable, Page, PageQuery
from app.organizations import organizations
from app.organizations.errors import OutOfSight
from app.organizations.signin import public

router = APIRouter(
    prefix="/v1/disclosure/governance/organizations/{organization_id}",
    tags=["governance"],
    route_class=NamingRoute,
    dependencies=[public],
)

Paging = Annotated[PageQuery, Query()]
_REFUSALS = problems.responses(CursorUnreadable, OutOfSight)


@router.get("/charters", operation_id="list_charters", summary="List charters", responses=_REFUSALS)
async def list_charters(session: Reading, organization_id: UUID, asked: Paging) -> Page[CharterOut]:
    """List the versions of an organization's charter, with the documents as they were approved."""
    organization = await organizations.get(session, organization_id)
    query = select(Charter).where(Charter.organization_id == organization.id)
    found = await pages.page(session, query, [Charter.effective_from, Charter.id], asked)
    files = await papers.of(session, charters.KIND, [one.id for one in found.items], public=True)
    items = [CharterOut.of(one, files.get(one.id, ())) for one in found.items]
    return found.told(items)


@router.get("/terms", operation_id="list_council_terms", summary="List terms", responses=_REFUSALS)
async def list_council_terms(session: Reading, organization_id: UUID, asked: Paging) -> Page[CouncilTermOut]:
    """List the terms of an organization's council and supervisory board."""
    organization = await organizations.get(session, organization_id)
    query = select(CouncilTerm).where(CouncilTerm.organization_id == organization.id)
    found = await pages.page(session, query, [CouncilTerm.starts_on, CouncilTerm.id], asked)
    items = [CouncilTermOut.of(one) for one in found.items]
    return found.told(items)


@router.get("/roster", operation_id="list_roster", summary="List the roster", responses=_REFUSALS)
async def list_roster(
    session: Reading, organization_id: UUID, asked: Annotated[RosterQuery, Query()]
) -> Page[RosterLineOut]:
    """List who decides, carries out and supervises in an organization, today, on a day or in a term."""
    organization = await organizations.get(session, organization_id)
    query = posts.public(organization.id, asked.wanted())
    found = await pages.page(session, query, posts.ORDER, asked)
    names = await officers.names(session, {one.officer_id for one in found.items})
    numbers = await posts.term_numbers(session, organization.id)
    items = [
        RosterLineOut.of(one, names.get(one.officer_id), one.term_id and numbers.get(one.term_id))
        for one in found.items
    ]
    return found.told(items)
