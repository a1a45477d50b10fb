"""Offers over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy import select

from app.fundraising.models import GoodsOffer
from app.fundraising.needs import errors, offers, suggestions
from app.fundraising.schemas.legal.needs import (
    GoodsOfferIn,
    GoodsOfferOut,
    OfferQuery,
    SuggestionOut,
    SuggestionsOut,
)
from app.kit.database import Reading, Writing
from app.kit.http import pages, problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page
from app.organizations.access import Asking, Permission
from app.organizations.errors import RegionUnknown
from app.organizations.signin import may

router = APIRouter(
    prefix="/v1/fundraising/goods-offers", tags=["needs and offers"], route_class=IdempotentRoute
)

Reader = Annotated[Asking, may(Permission.campaigns_read)]
Changer = Annotated[Asking, may(Permission.campaigns_change)]


@router.post(
    "",
    operation_id="create_goods_offer",
    summary="Tell an offer of goods",
    status_code=201,
    response_model=GoodsOfferOut,
    responses=problems.responses(errors.QuantityUnclear, errors.OfferNotOpen, RegionUnknown),
)
async def create_goods_offer(session: Writing, caller: Changer, body: GoodsOfferIn) -> GoodsOffer:
    """Tell what somebody would give, so that places that lack it can ask for it."""
    caller.must(at=body.organization_id)
    return await offers.make(session, body.as_offer(), by=caller.label)


@router.get("", operation_id="list_goods_offers", summary="List offers of goods")
async def list_goods_offers(
    session: Reading, caller: Reader, asked: Annotated[OfferQuery, Query()]
) -> Page[GoodsOfferOut]:
    """List what is offered through the organizations that you can see."""
    query = select(GoodsOffer).where(GoodsOffer.organization_id.in_(caller.visible()))
    query = query.filter_by(**asked.model_dump(include={"organization_id", "state"}, exclude_none=True))
    found = await pages.page(session, query, [GoodsOffer.id], asked)
    return Page[GoodsOfferOut].model_validate(found)


@router.get(
    "/{offer_id}/suggestions",
    operation_id="find_needs_for_offer",
    summary="Find needs for an offer",
)
async def find_needs_for_offer(session: Reading, caller: Reader, offer_id: UUID) -> SuggestionsOut:
    """Find needs of any member that an offer could meet: those that it covers best first, then the oldest."""
    offer = await offers.get(session, offer_id)
    caller.must(at=offer.organization_id)
    found = await suggestions.for_offer(session, offer)
    return SuggestionsOut(suggestions=[SuggestionOut.of(one) for one in found])


@router.post(
    "/{offer_id}/withdrawal",
    operation_id="withdraw_goods_offer",
    summary="Take an offer of goods back",
    response_model=GoodsOfferOut,
    responses=problems.responses(errors.OfferNotOpen, errors.MatchesStand),
)
async def withdraw_goods_offer(session: Writing, caller: Changer, offer_id: UUID) -> GoodsOffer:
    """Take an offer back; what was agreed on of it is delivered or ended first."""
    offer = await offers.get(session, offer_id, lock=True)
    caller.must(at=offer.organization_id)
    await offers.withdraw(session, offer)
    return offer
