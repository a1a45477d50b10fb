"""The partner's door over HTTP: what a platform may collect for, and what became of what it told us."""

from collections import defaultdict
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, File, Path, Query, UploadFile
from sqlalchemy import select
from starlette.convertors import PathConvertor, register_url_convertor

from app.accounting import channels
from app.fundraising.models import Campaign, CampaignState, Designation, Donation
from app.fundraising.schemas.settlements import (
    CSV,
    PlatformSettlementOut,
    SettlementControls,
    SettlementTakenOut,
)
from app.fundraising.settling import errors, imports
from app.kit.database import Reading, Writing
from app.kit.http import pages, problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page, Slice
from app.kit.tables import HeaderNotFound, SeveralLists, TableUnreadable
from app.organizations.access import Asking, Permission
from app.organizations.errors import OutOfSight
from app.organizations.signin import may
from app.webhooks.errors import GiftUnknown
from app.webhooks.models import Delivery
from app.webhooks.registers import PartnerDeliveryOut, PartnerDeliveryQuery, page_of
from app.webhooks.representations import PartnerCampaignOut, PartnerDonationOut
from app.webhooks.schemas import Text


class Whatever(PathConvertor):
    """The rest of an address to its end: Starlette's own path ends before a line feed."""

    regex = "(?s:.*)"


register_url_convertor("whatever", Whatever())
router = APIRouter(prefix="/v1/partner", tags=["partner"], route_class=IdempotentRoute)

Partner = Annotated[Asking, may(Permission.partner_read)]
Reporter = Annotated[Asking, may(Permission.partner_report)]
Sheet = Annotated[UploadFile, File(description="CSV (UTF-8 or GB18030) or XLSX.", examples=[CSV])]


@router.get("/campaigns", operation_id="list_partner_campaigns")
async def list_campaigns(session: Reading, caller: Partner, paging: pages.Paging) -> Page[PartnerCampaignOut]:
    """List the open campaigns of the organization whose merchant account you pay into."""
    account = await channels.of_platform(session, _platform(caller))
    query = select(Campaign).where(
        Campaign.organization_id == account.organization_id, Campaign.state == CampaignState.open
    )
    found = await pages.page(session, query, [Campaign.code], paging)
    uses: defaultdict[UUID, list[Designation]] = defaultdict(list)
    theirs = select(Designation).where(Designation.campaign_id.in_([one.id for one in found.items]))
    for use in await session.scalars(theirs.order_by(Designation.is_default.desc(), Designation.id)):
        uses[use.campaign_id].append(use)
    items = [PartnerCampaignOut.of(campaign, uses[campaign.id]) for campaign in found.items]
    return found.told(items)


@router.get("/donations/{donation_id:whatever}", operation_id="read_partner_donation")
async def read_donation(
    session: Reading, caller: Partner, donation_id: Annotated[Text, Path(description="Your own number.")]
) -> PartnerDonationOut:
    """Read by your own number what became of a gift that you told us of.

    Whatever number a gift was taken under can be asked for, percent-encoded.
    """
    query = select(Donation).where(Donation.source_id == _platform(caller), Donation.their_id == donation_id)
    donation = await session.scalar(query)
    if donation is None:
        raise GiftUnknown(donation_id=donation_id)
    return PartnerDonationOut.of(donation)


@router.get("/deliveries", operation_id="list_partner_deliveries", response_model=Page[PartnerDeliveryOut])
async def list_deliveries(
    session: Reading, caller: Partner, asked: Annotated[PartnerDeliveryQuery, Query()]
) -> Slice[Delivery]:
    """List what you sent us, the newest first, with what became of it and why something was refused."""
    query = select(Delivery).where(Delivery.platform_id == _platform(caller))
    return await page_of(session, query, asked)


@router.post(
    "/settlements",
    operation_id="import_partner_settlement",
    status_code=202,
    responses=problems.responses(
        errors.BillContradicts,
        errors.BillDiffersFromDeclared,
        errors.BillEmpty,
        errors.BillUnsound,
        HeaderNotFound,
        SeveralLists,
        TableUnreadable,
    ),
)
async def import_settlement(
    session: Writing, caller: Reporter, told: Annotated[SettlementControls, Query()], file: Sheet
) -> SettlementTakenOut:
    """Send your account of some days: what it tells that we have not heard of yet is booked now.

    A table with a header in Chinese or English, as CSV or XLSX. Nothing is kept unless every line can be read
    and all sums agree with what you declare. The same file again, or known lines in another, change nothing.
    """
    account = await channels.of_platform(session, _platform(caller))
    taken, run = await imports.begin(session, account, file.file, told.declared(), actor=caller.label)
    return SettlementTakenOut(
        settlement=PlatformSettlementOut.of(taken.settlement), repeated=taken.repeated, job_id=run
    )


def _platform(caller: Asking) -> UUID:
    if caller.platform_id is None:
        raise OutOfSight
    caller.must(at=caller.platform_id)
    return caller.platform_id
