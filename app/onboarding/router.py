"""Onboarding over HTTP: the template to download, and the workbook with which an association goes live."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, File, Query, Response, UploadFile
from fastapi import Path as PathParameter

from app.accounting.books import charts
from app.accounting.errors import ChannelClosed
from app.fundraising.errors import ChannelOfAnotherOrganization
from app.fundraising.models import Campaign
from app.kit.database import Reading, Writing
from app.kit.http import formats, pages, problems
from app.kit.http.formats import Format
from app.kit.http.idempotency import MoneyRoute
from app.kit.http.pages import Page, Paging
from app.kit.sheets import forms as workbook_forms
from app.kit.sheets import received
from app.kit.sheets.faults import WorkbookFaulty
from app.kit.tables import TableUnreadable
from app.onboarding import arrivals, carried, errors, forms, gifts, going_live
from app.onboarding.models import CarriedGift
from app.onboarding.orders import Order
from app.onboarding.schemas.transits import TransitArrivalIn, TransitArrivalOut
from app.onboarding.schemas.workbooks import (
    CarriedCampaignOut,
    CarriedGiftOut,
    CarriedGiftQuery,
    OnboardingDetail,
    OnboardingOut,
)
from app.organizations import organizations
from app.organizations.access import Asking, Permission
from app.organizations.errors import OutOfSight
from app.organizations.signin import may, public

router = APIRouter(prefix="/v1/onboarding", tags=["onboarding"], route_class=MoneyRoute)

Opener = Annotated[Asking, may(Permission.onboarding_take)]
BookReader = Annotated[Asking, may(Permission.books_read)]
BankRecorder = Annotated[Asking, may(Permission.bank_record)]
GiftReader = Annotated[Asking, may(Permission.gifts_read)]
CampaignReader = Annotated[Asking, may(Permission.campaigns_read)]
AT = "/organizations/{organization_id}"


@router.get(
    "/template",
    operation_id="read_onboarding_template",
    response_class=Response,
    dependencies=[public],
    responses=formats.also(Format.xlsx),
)
async def read_onboarding_template(language: Annotated[Literal["zh", "en"], Query()] = "zh") -> Response:
    """Download the workbook to fill in; its first sheet explains every column."""
    content = workbook_forms.template(forms.FORMS, language, notes=forms.NOTES)
    return formats.file(content, f"onboarding-{language}.xlsx", Format.xlsx)


@router.post(
    AT,
    operation_id="open_organization_books",
    openapi_extra={"requestBody": {"content": {"multipart/form-data": {"example": {"file": "PK..."}}}}},
    responses=problems.responses(
        WorkbookFaulty, TableUnreadable, errors.OnboardedAlready, errors.WorkbookTooLarge
    ),
)
async def open_organization_books(
    session: Writing,
    caller: Opener,
    organization_id: UUID,
    file: Annotated[UploadFile, File(description="The template, filled in.")],
    dry_run: Annotated[bool, Query(description="Only try: nothing is kept.")] = False,
) -> OnboardingOut:
    """Take an association's workbook over, whole or not at all; the same file again does nothing."""
    caller.must(at=organization_id)
    organization = await organizations.get(session, organization_id)
    chart = await charts.in_force(session, organization, organization.books_from)
    order = Order(organization=organization, live_on=organization.books_from, chart=chart, actor=caller.label)
    async with received.on_disk(file) as path:
        report = await going_live.take(session, order, path, dry_run=dry_run)
    return OnboardingOut.of(report, dry_run=dry_run)


@router.get(AT, operation_id="read_organization_onboarding", responses=problems.responses(OutOfSight))
async def read_organization_onboarding(
    session: Reading, caller: BookReader, organization_id: UUID
) -> OnboardingDetail:
    """Read with which workbook an organization went live, what was on its way then and what has arrived."""
    caller.must(at=organization_id)
    kept = await carried.onboarding(session, organization_id)
    transits = await carried.transits(session, organization_id)
    return OnboardingDetail.read(kept, transits, await arrivals.of(session, organization_id))


@router.post(
    f"{AT}/in-transit/{{number}}/arrivals",
    operation_id="record_transit_arrival",
    status_code=201,
    responses=problems.responses(
        OutOfSight,
        errors.ArrivedTooMuch,
        errors.ArrivedOutOfTime,
        ChannelClosed,
        ChannelOfAnotherOrganization,
    ),
)
async def record_transit_arrival(
    session: Writing,
    caller: BankRecorder,
    organization_id: UUID,
    number: Annotated[int, PathParameter(ge=1, le=forms.LINES_MAX, description="Of the sheet, from 1.")],
    body: TransitArrivalIn,
) -> TransitArrivalOut:
    """Say that money that was on its way when the books went live has reached an account, or a part of it."""
    caller.must(at=organization_id)
    transit = await arrivals.get(session, organization_id, number)
    return TransitArrivalOut.of(await arrivals.record(session, transit, body.arrived(), actor=caller.label))


@router.get(f"{AT}/carried-gifts", operation_id="list_carried_gifts")
async def list_carried_gifts(
    session: Reading, caller: GiftReader, organization_id: UUID, asked: Annotated[CarriedGiftQuery, Query()]
) -> Page[CarriedGiftOut]:
    """List the earlier gifts behind what the funds held, each fund's in the order in which they are spent."""
    caller.must(at=organization_id)
    query = carried.gifts(
        organization_id, fund_id=asked.fund_id, since=asked.given_on_from, until=asked.given_on_to
    )
    found = await pages.page(
        session, query, [CarriedGift.fund_id, CarriedGift.first_serial], asked, amount=CarriedGift.amount
    )
    clear = organization_id in caller.caller.holds(Permission.donors_read)
    names = await gifts.names(session, found.items, clear=clear)
    items = [CarriedGiftOut.of(gift, names.get(gift.id)) for gift in found.items]
    return found.told(items)


@router.get(f"{AT}/carried-campaigns", operation_id="list_carried_campaigns")
async def list_carried_campaigns(
    session: Reading, caller: CampaignReader, organization_id: UUID, paging: Paging
) -> Page[CarriedCampaignOut]:
    """List the campaigns that ran before the books went live, with the days of their last publications."""
    caller.must(at=organization_id)
    found = await pages.page(session, carried.campaigns(organization_id), [Campaign.code], paging)
    published = await carried.last_published(session, [one.id for one in found.items])
    items = [CarriedCampaignOut.of(one, published[one.id]) for one in found.items]
    return found.told(items)
