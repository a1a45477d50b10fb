"""Matches: an offer that shall meet a need, once both sides have agreed, until it is delivered."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Select, or_

from app.fundraising.models import CommunityNeed, GoodsOffer, NeedMatch, NeedMatchState, NeedState
from app.fundraising.needs import needs, offers, suggestions
from app.fundraising.needs.errors import (
    DeliveryDayAhead,
    MatchKnown,
    MatchNotInState,
    NeedAndOfferApart,
    NeedUncounted,
    NothingLeftOfIt,
)
from app.kit import constraints, outbox
from app.kit.clock import legal_day, now, today
from app.kit.database import ReadSession, WriteSession
from app.kit.errors import Refusal
from app.organizations.errors import OutOfSight

S = NeedMatchState


@dataclass(frozen=True, slots=True)
class Proposal:
    """So many pieces of an offer for a need."""

    need: CommunityNeed
    offer: GoodsOffer
    count: int


async def propose(
    session: WriteSession, proposal: Proposal, speaks_for: Collection[UUID], *, by: str
) -> NeedMatch:
    """Propose a match; the sides for which the proposer speaks have agreed with that.

    Raises NeedNotOpen, OfferNotOpen, NeedUncounted, NeedAndOfferApart, NothingLeftOfIt, MatchKnown.
    """
    need, offer, count = proposal.need, proposal.offer, proposal.count
    needs.must_be_open(need)
    offers.must_be_open(offer)
    if need.left_count is None:
        raise NeedUncounted(need=need.id)
    if need.unit != offer.unit or not suggestions.reaches(offer.region_code, need.region_code):
        raise NeedAndOfferApart(unit=need.unit, region_code=need.region_code)
    if count > min(need.left_count, offer.left_count):
        raise NothingLeftOfIt(needed=need.left_count, offered=offer.left_count)
    match = NeedMatch(
        need_id=need.id,
        need_organization_id=need.organization_id,
        offer_id=offer.id,
        offer_organization_id=offer.organization_id,
        count=count,
        proposed_by=by,
    )
    async with constraints.told(session, {"need_matches_standing_idx": MatchKnown()}):
        session.add(match)
    await _tell(session, match)
    await agree(session, match, speaks_for, by=by)
    return match


async def agree(session: WriteSession, match: NeedMatch, speaks_for: Collection[UUID], *, by: str) -> None:
    """Let sides agree to a match (locked by the caller); with the second one the pieces are spoken for.

    Two who agree on the last pieces at once: the constraint lets one, the other hears NothingLeftOfIt.
    """
    _must_be(match, S.proposed)
    sides = {"need": match.need_organization_id, "offer": match.offer_organization_id}
    agreed = {name for name in sides if getattr(match, f"{name}_agreed_at") is not None}
    fresh = {name for name, side in sides.items() if side in speaks_for} - agreed
    if agreed | fresh != sides.keys():
        _sign(match, fresh, by)
        await session.flush()
        return
    need, offer = await _held(session, match)
    needs.must_be_open(need)
    offers.must_be_open(offer)
    async with constraints.told(session, _nothing_left(need, offer)):
        # In one statement: that both have agreed, and the state that says so.
        _sign(match, fresh, by)
        match.state = S.agreed
        _take(need, offer, match.count)
    await _tell(session, match)


def _sign(match: NeedMatch, sides: Collection[str], by: str) -> None:
    for side in sides:
        setattr(match, f"{side}_agreed_by", by)
        setattr(match, f"{side}_agreed_at", now())


async def end(session: WriteSession, match: NeedMatch, *, reason: str, by: str) -> None:
    """Decline a proposed match, or let an agreed one (locked by the caller) fall through, which frees it."""
    _must_be(match, S.proposed, S.agreed)
    if match.state is S.agreed:
        need, offer = await _held(session, match)
        _take(need, offer, -match.count)
        match.state = S.fallen_through
    else:
        match.state = S.declined
    match.ended_by, match.ended_reason = by, reason
    await _tell(session, match)


async def deliver(session: WriteSession, match: NeedMatch, *, on: date) -> None:
    """Let the needing side confirm that an agreed match (locked by the caller) has arrived.

    A need of which nothing is left to agree on or to wait for is met.
    """
    _must_be(match, S.agreed)
    if not legal_day(match.created_at) <= on <= today():
        raise DeliveryDayAhead(day=on)
    need, offer = await _held(session, match)
    match.state, match.delivered_on = S.delivered, on
    await session.flush()
    if need.state is NeedState.open and need.left_count == 0 and not await needs.promised(session, need):
        need.state, need.met_by = NeedState.met, offer.title
    await _tell(session, match)


async def get(session: ReadSession, match_id: UUID, *, lock: bool = False) -> NeedMatch:
    """Return a match, or refuse; with `lock` nobody else changes it until the transaction ends."""
    match = await session.get(NeedMatch, match_id, with_for_update=lock or None, populate_existing=lock)
    if match is None:
        raise OutOfSight
    return match


def between(query: Select[NeedMatch], places: Collection[UUID]) -> Select[NeedMatch]:
    """Narrow a query to the matches in which one of these organizations is a side."""
    sides = NeedMatch.need_organization_id, NeedMatch.offer_organization_id
    return query.where(or_(*(side.in_(places) for side in sides)))


def _must_be(match: NeedMatch, *states: NeedMatchState) -> None:
    if match.state not in states:
        raise MatchNotInState(match=match.id, state=match.state)


async def _held(session: WriteSession, match: NeedMatch) -> tuple[CommunityNeed, GoodsOffer]:
    # Always the need before the offer: nobody who holds an offer waits for a need.
    need = await session.get_one(
        CommunityNeed, match.need_id, with_for_update={"key_share": True}, populate_existing=True
    )
    offer = await session.get_one(
        GoodsOffer, match.offer_id, with_for_update={"key_share": True}, populate_existing=True
    )
    return need, offer


def _take(need: CommunityNeed, offer: GoodsOffer, count: int) -> None:
    need.left_count = (need.left_count or 0) - count
    offer.left_count -= count


def _nothing_left(need: CommunityNeed, offer: GoodsOffer) -> dict[str, Refusal]:
    refusal = NothingLeftOfIt(needed=need.left_count, offered=offer.left_count)
    return {"community_needs_left_check": refusal, "goods_offers_left_check": refusal}


async def _tell(session: WriteSession, match: NeedMatch) -> None:
    await session.flush()
    # Each side hears what the other has said.
    for organization_id in sorted({match.need_organization_id, match.offer_organization_id}):
        await outbox.tell(
            session,
            f"need_match.{match.state}",
            organization_id=organization_id,
            subject=f"need-match:{match.id}",
            payload={
                "need_id": str(match.need_id),
                "offer_id": str(match.offer_id),
                "count": match.count,
            },
        )
