"""Needs over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy import select

from app.fundraising.models import CommunityNeed
from app.fundraising.needs import errors, needs, suggestions
from app.fundraising.schemas.legal.needs import (
    CommunityNeedIn,
    CommunityNeedOut,
    NeedEndIn,
    NeedQuery,
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

router = APIRouter(prefix="/v1/fundraising/needs", tags=["needs and offers"], route_class=IdempotentRoute)

Reader = Annotated[Asking, may(Permission.campaigns_read)]
Changer = Annotated[Asking, may(Permission.campaigns_change)]


@router.post(
    "",
    operation_id="create_need",
    summary="Tell a need",
    status_code=201,
    response_model=CommunityNeedOut,
    responses=problems.responses(RegionUnknown),
)
async def create_need(session: Writing, caller: Changer, body: CommunityNeedIn) -> CommunityNeed:
    """Tell what a place lacks, so that somebody can give it."""
    caller.must(at=body.organization_id)
    return await needs.tell(session, body.as_need(caller.label))


@router.get("", operation_id="list_needs", summary="List needs")
async def list_needs(
    session: Reading, caller: Reader, asked: Annotated[NeedQuery, Query()]
) -> Page[CommunityNeedOut]:
    """List what places lack where you can see, and what was met."""
    query = select(CommunityNeed).where(CommunityNeed.organization_id.in_(caller.visible()))
    query = query.filter_by(**asked.model_dump(include={"organization_id", "state"}, exclude_none=True))
    found = await pages.page(session, query, [CommunityNeed.id], asked)
    return Page[CommunityNeedOut].model_validate(found)


@router.get(
    "/{need_id}/suggestions",
    operation_id="find_offers_for_need",
    summary="Find offers for a need",
)
async def find_offers_for_need(session: Reading, caller: Reader, need_id: UUID) -> SuggestionsOut:
    """Find offers of any member that could meet a need: of the like, in the same unit, that may go there.

    Those for nearer regions come first, then those that cover more of it.
    """
    need = await needs.get(session, need_id)
    caller.must(at=need.organization_id)
    found = await suggestions.for_need(session, need)
    return SuggestionsOut(suggestions=[SuggestionOut.of(one) for one in found])


@router.post(
    "/{need_id}/end",
    operation_id="close_need",
    summary="End a need",
    response_model=CommunityNeedOut,
    responses=problems.responses(errors.NeedNotOpen, errors.MatchesStand),
)
async def close_need(session: Writing, caller: Changer, need_id: UUID, body: NeedEndIn) -> CommunityNeed:
    """Tell what met a need, or take it back."""
    need = await needs.get(session, need_id, lock=True)
    caller.must(at=need.organization_id)
    await needs.end(session, need, met_by=body.met_by)
    return need
