"""Matches of needs and offers over HTTP: each side speaks for itself."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy import select

from app.fundraising.models import NeedMatch
from app.fundraising.needs import errors, matches, needs, offers
from app.fundraising.needs.matches import Proposal
from app.fundraising.schemas.legal.need_matches import (
    NeedDeliveryIn,
    NeedMatchDetail,
    NeedMatchEndIn,
    NeedMatchIn,
    NeedMatchOut,
    NeedMatchQuery,
)
from app.kit.database import Reading, Writing
from app.kit.http import pages, problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page
from app.organizations.access import Asking, Permission
from app.organizations.signin import may

router = APIRouter(
    prefix="/v1/fundraising/need-matches", tags=["needs and offers"], route_class=IdempotentRoute
)

Reader = Annotated[Asking, may(Permission.campaigns_read)]
Changer = Annotated[Asking, may(Permission.campaigns_change)]
_AGREEING = (errors.NeedNotOpen, errors.OfferNotOpen, errors.NothingLeftOfIt)


@router.post(
    "",
    operation_id="create_need_match",
    summary="Propose a match",
    status_code=201,
    responses=problems.responses(
        *_AGREEING, *(errors.NeedUncounted, errors.NeedAndOfferApart, errors.MatchKnown)
    ),
)
async def create_need_match(session: Writing, caller: Changer, body: NeedMatchIn) -> NeedMatchDetail:
    """Propose that an offer meets a need, for the side that is yours; the other side agrees or declines."""
    need, offer = await needs.get(session, body.need_id), await offers.get(session, body.offer_id)
    speaks_for = _speaks_for(caller, need.organization_id, offer.organization_id)
    proposal = Proposal(need, offer, body.count)
    match = await matches.propose(session, proposal, speaks_for, by=caller.label)
    return NeedMatchDetail.whole(match, caller.caller)


@router.get("", operation_id="list_need_matches", summary="List matches")
async def list_need_matches(
    session: Reading, caller: Reader, asked: Annotated[NeedMatchQuery, Query()]
) -> Page[NeedMatchOut]:
    """List the matches in which organizations that you can see need or offer something."""
    query = matches.between(select(NeedMatch), caller.visible())
    if asked.organization_id is not None:
        query = matches.between(query, [asked.organization_id])
    query = query.filter_by(**asked.model_dump(include={"need_id", "offer_id", "state"}, exclude_none=True))
    found = await pages.page(session, query, [NeedMatch.id], asked, newest_first=True)
    return Page[NeedMatchOut].model_validate(found)


@router.post(
    "/{match_id}/agreement",
    operation_id="confirm_need_match",
    summary="Agree to a match",
    responses=problems.responses(*_AGREEING, errors.MatchNotInState),
)
async def confirm_need_match(session: Writing, caller: Changer, match_id: UUID) -> NeedMatchDetail:
    """Agree to a match for your side; when both have, its pieces are spoken for."""
    match = await matches.get(session, match_id, lock=True)
    speaks_for = _speaks_for(caller, match.need_organization_id, match.offer_organization_id)
    await matches.agree(session, match, speaks_for, by=caller.label)
    return NeedMatchDetail.whole(match, caller.caller)


@router.post(
    "/{match_id}/end",
    operation_id="close_need_match",
    summary="End a match",
    responses=problems.responses(errors.MatchNotInState),
)
async def close_need_match(
    session: Writing, caller: Changer, match_id: UUID, body: NeedMatchEndIn
) -> NeedMatchDetail:
    """Decline a proposed match, or let an agreed one fall through: its pieces are free again."""
    match = await matches.get(session, match_id, lock=True)
    _speaks_for(caller, match.need_organization_id, match.offer_organization_id)
    await matches.end(session, match, reason=body.reason, by=caller.label)
    return NeedMatchDetail.whole(match, caller.caller)


@router.post(
    "/{match_id}/delivery",
    operation_id="record_need_delivery",
    summary="Confirm a delivery",
    responses=problems.responses(errors.MatchNotInState, errors.DeliveryDayAhead),
)
async def record_need_delivery(
    session: Writing, caller: Changer, match_id: UUID, body: NeedDeliveryIn
) -> NeedMatchDetail:
    """Confirm, as the side that needs it, that what was agreed on has arrived."""
    match = await matches.get(session, match_id, lock=True)
    caller.must(at=match.need_organization_id)
    await matches.deliver(session, match, on=body.delivered_on)
    return NeedMatchDetail.whole(match, caller.caller)


def _speaks_for(caller: Asking, *sides: UUID) -> frozenset[UUID]:
    """Return for which sides a caller may speak; refuse whoever may for neither."""
    mine = caller.caller.holds(caller.permission) & set(sides)
    caller.must(at=next(iter(mine), sides[0]))
    return mine
