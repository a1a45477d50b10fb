"""Donation orders over HTTP: for the giver who is about to pay, and for staff."""

from typing import Annotated

from fastapi import APIRouter, Depends, Header, Query, Request, Response

from app.fundraising import errors
from app.fundraising.models import DonationOrder
from app.fundraising.paying.errors import (
    PaymentMethodUnfit,
    PaymentRefused,
    ProviderAway,
    ProviderMissing,
)
from app.fundraising.schemas.ways.orders import (
    DonationOrderIn,
    DonationOrderMadeOut,
    DonationOrderOut,
    DonationOrderQuery,
)
from app.fundraising.ways import orders
from app.fundraising.ways.errors import OrderNotFound, PlatformNotForCampaign
from app.kit.database import Reading, Streaming
from app.kit.errors import TooMany
from app.kit.http import pages, problems
from app.kit.http.doors import LateRoute
from app.kit.http.pages import Page
from app.kit.http.rates import RateLimit
from app.organizations.access import Asking, Permission
from app.organizations.signin import may, public

router = APIRouter(prefix="/v1/fundraising/orders", tags=["orders"], route_class=LateRoute)

Reader = Annotated[Asking, may(Permission.gifts_read)]
Secret = Annotated[str, Header(alias="Order-Secret", min_length=1, max_length=64)]

PLACING = RateLimit("donation orders", count=120, seconds=60)
ASKING = RateLimit("donation orders asked for", count=600, seconds=60)
ORDERS: pages.Orders = {
    "created_at": [DonationOrder.id],
    "amount": [DonationOrder.amount, DonationOrder.id],
}


@router.post(
    "",
    operation_id="create_donation_order",
    summary="Order a gift",
    status_code=201,
    responses=problems.responses(
        *(errors.CampaignNotFound, errors.CampaignNotOpen, errors.DesignationNotFound),
        *(PlatformNotForCampaign, ProviderMissing, PaymentMethodUnfit, PaymentRefused, ProviderAway, TooMany),
    ),
    dependencies=[public, Depends(PLACING)],
)
async def create_donation_order(
    database: Streaming, request: Request, body: DonationOrderIn, response: Response
) -> DonationOrderMadeOut:
    """Say what you mean to give; the answer says how to pay, and holds a secret to ask with, told once.

    Nothing is booked: an order becomes a gift when the payment platform tells that it was paid. An order
    that a platform could not be asked for runs out by itself; order again.
    """
    wish = body.as_order(address=request.client.host if request.client else None)
    async with database.writing() as session:
        placed = await orders.place(session, wish)
    response.headers["Cache-Control"] = "no-store"
    return DonationOrderMadeOut.placed(placed, await placed.asking())


@router.get("", operation_id="list_donation_orders", summary="List orders")
async def list_donation_orders(
    session: Reading, caller: Reader, asked: Annotated[DonationOrderQuery, Query()]
) -> Page[DonationOrderOut]:
    """List the orders at the organizations that you can see: open, paid, or run out."""
    visible = caller.visible()
    if asked.organization_id:
        visible &= {asked.organization_id}
    query = orders.listing(visible, campaign_id=asked.campaign_id, wanted=asked.state)
    found = await pages.listed(session, query, ORDERS, asked, amount=DonationOrder.amount)
    given = await orders.gifts(session, found.items)
    items = [DonationOrderOut.of(order, given.get(order.id)) for order in found.items]
    return found.told(items)


@router.get(
    "/{number}",
    operation_id="read_donation_order",
    summary="Ask after an order",
    responses=problems.responses(OrderNotFound, TooMany),
    dependencies=[public, Depends(ASKING)],
)
async def read_donation_order(
    session: Reading, number: str, secret: Secret, response: Response
) -> DonationOrderOut:
    """Ask whether your order has been paid; once it has, the gift's lookup code is told."""
    order = await orders.find(session, number, secret)
    given = await orders.gifts(session, [order])
    response.headers["Cache-Control"] = "no-store"
    return DonationOrderOut.of(order, given.get(order.id))
