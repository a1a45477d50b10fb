"""Teams over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response
from sqlalchemy import Select, or_

from app.kit.database import Reading, ReadSession, Writing
from app.kit.errors import VersionNotStated, VersionStale
from app.kit.fields import MoneyOut
from app.kit.http import pages, problems, versions
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page, Slice
from app.kit.http.versions import IfMatch
from app.ledger import funds
from app.organizations.access import Asking, Permission
from app.organizations.errors import OutOfSight, RegionUnknown
from app.organizations.signin import may, public
from app.volunteers import teams
from app.volunteers.models import Team
from app.volunteers.registry import errors as personal
from app.volunteers.schemas.teams import (
    DissolutionIn,
    TeamChange,
    TeamFundIn,
    TeamFundOut,
    TeamIn,
    TeamOut,
    TeamParentIn,
    TeamQuery,
)

router = APIRouter(prefix="/v1/volunteers", tags=["teams"], route_class=IdempotentRoute)

Reader = Annotated[Asking, may(Permission.volunteers_read)]
Changer = Annotated[Asking, may(Permission.volunteers_change)]
FundChanger = Annotated[Asking, may(Permission.funds_change)]
_TREE = (personal.TeamParentInvalid, personal.TeamDissolved)


@router.post(
    "/teams",
    operation_id="create_team",
    summary="Found a team",
    status_code=201,
    response_model=TeamOut,
    responses=problems.responses(personal.TeamCodeTaken, personal.TeamParentInvalid, RegionUnknown),
)
async def create_team(session: Writing, caller: Changer, body: TeamIn, response: Response) -> Team:
    """Found a team at an organization, below another team of it or at the top."""
    caller.must(at=body.organization_id)
    return _tagged(await teams.found(session, body.as_team()), response)


@router.get("/teams", operation_id="list_teams", summary="List teams", response_model=Page[TeamOut])
async def list_teams(session: Reading, caller: Reader, asked: Annotated[TeamQuery, Query()]) -> Slice[Team]:
    """List the teams of the organizations that you can see."""
    visible = caller.visible()
    if asked.organization_id:
        visible &= {asked.organization_id}
    return await pages.page(session, _filtered(teams.within(visible), asked), [Team.code, Team.id], asked)


@router.get(
    "/directory",
    operation_id="list_open_teams",
    summary="List teams to join",
    response_model=Page[TeamOut],
    dependencies=[public],
)
async def list_open_teams(session: Reading, asked: Annotated[TeamQuery, Query()]) -> Slice[Team]:
    """List every organization's teams, for whoever would like to join one; it names nobody."""
    query = _filtered(teams.everywhere(asked.organization_id), asked)
    return await pages.page(session, query, [Team.code, Team.id], asked)


def _filtered(query: Select[Team], asked: TeamQuery) -> Select[Team]:
    if asked.parent_id is not None:
        query = query.where(Team.parent_id == asked.parent_id)
    if asked.region_code is not None:
        query = query.where(Team.region_code == asked.region_code)
    if asked.q is not None:
        part = asked.q
        query = query.where(
            or_(Team.code.icontains(part, autoescape=True), Team.name.icontains(part, autoescape=True))
        )
    if asked.dissolved is not None:
        query = query.where(Team.dissolved_on.is_not(None) == asked.dissolved)
    return query


@router.get("/teams/{team_id}", operation_id="read_team", summary="Read a team", response_model=TeamOut)
async def read_team(session: Reading, caller: Reader, team_id: UUID, response: Response) -> Team:
    """Read a team."""
    team = await teams.get(session, team_id)
    caller.must(at=team.organization_id)
    return _tagged(team, response)


@router.patch(
    "/teams/{team_id}",
    operation_id="change_team",
    summary="Change a team",
    response_model=TeamOut,
    responses=problems.responses(personal.TeamDissolved, RegionUnknown, VersionNotStated, VersionStale),
)
async def change_team(
    session: Writing,
    caller: Changer,
    team_id: UUID,
    body: TeamChange,
    response: Response,
    if_match: IfMatch = None,
) -> Team:
    """Change what is said about a team; its code stays."""
    team = await _locked(session, caller, team_id)
    versions.expect(if_match, team.version)
    await teams.change(session, team, **body.changes())
    return _tagged(team, response)


@router.post(
    "/teams/{team_id}/parent",
    operation_id="move_team",
    summary="Move a team",
    response_model=TeamOut,
    responses=problems.responses(*_TREE),
)
async def move_team(
    session: Writing, caller: Changer, team_id: UUID, body: TeamParentIn, response: Response
) -> Team:
    """Put a team that has none below it under another team of its organization, or at the top."""
    team = await _locked(session, caller, team_id)
    parent = await teams.get(session, body.parent_id) if body.parent_id else None
    await teams.move(session, team, parent)
    return _tagged(team, response)


@router.post(
    "/teams/{team_id}/dissolution",
    operation_id="close_team",
    summary="Dissolve a team",
    response_model=TeamOut,
    responses=problems.responses(personal.TeamDissolved, personal.DissolvedBeforeFounded),
)
async def close_team(
    session: Writing, caller: Changer, team_id: UUID, body: DissolutionIn, response: Response
) -> Team:
    """Dissolve a team; what it did stays counted."""
    team = await _locked(session, caller, team_id)
    await teams.dissolve(session, team, body.dissolved_on)
    return _tagged(team, response)


@router.post(
    "/teams/{team_id}/fund",
    operation_id="open_team_fund",
    summary="Name a team's fund",
    status_code=201,
    responses=problems.responses(
        *(personal.TeamHasFund, personal.FundOfAnotherOrganization, personal.TeamFundCodeTaken),
        personal.TeamDissolved,
    ),
)
async def open_team_fund(
    session: Writing, caller: FundChanger, team_id: UUID, body: TeamFundIn
) -> TeamFundOut:
    """Give a team its named fund (微星基金): a fund of its organization, new or there already."""
    team = await teams.get(session, team_id, lock=True)
    caller.must(at=team.organization_id)
    if body.fund_id is not None:
        await teams.take_fund(session, team, body.fund_id)
        return await _fund(session, team, body.fund_id)
    fund = await teams.open_fund(session, team, body.code or "", body.title or "")
    return await _fund(session, team, fund.id)


@router.get("/teams/{team_id}/fund", operation_id="read_team_fund", summary="Read a team's fund")
async def read_team_fund(session: Reading, caller: Reader, team_id: UUID) -> TeamFundOut:
    """Read what a team's named fund still holds."""
    team = await teams.get(session, team_id)
    caller.must(at=team.organization_id)
    if team.fund_id is None:
        raise OutOfSight
    return await _fund(session, team, team.fund_id)


async def _locked(session: Writing, caller: Asking, team_id: UUID) -> Team:
    team = await teams.get(session, team_id, lock=True)
    caller.must(at=team.organization_id)
    return team


def _tagged(team: Team, response: Response) -> Team:
    response.headers["ETag"] = versions.etag(team.version)
    return team


async def _fund(session: ReadSession, team: Team, fund_id: UUID) -> TeamFundOut:
    left = (await funds.left(session, [fund_id])).get(fund_id, 0)
    return TeamFundOut(team_id=team.id, fund_id=fund_id, balance=MoneyOut.of(left))
