"""Teams: volunteer service teams, a tree under each organization, with a named fund of their own."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from app.kit import constraints, outbox
from app.kit.database import ReadSession, WriteSession
from app.kit.errors import Refusal
from app.ledger import funds
from app.ledger.models import Fund
from app.organizations.errors import OutOfSight, RegionUnknown
from app.volunteers import totals
from app.volunteers.models import Team
from app.volunteers.registry.errors import (
    DissolvedBeforeFounded,
    FundOfAnotherOrganization,
    TeamCodeTaken,
    TeamDissolved,
    TeamFundCodeTaken,
    TeamHasFund,
    TeamParentInvalid,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTeam:
    """What is told of a team when it is founded."""

    organization_id: UUID
    code: str
    name: str
    founded_on: date
    purpose: str = ""
    region_code: str | None = None
    parent_id: UUID | None = None


async def found(session: WriteSession, new: NewTeam) -> Team:
    """Found a team, below another one of its organization or at the top."""
    parent = await session.get(Team, new.parent_id) if new.parent_id else None
    if new.parent_id and (parent is None or parent.organization_id != new.organization_id):
        raise TeamParentInvalid
    team = Team(
        organization_id=new.organization_id,
        code=new.code,
        name=new.name,
        founded_on=new.founded_on,
        purpose=new.purpose,
        region_code=new.region_code,
        parent_id=parent.id if parent else None,
        parent_depth=parent.depth if parent else None,
        depth=parent.depth + 1 if parent else 1,
    )
    async with constraints.told(session, _refusals()):
        session.add(team)
    await totals.register(session, team.organization_id, team.founded_on, teams=1)
    await _tell(session, "volunteers.team_founded", team)
    return team


async def change(session: WriteSession, team: Team, **changes: Any) -> None:  # noqa: ANN401
    """Change what is said about a team; its code and its organization stay as they are."""
    refuse_dissolved(team)
    async with constraints.told(session, _refusals()):
        for name, value in changes.items():
            setattr(team, name, value)
        team.version += 1


async def move(session: WriteSession, team: Team, parent: Team | None) -> None:
    """Put a team without teams of its own below another one, or at the top of its organization."""
    refuse_dissolved(team)
    if parent is not None and parent.organization_id != team.organization_id:
        raise TeamParentInvalid
    async with constraints.told(session, _refusals()):
        team.parent_id = parent.id if parent else None
        team.parent_depth = parent.depth if parent else None
        team.depth = parent.depth + 1 if parent else 1
        team.version += 1


async def dissolve(session: WriteSession, team: Team, on: date) -> None:
    """Dissolve a team; what it did stays counted."""
    refuse_dissolved(team)
    async with constraints.told(session, _refusals()):
        team.dissolved_on = on
        team.version += 1
    await totals.register(session, team.organization_id, on, dissolved=1)
    await _tell(session, "volunteers.team_dissolved", team)


async def open_fund(session: WriteSession, team: Team, code: str, title: str) -> Fund:
    """Open a team's named fund (微星基金): a restricted fund of its organization in the books."""
    refuse_dissolved(team)
    if team.fund_id is not None:
        raise TeamHasFund(team=team.id)
    fund = Fund(organization_id=team.organization_id, code=code, title=title, restricted=True)
    async with constraints.told(session, _refusals()):
        await funds.open_fund(session, fund)
    await take_fund(session, team, fund.id)
    return fund


async def take_fund(session: WriteSession, team: Team, fund_id: UUID) -> None:
    """Name a fund of the organization as the team's own; one fund belongs to one team."""
    refuse_dissolved(team)
    if team.fund_id is not None:
        raise TeamHasFund(team=team.id)
    async with constraints.told(session, _refusals()):
        team.fund_id = fund_id
        team.version += 1


async def get(session: ReadSession, team_id: UUID, *, lock: bool = False) -> Team:
    """Return a team, or refuse; with `lock` nobody else changes it until the transaction ends."""
    for_update = {"key_share": True} if lock else None
    team = await session.get(Team, team_id, with_for_update=for_update, populate_existing=lock)
    if team is None:
        raise OutOfSight
    return team


def within(places: frozenset[UUID]) -> Select[Team]:
    """Return the query for the teams of some organizations."""
    return select(Team).where(Team.organization_id.in_(places))


def everywhere(organization_id: UUID | None) -> Select[Team]:
    """Return the query for every team there is, or for those of one organization."""
    query = select(Team)
    return query if organization_id is None else query.where(Team.organization_id == organization_id)


def refuse_dissolved(team: Team) -> None:
    """Refuse whatever a team that is no more would do."""
    if team.dissolved_on is not None:
        raise TeamDissolved(team=team.id, dissolved_on=team.dissolved_on)


def _refusals() -> dict[str, Refusal]:
    return {
        "teams_organization_id_code_key": TeamCodeTaken(),
        "teams_parent_fkey": TeamParentInvalid(),
        "teams_depth_check": TeamParentInvalid(),
        "teams_fund_fkey": FundOfAnotherOrganization(),
        "teams_fund_id_key": TeamHasFund(),
        "teams_region_code_fkey": RegionUnknown(),
        "teams_dissolved_check": DissolvedBeforeFounded(),
        "funds_organization_id_code_key": TeamFundCodeTaken(),
    }


async def _tell(session: WriteSession, topic: str, team: Team) -> None:
    payload = {"team_id": str(team.id), "code": team.code}
    await outbox.tell(
        session, topic, organization_id=team.organization_id, subject=str(team.id), payload=payload
    )
