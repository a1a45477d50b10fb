"""What everybody may read of an organization besides its charter and roster."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy import select

from app.disclosure.dissolutions import dissolutions
from app.disclosure.governance import compiled, papers, registers, related
from app.disclosure.models import Dissolution, ExpenseStandard, PayList, RelatedEvent, RelatedParty
from app.disclosure.schemas.governance.compiled import AsOfQuery, BasicInformationOut
from app.disclosure.schemas.governance.dissolutions import PublicDissolutionOut
from app.disclosure.schemas.governance.pay import ExpenseStandardOut, PayListOut
from app.disclosure.schemas.governance.related import PublicRelatedEventOut, PublicRelatedPartyOut
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


@router.get(
    "/basic-information",
    operation_id="read_basic_information",
    summary="Read basic information",
    responses=problems.responses(OutOfSight),
)
async def read_basic_information(
    session: Reading, organization_id: UUID, asked: Annotated[AsOfQuery, Query()]
) -> BasicInformationOut:
    """Read what an organization publishes of itself, as it stood on a day (81号令 4)."""
    organization = await organizations.get(session, organization_id)
    found = await compiled.basic_information(session, organization, asked.on or today())
    return BasicInformationOut.of(found)


@router.get(
    "/related-parties",
    operation_id="list_public_related_parties",
    summary="List important related parties",
    responses=_REFUSALS,
)
async def list_public_related_parties(
    session: Reading, organization_id: UUID, asked: Paging
) -> Page[PublicRelatedPartyOut]:
    """List the important related parties of an organization; a person is named by law or by consent."""
    organization = await organizations.get(session, organization_id)
    query = related.important(organization.id, date.min, date.max)
    found = await pages.page(session, query, [RelatedParty.starts_on, RelatedParty.id], asked)
    names = await related.names(session, found.items, public=True)
    items = [PublicRelatedPartyOut.of(one, names.get(one.id)) for one in found.items]
    return found.told(items)


@router.get(
    "/related-events",
    operation_id="list_public_related_events",
    summary="List dealings with related parties",
    responses=_REFUSALS,
)
async def list_public_related_events(
    session: Reading, organization_id: UUID, asked: Paging
) -> Page[PublicRelatedEventOut]:
    """List what an organization dealt with its important related parties: content and amount (81号令 14)."""
    organization = await organizations.get(session, organization_id)
    query = related.dealt(organization.id)
    found = await pages.page(session, query, [RelatedEvent.happened_on, RelatedEvent.id], asked)
    parties = await related.of_events(session, found.items)
    names = await related.names(session, parties.values(), public=True)
    items = [
        PublicRelatedEventOut.of(one, parties[one.party_id], names.get(one.party_id)) for one in found.items
    ]
    return found.told(items)


@router.get("/pay-lists", operation_id="list_pay_lists", summary="List the highest pay", responses=_REFUSALS)
async def list_pay_lists(session: Reading, organization_id: UUID, asked: Paging) -> Page[PayListOut]:
    """List the five highest pays of each year by post, in all their versions; nobody is named."""
    organization = await organizations.get(session, organization_id)
    query = select(PayList).where(PayList.organization_id == organization.id)
    found = await pages.page(session, query, [PayList.year, PayList.version, PayList.id], asked)
    return found.told([PayListOut.of(one) for one in found.items])


@router.get(
    "/standards", operation_id="list_expense_standards", summary="List standards", responses=_REFUSALS
)
async def list_expense_standards(
    session: Reading, organization_id: UUID, asked: Paging
) -> Page[ExpenseStandardOut]:
    """List what an organization may spend on travel, vehicles, reception and training, in all versions."""
    organization = await organizations.get(session, organization_id)
    row = ExpenseStandard
    query = select(row).where(row.organization_id == organization.id)
    found = await pages.page(session, query, [row.effective_from, row.id], asked)
    files = await papers.of(session, registers.KIND, [one.id for one in found.items], public=True)
    items = [ExpenseStandardOut.of(one, files.get(one.id, ())) for one in found.items]
    return found.told(items)


@router.get(
    "/dissolutions",
    operation_id="list_public_dissolutions",
    summary="List dissolutions",
    responses=_REFUSALS,
)
async def list_public_dissolutions(
    session: Reading, organization_id: UUID, asked: Paging
) -> Page[PublicDissolutionOut]:
    """Tell whether an organization ends, as it was announced, and where what is left goes (慈善法 18)."""
    organization = await organizations.get(session, organization_id)
    query = dissolutions.announced(organization.id)
    found = await pages.page(session, query, [Dissolution.occurred_on, Dissolution.id], asked)
    items = [PublicDissolutionOut.of(one) for one in found.items]
    return found.told(items)
