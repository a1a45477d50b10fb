"""Bank lines over HTTP, as the gifts and settlements that they turn out to be."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Request

from app.accounting.bank import errors as bank_errors
from app.accounting.bank import lines
from app.accounting.parties import terms
from app.fundraising import campaigns, errors, givers
from app.fundraising.banking import bank_gifts, settlements
from app.fundraising.banking.bank_gifts import BankGift
from app.fundraising.models import Campaign
from app.fundraising.schemas.bank import (
    BankDonationIn,
    BankDonationOut,
    BankDonationsIn,
    BankDonationsOut,
    SettlementIn,
    SettlementOut,
)
from app.fundraising.schemas.donations import ReceivedOut
from app.kit.database import ReadSession, WriteSession, Writing
from app.kit.errors import Refusal
from app.kit.http import idempotency, problems
from app.kit.http.idempotency import MoneyRoute
from app.organizations.access import Asking, Permission
from app.organizations.signin import may

router = APIRouter(prefix="/v1/fundraising/bank-lines", tags=["bank"], route_class=MoneyRoute)

Clerk = Annotated[Asking, may(Permission.gifts_record)]
Recorder = Annotated[Asking, may(Permission.bank_record)]


@router.post(
    "/{line_id}/donation",
    operation_id="record_bank_donation",
    status_code=201,
    responses=problems.responses(
        bank_errors.LineDecided,
        bank_errors.LineMatched,
        bank_errors.LineGoesTheOtherWay,
        errors.CampaignNotOpen,
        errors.ChannelOfAnotherOrganization,
        errors.DesignationNotFound,
        errors.AllocationsUnequal,
    ),
)
async def record_bank_donation(
    session: Writing, caller: Clerk, line_id: UUID, body: BankDonationIn, request: Request
) -> ReceivedOut:
    """Record a line of a bank's statement as a gift, once; the answer holds the giver's lookup code."""
    line = await lines.get(session, line_id)
    caller.must(at=line.organization_id)
    campaign = await _campaign(session, body.campaign_id)
    told = body.as_gift(line.id, campaign)
    donation, outcome = await bank_gifts.record(session, told, actor=caller.label)
    idempotency.concerns(request, donation.person_id)
    known = await givers.of(session, [donation], clear_in=caller.caller.holds(Permission.donors_read))
    return ReceivedOut.of(donation, known[donation.id], outcome=outcome)


async def _campaign(session: ReadSession, campaign_id: UUID | None) -> Campaign | None:
    return None if campaign_id is None else await campaigns.get(session, campaign_id)


@router.post("/donations/batch", operation_id="record_bank_donations")
async def record_bank_donations(session: Writing, caller: Clerk, body: BankDonationsIn) -> BankDonationsOut:
    """Record up to 200 lines as gifts for one campaign or the general fund, each with its own outcome."""
    campaign = await _campaign(session, body.campaign_id)
    outcomes: dict[UUID, BankDonationOut] = {}
    for line_id in sorted(set(body.line_ids)):
        line = await lines.get(session, line_id)
        caller.must(at=line.organization_id)
        told = BankGift(line_id=line.id, campaign=campaign)
        outcomes[line_id] = await _one(session, told, caller.label)
    return BankDonationsOut(outcomes=[outcomes[line_id] for line_id in body.line_ids])


async def _one(session: WriteSession, told: BankGift, actor: str) -> BankDonationOut:
    said: dict[str, object] = {"line_id": told.line_id, "outcome": None, "donation_id": None, "refused": None}
    try:
        async with session.begin_nested():
            donation, outcome = await bank_gifts.record(session, told, actor=actor)
    except Refusal as refusal:
        return BankDonationOut.model_validate(said | {"refused": problems.slug(type(refusal))})
    return BankDonationOut.model_validate(said | {"outcome": outcome, "donation_id": donation.id})


@router.post(
    "/{line_id}/settlement",
    operation_id="record_settlement",
    status_code=201,
    responses=problems.responses(
        bank_errors.LineDecided,
        bank_errors.LineMatched,
        bank_errors.LineGoesTheOtherWay,
        errors.SettlementNeedsMerchant,
        errors.SettlementExceedsBalance,
        errors.ChannelOfAnotherOrganization,
    ),
)
async def record_settlement(
    session: Writing, caller: Recorder, line_id: UUID, body: SettlementIn
) -> SettlementOut:
    """Record a line as a platform's payout, gross with the fee that it kept."""
    line = await lines.get(session, line_id)
    caller.must(at=line.organization_id)
    fee = body.fee.amount if body.fee else 0
    line = await settlements.record(session, line.id, body.channel_id, fee=fee, actor=caller.label)
    agreed = await terms.in_force(session, [body.channel_id], line.happened_on)
    return SettlementOut.of(line, body.channel_id, fee, agreed.get(body.channel_id))
