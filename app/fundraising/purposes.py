"""Purposes: the designations among which a person divides a gift."""

from collections.abc import Sequence
from uuid import UUID

from app.fundraising import placements
from app.fundraising.errors import (
    AllocationsUnequal,
    CampaignNotOpen,
    DesignationNotFound,
    DonationNotPosted,
)
from app.fundraising.gifts import Allocation
from app.fundraising.models import Campaign, CampaignState, Donation, DonationState
from app.fundraising.placements import BASIS_POINTS, Place
from app.kit import money
from app.kit.database import ReadSession
from app.ledger import exchanges
from app.ledger.exchanges import Part

Parts = list[tuple[Place, int]]
"""The places of a gift's money, each with its fen."""

Wanted = str | Sequence[Allocation] | None
"""What a person chose: one designation, parts for several, or nothing, which means the campaign's default."""


async def choose(session: ReadSession, campaign: Campaign, amount: int, wanted: Wanted = None) -> Parts:
    """Return the places of a campaign's gift as a person chose them.

    A closed campaign still has its places: a person may decide that a late gift belongs to it. A draft has
    none.
    """
    places = await _places(session, campaign)
    default = next(code for code, place in places.items() if place.is_default)
    named = wanted if isinstance(wanted, str) else default
    chosen = [Allocation(named, amount)] if isinstance(wanted, str) or not wanted else wanted
    if unknown := sorted({part.designation for part in chosen} - set(places)):
        raise DesignationNotFound(designations=unknown)
    if sum(part.amount for part in chosen) != amount:
        raise AllocationsUnequal(amount=amount)
    if campaign.state is CampaignState.draft:
        raise CampaignNotOpen(campaign=campaign.id, state=campaign.state)
    return [(places[part.designation], part.amount) for part in chosen]


async def standing(session: ReadSession, campaign: Campaign, entry_id: UUID) -> Parts:
    """Return the parts of a gift as its recording entry divided it, what went to the costs included."""
    places = await _places(session, campaign)
    parts: dict[str, int] = {}
    for place, part in await _told_apart(session, places, entry_id):
        parts[place.designation] = parts.get(place.designation, 0) + part.amount
    return [(places[code], amount) for code, amount in parts.items()]


async def postings(session: ReadSession, donation: Donation, designation: str) -> frozenset[UUID]:
    """Return the postings of a gift's part for one designation, its share of the costs too; maybe none.

    Refused where the gift stands in no campaign, or its campaign has no such designation.
    """
    if donation.campaign_id is None or donation.state is not DonationState.posted:
        raise DonationNotPosted(state=donation.state)
    places = await _places(session, await session.get_one(Campaign, donation.campaign_id))
    if designation not in places:
        raise DesignationNotFound(designations=[designation])
    told = await _told_apart(session, places, donation.entry_id)
    return frozenset(part.posting_id for place, part in told if place.designation == designation)


def scale(parts: Parts, amount: int) -> Parts:
    """Return a gift's parts in the same proportion for another amount; a part of nothing is left out."""
    shares = money.split(amount, [share for _, share in parts])
    return [(place, share) for (place, _), share in zip(parts, shares, strict=True) if share]


async def _told_apart(
    session: ReadSession, places: dict[str, Place], entry_id: UUID
) -> list[tuple[Place, Part]]:
    by_fund = {place.fund_id: place for place in places.values()}
    wholly_given = [place for place in places.values() if place.cost_share_basis_points == BASIS_POINTS]
    told: list[tuple[Place, Part]] = []
    place, shares = None, False
    for part in (await exchanges.standing(session, [entry_id]))[entry_id]:
        own = by_fund.get(part.fund_id)
        # The share of the costs stands behind the part that it was split off (placements.lines); a part
        # that stands behind none, or behind one that has its share, was for the costs from the beginning.
        place = own or (place if shares or not wholly_given else None) or wholly_given[0]
        shares = own is not None and own.cost_share_basis_points > 0
        told.append((place, part))
    return told


async def _places(session: ReadSession, campaign: Campaign) -> dict[str, Place]:
    atlas = await placements.look_up(session, [campaign.code])
    return atlas.places(campaign.code)
