"""Offers: goods that somebody would give, until they are agreed on or taken back."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import exists, select

from app.fundraising.goods import quantities
from app.fundraising.models import GoodsOffer, NeedMatch, NeedMatchState, OfferState
from app.fundraising.needs.errors import MatchesStand, OfferNotOpen, QuantityUnclear
from app.kit import constraints
from app.kit.clock import today
from app.kit.database import ReadSession, WriteSession
from app.organizations.errors import OutOfSight, RegionUnknown


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOffer:
    """What somebody would give through a member: so much of what, where it may go, until when."""

    organization_id: UUID
    title: str
    quantity: str
    region_code: str | None = None
    open_until: date | None = None


async def make(session: WriteSession, new: NewOffer, *, by: str) -> GoodsOffer:
    """Record an offer. Raises QuantityUnclear, RegionUnknown; OfferNotOpen for one that is over already."""
    try:
        said = quantities.read(new.quantity)
    except ValueError:
        raise QuantityUnclear(quantity=new.quantity) from None
    if said.unit is None:
        raise QuantityUnclear(quantity=new.quantity)
    offer = GoodsOffer(
        organization_id=new.organization_id,
        title=new.title,
        unit=said.unit,
        count=said.count,
        left_count=said.count,
        actor=by,
        region_code=new.region_code,
        open_until=new.open_until,
    )
    must_be_open(offer)
    async with constraints.told(session, {"goods_offers_region_code_fkey": RegionUnknown()}):
        session.add(offer)
    return offer


async def withdraw(session: WriteSession, offer: GoodsOffer) -> None:
    """Take an offer (locked by the caller) back; what has been agreed of it ends first."""
    if offer.state is OfferState.withdrawn:
        raise OfferNotOpen(state=offer.state)
    standing = select(NeedMatch.id).where(
        NeedMatch.offer_id == offer.id, NeedMatch.state == NeedMatchState.agreed
    )
    if await session.scalar(select(exists(standing))):
        raise MatchesStand(offer=offer.id)
    offer.state = OfferState.withdrawn
    await session.flush()


async def get(session: ReadSession, offer_id: UUID, *, lock: bool = False) -> GoodsOffer:
    """Return an offer, or refuse; with `lock` nobody else changes it until the transaction ends."""
    for_update = {"key_share": True} if lock else None
    offer = await session.get(GoodsOffer, offer_id, with_for_update=for_update, populate_existing=lock)
    if offer is None:
        raise OutOfSight
    return offer


def must_be_open(offer: GoodsOffer) -> None:
    """Refuse an offer that was withdrawn, or whose last day is over."""
    over = offer.open_until is not None and offer.open_until < today()
    if offer.state is not OfferState.open or over:
        raise OfferNotOpen(state=offer.state, open_until=offer.open_until)
