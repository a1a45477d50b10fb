"""Refunds and disputes over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from app.fundraising import errors, refunds, registers
from app.fundraising.models import Dispute, Refund
from app.fundraising.schemas.refunds import DisputeOut, DisputeQuery, RefundIn, RefundOut, RefundQuery
from app.kit.database import Reading, Writing
from app.kit.http import pages, problems
from app.kit.http.idempotency import MoneyRoute
from app.kit.http.pages import Page
from app.ledger.errors import FundShort, MoreThanLeft
from app.organizations.access import Asking, Permission
from app.organizations.signin import may

router = APIRouter(prefix="/v1/fundraising", tags=["refunds"], route_class=MoneyRoute)

_REFUNDS: pages.Orders = {
    "created_at": [Refund.id],
    "refunded_at": [Refund.refunded_at, Refund.id],
    "amount": [Refund.amount, Refund.id],
}
_DISPUTES: pages.Orders = {
    "created_at": [Dispute.id],
    "disputed_at": [Dispute.disputed_at, Dispute.id],
    "amount": [Dispute.amount, Dispute.id],
}

Reader = Annotated[Asking, may(Permission.gifts_read)]
Refunder = Annotated[Asking, may(Permission.refunds_record)]


@router.post(
    "/donations/{donation_id}/refunds",
    operation_id="refund_donation",
    status_code=201,
    responses=problems.responses(
        *(errors.RefundExceedsGift, errors.DesignationNotFound, errors.DonationNotPosted),
        *(FundShort, MoreThanLeft),
    ),
)
async def refund_donation(session: Writing, caller: Refunder, donation_id: UUID, body: RefundIn) -> RefundOut:
    """Decide to give a gift back, wholly or in part; never more than is left of it, or of the part named."""
    donation = await registers.find(session, donation_id)
    caller.must(at=donation.organization_id)
    refund = await refunds.decide(
        session,
        donation,
        amount=body.amount.amount,
        reason=body.reason,
        actor=caller.label,
        designation=body.designation,
    )
    return RefundOut.of(refund)


@router.get("/refunds", operation_id="list_refunds")
async def list_refunds(
    session: Reading, caller: Reader, asked: Annotated[RefundQuery, Query()]
) -> Page[RefundOut]:
    """List refunds, the latest first; also those that still wait for their gift, or ask for too much."""
    visible = caller.visible()
    if asked.organization_id:
        visible &= {asked.organization_id}
    query = registers.refunds(visible, state=asked.state)
    found = await pages.listed(session, query, _REFUNDS, asked, amount=Refund.amount)
    items = [RefundOut.of(refund) for refund in found.items]
    return found.told(items)


@router.get("/disputes", operation_id="list_disputes")
async def list_disputes(
    session: Reading, caller: Reader, asked: Annotated[DisputeQuery, Query()]
) -> Page[DisputeOut]:
    """List the objections that platforms told us of, the latest first."""
    visible = caller.visible()
    if asked.organization_id:
        visible &= {asked.organization_id}
    query = registers.disputes(visible, state=asked.state)
    found = await pages.listed(session, query, _DISPUTES, asked, amount=Dispute.amount)
    items = [DisputeOut.of(dispute) for dispute in found.items]
    return found.told(items)
