"""Corrections over HTTP, and the claims of gifts in suspense."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request

from app.fundraising import campaigns, corrections, errors, givers, registers, suspense
from app.fundraising.models import Correction, Donation
from app.fundraising.schemas.corrections import AmountIn, CorrectionIn, CorrectionOut, VoidIn
from app.fundraising.schemas.donations import ClaimIn, DonationOut, SuspenseQuery, WaitingOut
from app.kit.database import Reading, WriteSession, Writing
from app.kit.http import idempotency, pages, problems
from app.kit.http.idempotency import MoneyRoute
from app.kit.http.pages import Page
from app.ledger.errors import FundShort
from app.organizations.access import Asking, Permission
from app.organizations.signin import may

router = APIRouter(prefix="/v1/fundraising", tags=["donations"], route_class=MoneyRoute)

Reader = Annotated[Asking, may(Permission.gifts_read)]
Corrector = Annotated[Asking, may(Permission.gifts_correct)]
Claimer = Annotated[Asking, may(Permission.suspense_claim)]


@router.post(
    "/donations/{donation_id}/corrections",
    operation_id="correct_donation",
    status_code=201,
    responses=problems.responses(
        errors.DonationVoided,
        errors.DonationRefunded,
        errors.DonationNotPosted,
        errors.NothingToCorrect,
        errors.ChannelOfAnotherOrganization,
        errors.DesignationNotFound,
        errors.AllocationsUnequal,
        FundShort,
    ),
)
async def correct_donation(
    session: Writing, caller: Corrector, donation_id: UUID, body: CorrectionIn, request: Request
) -> CorrectionOut:
    """Void a gift, change its amount or move it: the old entry is reversed and a new one booked."""
    donation = await registers.find(session, donation_id)
    caller.must(at=donation.organization_id)
    correction = await _correct(session, donation, body, caller.label)
    idempotency.concerns(request, donation.person_id)
    clear = donation.organization_id in caller.caller.holds(Permission.donors_read)
    return CorrectionOut.of(correction, body.reason if clear else None)


async def _correct(session: WriteSession, donation: Donation, body: CorrectionIn, actor: str) -> Correction:
    why = {"reason": body.reason, "actor": actor}
    if isinstance(body, VoidIn):
        return await corrections.void(session, donation, **why)
    if isinstance(body, AmountIn):
        return await corrections.change_amount(session, donation, body.amount.amount, **why)
    campaign = await campaigns.get(session, body.campaign_id)
    return await corrections.move(session, donation, campaign, body.wanted(), **why)


@router.get("/suspense", operation_id="list_suspense")
async def list_suspense(
    session: Reading, caller: Reader, asked: Annotated[SuspenseQuery, Query()]
) -> Page[WaitingOut]:
    """List the gifts that nobody could place yet, those that have waited longest first."""
    visible = caller.visible()
    if asked.organization_id:
        visible &= {asked.organization_id}
    query = registers.waiting(visible, age_from=asked.age_days_from, age_to=asked.age_days_to)
    found = await pages.listed(session, query, registers.DONATION_ORDERS, asked, amount=Donation.amount)
    known = await givers.of(session, found.items, clear_in=caller.caller.holds(Permission.donors_read))
    items = [WaitingOut.waiting(donation, known[donation.id]) for donation in found.items]
    return found.told(items)


@router.post(
    "/donations/{donation_id}/claim",
    operation_id="claim_donation",
    responses=problems.responses(
        errors.DonationNotInSuspense,
        errors.DonationRefunded,
        errors.CampaignNotOpen,
        errors.ChannelOfAnotherOrganization,
        errors.DesignationNotFound,
        errors.AllocationsUnequal,
    ),
)
async def claim_donation(
    session: Writing, caller: Claimer, donation_id: UUID, body: ClaimIn, request: Request
) -> DonationOut:
    """Give a gift in suspense to a campaign of the same organization."""
    donation = await registers.find(session, donation_id)
    caller.must(at=donation.organization_id)
    campaign = await campaigns.get(session, body.campaign_id)
    await suspense.claim(session, donation, campaign, body.wanted(), actor=caller.label)
    idempotency.concerns(request, donation.person_id)
    clear_in = caller.caller.holds(Permission.donors_read)
    known = await givers.of(session, [donation], clear_in=clear_in)
    return DonationOut.of(donation, known[donation.id])
