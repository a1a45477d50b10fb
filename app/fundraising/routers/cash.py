"""Cash gifts over HTTP: at the counter during a session, and out of donation boxes."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.accounting.cash import errors as cash_errors
from app.accounting.cash import sessions
from app.fundraising import campaigns, errors, givers
from app.fundraising.banking import cash_gifts
from app.fundraising.gifts import OutcomeKind
from app.fundraising.models import Campaign
from app.fundraising.schemas.cash import BoxGiftIn, CashGiftIn
from app.fundraising.schemas.donations import DonationOut, ReceivedOut
from app.kit.database import ReadSession, Writing
from app.kit.http import idempotency, problems
from app.kit.http.idempotency import MoneyRoute
from app.organizations.access import Asking, Permission
from app.organizations.signin import may

router = APIRouter(prefix="/v1/fundraising/cash-sessions", tags=["cash"], route_class=MoneyRoute)

Clerk = Annotated[Asking, may(Permission.gifts_record)]
_PURPOSES = (
    errors.CampaignNotOpen,
    errors.ChannelOfAnotherOrganization,
    errors.DesignationNotFound,
    errors.AllocationsUnequal,
)


async def _campaign(session: ReadSession, campaign_id: UUID | None) -> Campaign | None:
    return None if campaign_id is None else await campaigns.get(session, campaign_id)


@router.post(
    "/{session_id}/donations",
    operation_id="record_cash_donation",
    status_code=201,
    responses={200: {"model": ReceivedOut, "description": "This sheet was recorded before."}}
    | problems.responses(
        cash_errors.CashSessionNotOpen, errors.BoxOpenedAtOnce, errors.GiftDiffers, *_PURPOSES
    ),
)
async def record_cash_donation(
    session: Writing, caller: Clerk, session_id: UUID, body: CashGiftIn, request: Request, response: Response
) -> ReceivedOut:
    """Record a gift in cash with its sheet's number; it adds to what the session must hold in the end."""
    caller.must(at=(await sessions.get(session, session_id)).organization_id)
    told = body.as_gift(await _campaign(session, body.campaign_id))
    donation, outcome = await cash_gifts.record(session, session_id, told, actor=caller.label)
    idempotency.concerns(request, donation.person_id)
    known = await givers.of(session, [donation], clear_in=caller.caller.holds(Permission.donors_read))
    response.status_code = 200 if outcome is OutcomeKind.duplicate else 201
    return ReceivedOut.of(donation, known[donation.id], outcome=outcome)


@router.post(
    "/{session_id}/box-donation",
    operation_id="record_box_donation",
    status_code=201,
    responses=problems.responses(cash_errors.CashSessionNotCounted, *_PURPOSES),
)
async def record_box_donation(
    session: Writing, caller: Clerk, session_id: UUID, body: BoxGiftIn
) -> DonationOut:
    """Record what two people counted in a donation box as one gift without a name."""
    held = await sessions.hold(session, session_id)
    caller.must(at=held.organization_id)
    campaign = await _campaign(session, body.campaign_id)
    donation = await cash_gifts.record_box(session, held, campaign, body.wanted(), actor=caller.label)
    known = await givers.of(session, [donation], clear_in=caller.caller.holds(Permission.donors_read))
    return DonationOut.of(donation, known[donation.id])
