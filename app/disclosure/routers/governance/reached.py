"""What everybody may read of an organization's units, contacts, channels and internal systems."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy import select

from app.disclosure.governance import bookkeeping, contacts, papers, systems
from app.disclosure.models import ManagementSystem, OfficialChannel, OrganizationUnit, PublicContact
from app.disclosure.schemas.governance.contacts import (
    ManagementSystemOut,
    OfficialChannelOut,
    PublicContactOut,
)
from app.disclosure.schemas.governance.units import OrganizationUnitOut
from app.kit.clock import today
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


@router.get("/units", operation_id="list_organization_units", summary="List units", responses=_REFUSALS)
async def list_organization_units(
    session: Reading, organization_id: UUID, asked: Paging
) -> Page[OrganizationUnitOut]:
    """List the departments, branches and representative offices of an organization, the closed ones too."""
    organization = await organizations.get(session, organization_id)
    row = OrganizationUnit
    query = select(row).where(row.organization_id == organization.id)
    found = await pages.page(session, query, [row.founded_on, row.id], asked)
    kept = await bookkeeping.of(session, [one.id for one in found.items])
    items = [OrganizationUnitOut.of(one, kept.get(one.id, ()), today()) for one in found.items]
    return found.told(items)


@router.get("/contacts", operation_id="list_public_contacts", summary="List contacts", responses=_REFUSALS)
async def list_public_contacts(
    session: Reading, organization_id: UUID, asked: Paging
) -> Page[PublicContactOut]:
    """List where an organization is and was reached; the contact person while they may be named."""
    organization = await organizations.get(session, organization_id)
    row = PublicContact
    query = select(row).where(row.organization_id == organization.id)
    found = await pages.page(session, query, [row.effective_from, row.version, row.id], asked)
    names = await contacts.names(session, found.items)
    items = [PublicContactOut.of(one, names.get(one.id)) for one in found.items]
    return found.told(items)


@router.get("/channels", operation_id="list_official_channels", summary="List channels", responses=_REFUSALS)
async def list_official_channels(
    session: Reading, organization_id: UUID, asked: Paging
) -> Page[OfficialChannelOut]:
    """List the sites and accounts that speak in an organization's name, the closed ones too."""
    organization = await organizations.get(session, organization_id)
    row = OfficialChannel
    query = select(row).where(row.organization_id == organization.id)
    found = await pages.page(session, query, [row.opened_on, row.id], asked)
    return Page[OfficialChannelOut].model_validate(found)


@router.get("/systems", operation_id="list_management_systems", summary="List systems", responses=_REFUSALS)
async def list_management_systems(
    session: Reading, organization_id: UUID, asked: Paging
) -> Page[ManagementSystemOut]:
    """List an organization's internal systems with their documents, those replaced or repealed too."""
    organization = await organizations.get(session, organization_id)
    row = ManagementSystem
    query = select(row).where(row.organization_id == organization.id)
    found = await pages.page(session, query, [row.effective_from, row.id], asked)
    files = await papers.of(session, systems.KIND, [one.id for one in found.items], public=True)
    items = [ManagementSystemOut.of(one, files.get(one.id, ())) for one in found.items]
    return found.told(items)
