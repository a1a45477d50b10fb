"""Pledges over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request

from app.fundraising import campaigns, registers
from app.fundraising.models import Pledge
from app.fundraising.schemas.ways.pledges import (
    PledgeDetail,
    PledgeIn,
    PledgeInstalmentOut,
    PledgeOut,
    PledgePaymentIn,
    PledgeQuery,
    WriteOffIn,
)
from app.fundraising.ways import errors as ways
from app.fundraising.ways import pledges
from app.kit.database import Reading, ReadSession, Writing
from app.kit.http import idempotency, pages, problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page
from app.organizations.access import Asking, Permission
from app.organizations.signin import may

router = APIRouter(prefix="/v1/fundraising/pledges", tags=["pledges"], route_class=IdempotentRoute)

Reader = Annotated[Asking, may(Permission.gifts_read)]
Recorder = Annotated[Asking, may(Permission.gifts_record)]
Corrector = Annotated[Asking, may(Permission.gifts_correct)]
ORDERS: pages.Orders = {
    "created_at": [Pledge.id],
    "amount": [Pledge.amount, Pledge.id],
    "promised_on": [Pledge.promised_on, Pledge.id],
}


@router.post(
    "",
    operation_id="create_pledge",
    summary="Record a pledge",
    status_code=201,
    responses=problems.responses(ways.InstalmentsUnequal, ways.PledgeNumberTaken),
)
async def create_pledge(session: Writing, caller: Recorder, body: PledgeIn, request: Request) -> PledgeDetail:
    """Record what somebody promised to give, in instalments; it is no money and stands in no books."""
    campaign = await campaigns.get(session, body.campaign_id)
    caller.must(at=campaign.organization_id)
    pledge = body.as_pledge(campaign, caller.label)
    await pledges.promise(session, pledge, body.parts(), name=body.name)
    idempotency.concerns(request, pledge.person_id)
    return await _whole(session, caller, pledge)


@router.get("", operation_id="list_pledges", summary="List pledges")
async def list_pledges(
    session: Reading, caller: Reader, asked: Annotated[PledgeQuery, Query()]
) -> Page[PledgeOut]:
    """List the pledges at the organizations that you can see: open, fulfilled, written off, or overdue."""
    visible = caller.visible()
    if asked.organization_id:
        visible &= {asked.organization_id}
    query = pledges.listing(visible, campaign_id=asked.campaign_id, wanted=asked.state, overdue=asked.overdue)
    found = await pages.listed(session, query, ORDERS, asked, amount=Pledge.amount)
    paid = await pledges.paid(session, [pledge.id for pledge in found.items])
    clear_in = caller.caller.holds(Permission.donors_read)
    names = await pledges.names(session, found.items, clear_in=clear_in)
    why = await pledges.why(session, found.items, clear_in=clear_in)
    return found.told(
        [
            PledgeOut.of(one, names[one.id], paid.get(one.id, 0), written_off_reason=why.get(one.id))
            for one in found.items
        ]
    )


@router.get("/{pledge_id}", operation_id="read_pledge", summary="Read a pledge")
async def read_pledge(session: Reading, caller: Reader, pledge_id: UUID) -> PledgeDetail:
    """Read a pledge with its instalments, and what has been paid of each."""
    pledge = await pledges.get(session, pledge_id)
    caller.must(at=pledge.organization_id)
    return await _whole(session, caller, pledge)


@router.post(
    "/{pledge_id}/payments",
    operation_id="add_pledge_payment",
    summary="Tell a pledge's payment",
    responses=problems.responses(ways.PledgeOver, ways.PaymentNotForPledge, ways.GiftPaysAnother),
)
async def add_pledge_payment(
    session: Writing, caller: Recorder, pledge_id: UUID, body: PledgePaymentIn, request: Request
) -> PledgeDetail:
    """Say that a gift pays a pledge: its earliest instalments first."""
    pledge = await pledges.get(session, pledge_id, lock=True)
    caller.must(at=pledge.organization_id)
    donation = await registers.find(session, body.donation_id)
    await pledges.pay(session, pledge, donation, actor=caller.label)
    idempotency.concerns(request, pledge.person_id)
    return await _whole(session, caller, pledge)


@router.post(
    "/{pledge_id}/write-off",
    operation_id="close_pledge",
    summary="Write a pledge off",
    responses=problems.responses(ways.PledgeOver, ways.HardshipNotReported),
)
async def close_pledge(
    session: Writing, caller: Corrector, pledge_id: UUID, body: WriteOffIn, request: Request
) -> PledgeDetail:
    """Give up what a pledge still owes, with a reason; an enforceable one in reported hardship only."""
    pledge = await pledges.get(session, pledge_id, lock=True)
    caller.must(at=pledge.organization_id)
    reported = body.reported_on
    await pledges.write_off(session, pledge, reason=body.reason, actor=caller.label, reported_on=reported)
    idempotency.concerns(request, pledge.person_id)
    return await _whole(session, caller, pledge)


async def _whole(session: ReadSession, caller: Asking, pledge: Pledge) -> PledgeDetail:
    paid = (await pledges.paid(session, [pledge.id])).get(pledge.id, 0)
    clear_in = caller.caller.holds(Permission.donors_read)
    name = (await pledges.names(session, [pledge], clear_in=clear_in))[pledge.id]
    why = (await pledges.why(session, [pledge], clear_in=clear_in)).get(pledge.id)
    parts = await pledges.instalments(session, pledge, paid)
    told = [PledgeInstalmentOut.of(part) for part in parts]
    return PledgeDetail.of(pledge, name, paid, written_off_reason=why, instalments=told)
