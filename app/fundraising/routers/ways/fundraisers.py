"""Fundraisers over HTTP: who asks, through whom gifts came, leagues, and the teams' public pages."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from app.fundraising import registers
from app.fundraising.models import Fundraiser
from app.fundraising.schemas.ways.attributions import AttributionIn, AttributionOut
from app.fundraising.schemas.ways.fundraisers import (
    FundraiserDetail,
    FundraiserIn,
    FundraiserLeagueOut,
    FundraiserLeagueQuery,
    FundraiserOut,
    FundraiserPlaceOut,
    FundraiserQuery,
    FundraisingTargetIn,
    FundraisingTargetOut,
    FundraisingTeamOut,
)
from app.fundraising.ways import attributions, fundraisers, leagues
from app.fundraising.ways import errors as ways
from app.kit.clock import today
from app.kit.database import Reading, ReadSession, Writing
from app.kit.fields import Code, MoneyOut
from app.kit.http import pages, problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page
from app.organizations import organizations
from app.organizations.access import Asking, Permission
from app.organizations.signin import may, public

router = APIRouter(prefix="/v1/fundraising", tags=["fundraisers"], route_class=IdempotentRoute)

Reader = Annotated[Asking, may(Permission.gifts_read)]
Changer = Annotated[Asking, may(Permission.campaigns_change)]
Corrector = Annotated[Asking, may(Permission.gifts_correct)]
ORDERS: pages.Orders = {"created_at": [Fundraiser.id], "code": [Fundraiser.code]}


@router.post(
    "/fundraisers",
    operation_id="create_fundraiser",
    summary="Add a fundraiser",
    status_code=201,
    responses=problems.responses(ways.FundraiserCodeTaken, ways.ParentElsewhere, ways.FundraiserClosed),
)
async def create_fundraiser(session: Writing, caller: Changer, body: FundraiserIn) -> FundraiserDetail:
    """Add an organization, department, team or person who asks for gifts, under a code that gifts name."""
    caller.must(at=body.organization_id)
    made = await fundraisers.create(session, body.as_fundraiser(), name=body.name)
    return await _whole(session, caller, made)


@router.get("/fundraisers", operation_id="list_fundraisers", summary="List fundraisers")
async def list_fundraisers(
    session: Reading, caller: Reader, asked: Annotated[FundraiserQuery, Query()]
) -> Page[FundraiserOut]:
    """List who asks for gifts at the organizations that you can see."""
    visible = caller.visible()
    if asked.organization_id:
        visible &= {asked.organization_id}
    query = fundraisers.listing(visible, kind=asked.kind, parent_id=asked.parent_id)
    found = await pages.listed(session, query, ORDERS, asked)
    names = await fundraisers.names(session, found.items, clear_in=_clear(caller))
    items = [FundraiserOut.of(one, names[one.id]) for one in found.items]
    return found.told(items)


# Before the route of a single fundraiser, whose pattern would take it.
@router.get("/fundraisers/league", operation_id="read_fundraiser_league", summary="Read a league table")
async def read_fundraiser_league(
    session: Reading, caller: Reader, asked: Annotated[FundraiserLeagueQuery, Query()]
) -> FundraiserLeagueOut:
    """Read what came through everybody in a subtree from one day to another, the highest first."""
    found = await _league(session, caller, asked)
    table = await leagues.table(session, found, first=asked.day_from, last=asked.day_to)
    names = await fundraisers.names(session, found, clear_in=_clear(caller))
    places = [FundraiserPlaceOut.of(place, names[place.fundraiser.id]) for place in table]
    return FundraiserLeagueOut(day_from=asked.day_from, day_to=asked.day_to, places=places)


@router.get("/fundraisers/{fundraiser_id}", operation_id="read_fundraiser", summary="Read a fundraiser")
async def read_fundraiser(session: Reading, caller: Reader, fundraiser_id: UUID) -> FundraiserDetail:
    """Read a fundraiser with the targets."""
    found = await fundraisers.get(session, fundraiser_id)
    caller.must(at=found.organization_id)
    return await _whole(session, caller, found)


@router.post(
    "/fundraisers/{fundraiser_id}/targets",
    operation_id="add_fundraising_target",
    summary="Set a target",
    status_code=201,
    responses=problems.responses(ways.TargetKnown, ways.TargetDatesReversed, ways.FundraiserClosed),
)
async def add_fundraising_target(
    session: Writing, caller: Changer, fundraiser_id: UUID, body: FundraisingTargetIn
) -> FundraiserDetail:
    """Say what an organization, department, team or person means to raise from one day to another."""
    found = await fundraisers.get(session, fundraiser_id)
    caller.must(at=found.organization_id)
    await fundraisers.aim(session, body.as_target(found, caller.label))
    return await _whole(session, caller, found)


@router.post(
    "/fundraisers/{fundraiser_id}/closing",
    operation_id="close_fundraiser",
    summary="Close a fundraiser",
    responses=problems.responses(ways.FundraiserClosed),
)
async def close_fundraiser(session: Writing, caller: Changer, fundraiser_id: UUID) -> FundraiserDetail:
    """Let a fundraiser ask no more: no new targets, nobody new below; gifts that name the code count."""
    found = await fundraisers.get(session, fundraiser_id, lock=True)
    caller.must(at=found.organization_id)
    await fundraisers.close(session, found)
    return await _whole(session, caller, found)


@router.post(
    "/donations/{donation_id}/attribution",
    operation_id="change_attribution",
    summary="Say through whom a gift came",
    responses=problems.responses(ways.SharesExceedGift, ways.FundraiserElsewhere),
)
async def change_attribution(
    session: Writing, caller: Corrector, donation_id: UUID, body: AttributionIn
) -> AttributionOut:
    """Divide a gift among those through whom it came; whose the money is, stays what it was."""
    donation = await registers.find(session, donation_id)
    caller.must(at=donation.organization_id)
    shares = {one.fundraiser_id: one.basis_points for one in body.shares}
    standing = await attributions.share(session, donation, shares, actor=caller.label)
    return AttributionOut.of(donation.id, list(standing))


@router.get(
    "/teams/{code}",
    operation_id="read_fundraising_team",
    summary="Read a team's page",
    responses=problems.responses(ways.TeamNotFound),
    dependencies=[public],
)
async def read_fundraising_team(session: Reading, code: Code) -> FundraisingTeamOut:
    """Read what a team has raised this year and means to raise; no person is named."""
    team = await fundraisers.team(session, code)
    found = await leagues.below(session, team)
    year = today()
    table = await leagues.table(
        session, found, first=year.replace(month=1, day=1), last=year.replace(month=12, day=31)
    )
    place = next(one for one in table if one.fundraiser.id == team.id)
    return FundraisingTeamOut(
        code=team.code,
        name=team.name,
        member_count=len(found) - 1,
        raised=MoneyOut.of(place.amount),
        gift_count=place.gift_count,
        target=MoneyOut.of(place.target),
    )


async def _league(session: ReadSession, caller: Asking, asked: FundraiserLeagueQuery) -> list[Fundraiser]:
    if asked.fundraiser_id is not None:
        root = await fundraisers.get(session, asked.fundraiser_id)
        caller.must(at=root.organization_id)
        return list(await leagues.below(session, root))
    assert asked.organization_id is not None  # noqa: S101 - the query has one of the two
    caller.must(at=asked.organization_id)
    below = await organizations.subtree_ids(session, asked.organization_id)
    return list(await leagues.within(session, caller.visible() & set(below)))


def _clear(caller: Asking) -> frozenset[UUID]:
    return caller.caller.holds(Permission.donors_read)


async def _whole(session: ReadSession, caller: Asking, found: Fundraiser) -> FundraiserDetail:
    names = await fundraisers.names(session, [found], clear_in=_clear(caller))
    targets = await fundraisers.targets(session, [found.id])
    return FundraiserDetail.of(
        found, names[found.id], targets=[FundraisingTargetOut.of(target) for target in targets]
    )
