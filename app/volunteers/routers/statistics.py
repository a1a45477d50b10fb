"""Statistics of volunteers over HTTP: figures that name nobody."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from app.kit.database import Reading, ReadSession
from app.kit.http import problems
from app.kit.http.caching import CacheableRoute
from app.kit.http.doors import LateRoute
from app.organizations import organizations
from app.organizations.access import Asking, Permission
from app.organizations.errors import OutOfSight
from app.organizations.signin import may, public
from app.volunteers import statistics, teams
from app.volunteers.schemas.statistics import (
    LeagueQuery,
    LeaguesOut,
    SpanQuery,
    StatisticsOut,
    TeamStatisticsOut,
)

router = APIRouter(prefix="/v1/volunteers/statistics", tags=["volunteer statistics"], route_class=LateRoute)
public_router = APIRouter(
    prefix="/v1/volunteers/statistics", tags=["volunteer statistics"], route_class=CacheableRoute
)

Reader = Annotated[Asking, may(Permission.volunteers_read)]


@public_router.get(
    "/{organization_id}",
    operation_id="read_statistics",
    summary="Read volunteer statistics",
    responses=problems.responses(OutOfSight),
    dependencies=[public],
)
async def read_statistics(
    session: Reading, organization_id: UUID, asked: Annotated[SpanQuery, Query()]
) -> StatisticsOut:
    """Read volunteers, teams and hours of an organization and all below it, in a span of months."""
    places = await _places(session, organization_id, below=asked.below)
    return StatisticsOut.of(organization_id, await statistics.figures(session, places, asked.span()))


@router.get(
    "/{organization_id}/teams/{team_id}",
    operation_id="read_team_statistics",
    summary="Read a team's statistics",
)
async def read_team_statistics(
    session: Reading, caller: Reader, organization_id: UUID, team_id: UUID
) -> TeamStatisticsOut:
    """Read a team's members and hours, and those of the teams below it."""
    caller.must(at=organization_id)
    team = await teams.get(session, team_id)
    if team.organization_id != organization_id:
        raise OutOfSight
    return TeamStatisticsOut(team_id=team_id, **await statistics.of_team(session, team_id))


@router.get("/{organization_id}/leagues", operation_id="read_leagues", summary="Read league tables")
async def read_leagues(
    session: Reading, caller: Reader, organization_id: UUID, asked: Annotated[LeagueQuery, Query()]
) -> LeaguesOut:
    """Read who gave most in an organization and all below it: organizations, teams, volunteers."""
    caller.must(at=organization_id)
    places = await _places(session, organization_id, below=asked.below)
    return LeaguesOut.of(
        await statistics.organizations(session, places, asked.span(), asked.count),
        await statistics.teams(session, places, asked.span(), asked.count),
        await statistics.volunteers(session, places, asked.count),
    )


async def _places(session: ReadSession, organization_id: UUID, *, below: bool) -> list[UUID]:
    await organizations.get(session, organization_id)
    return await organizations.subtree_ids(session, organization_id) if below else [organization_id]
