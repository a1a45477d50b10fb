"""Donations over HTTP: gifts at the counter, the register, one gift with everything about it."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from sqlalchemy import select

from app.accounting import channels
from app.accounting.errors import ChannelClosed
from app.fundraising import campaigns, corrections, counter, errors, givers, purposes, registers
from app.fundraising.filings import standings
from app.fundraising.gifts import OutcomeKind
from app.fundraising.models import Donation, DonationState, Refund
from app.fundraising.schemas import actions
from app.fundraising.schemas.corrections import CorrectionOut
from app.fundraising.schemas.counter import GiftsIn, TakenBatchOut, TakenOut
from app.fundraising.schemas.donations import (
    DonationDetail,
    DonationOut,
    DonationQuery,
    GiftIn,
    ReceivedOut,
)
from app.fundraising.schemas.purposes import AllocationOut
from app.fundraising.schemas.refunds import RefundOut
from app.kit.database import Reading, ReadSession, Writing
from app.kit.http import bulk_items, idempotency, pages, problems
from app.kit.http.bulk_items import BatchOut
from app.kit.http.idempotency import MoneyRoute
from app.kit.http.pages import Page
from app.organizations.access import Asking, Permission
from app.organizations.signin import may

router = APIRouter(prefix="/v1/fundraising", tags=["donations"], route_class=MoneyRoute)

Clerk = Annotated[Asking, may(Permission.gifts_record)]
Reader = Annotated[Asking, may(Permission.gifts_read)]


@router.post(
    "/campaigns/{campaign_id}/donations",
    operation_id="record_donation",
    status_code=201,
    responses={200: {"model": ReceivedOut, "description": "This number was recorded before."}}
    | problems.responses(
        errors.CampaignNotOpen,
        errors.ChannelOfAnotherOrganization,
        errors.ChannelNotAtTheCounter,
        ChannelClosed,
        errors.DesignationNotFound,
        errors.AllocationsUnequal,
        errors.GiftDiffers,
    ),
)
async def record_donation(
    session: Writing, caller: Clerk, campaign_id: UUID, body: GiftIn, request: Request, response: Response
) -> ReceivedOut:
    """Record a gift that reached us outside any platform; the answer holds the giver's lookup code."""
    campaign = await campaigns.get(session, campaign_id)
    caller.must(at=campaign.organization_id)
    channel = await channels.get(session, body.channel_id)
    counter.check(campaign, channel)
    gift = body.as_gift(campaign, channel, caller.label)
    donation, outcome = await counter.receive(session, campaign, gift)
    idempotency.concerns(request, donation.person_id)
    known = await givers.of(session, [donation], clear_in=caller.caller.holds(Permission.donors_read))
    response.status_code = 200 if outcome is OutcomeKind.duplicate else 201
    return ReceivedOut.of(donation, known[donation.id], outcome=outcome)


@router.post(
    "/campaigns/{campaign_id}/donations/batch",
    operation_id="record_donations",
    response_model=TakenBatchOut,
)
async def record_donations(
    session: Writing, caller: Clerk, campaign_id: UUID, body: GiftsIn, request: Request
) -> BatchOut[TakenOut]:
    """Record up to 200 gifts, each with an outcome of its own: one that is refused sinks no other."""
    campaign = await campaigns.get(session, campaign_id)
    caller.must(at=campaign.organization_id)

    async def record(told: GiftIn) -> tuple[int, TakenOut]:
        channel = await channels.get(session, told.channel_id)
        counter.check(campaign, channel)
        donation, outcome = await counter.receive(
            session, campaign, told.as_gift(campaign, channel, caller.label)
        )
        return 200 if outcome is OutcomeKind.duplicate else 201, TakenOut.of(donation, outcome)

    return await bulk_items.each(session, body.gifts, record, language=problems.language_of(request))


@router.get("/donations", operation_id="list_donations")
async def list_donations(
    session: Reading, caller: Reader, asked: Annotated[DonationQuery, Query()]
) -> Page[DonationOut]:
    """List the donations of the organizations that you can see, those recorded last first."""
    query = registers.donations(caller.visible(), asked.search())
    found = await pages.listed(session, query, registers.DONATION_ORDERS, asked, amount=Donation.amount)
    known = await givers.of(session, found.items, clear_in=caller.caller.holds(Permission.donors_read))
    items = [DonationOut.of(donation, known[donation.id]) for donation in found.items]
    return found.told(items)


@router.get("/donations/{donation_id}", operation_id="read_donation")
async def read_donation(session: Reading, caller: Reader, donation_id: UUID) -> DonationDetail:
    """Read a donation with its parts, refunds and corrections."""
    donation = await registers.find(session, donation_id)
    caller.must(at=donation.organization_id)
    clear_in = caller.caller.holds(Permission.donors_read)
    known = await givers.of(session, [donation], clear_in=clear_in)
    refunds = await session.scalars(select(Refund).filter_by(donation_id=donation.id).order_by(Refund.id))
    corrected = await corrections.of(session, [donation])
    clear = donation.organization_id in clear_in
    why = await corrections.why(session, [donation], corrected if clear else [])
    return DonationDetail.of(
        donation,
        known[donation.id],
        allocations=await _parts(session, donation),
        refunds=[RefundOut.of(refund) for refund in refunds],
        corrections=[CorrectionOut.of(one, why.get(one.id)) for one in corrected],
        allowed_actions=actions.of_donation(donation, caller.caller),
        irregular=bool(await standings.flagged(session, [donation])),
    )


async def _parts(session: ReadSession, donation: Donation) -> list[AllocationOut]:
    if donation.campaign_id is None or donation.state is not DonationState.posted:
        return []
    campaign = await campaigns.get(session, donation.campaign_id)
    return AllocationOut.all_of(await purposes.standing(session, campaign, donation.entry_id))
