"""Members: who belongs to a team and who leads it, from a day to a day."""

from datetime import date
from uuid import UUID

from sqlalchemy import Select, exists, select

from app.kit import constraints
from app.kit.clock import now, today
from app.kit.database import ReadSession, WriteSession
from app.organizations.errors import OutOfSight
from app.volunteers import teams, volunteers
from app.volunteers.models import MemberRole, Membership, MemberState, Team, Volunteer
from app.volunteers.registry.errors import (
    LeavesBeforeJoining,
    MemberAlready,
    MembershipEnded,
    MembershipNotAsked,
    NotTheLeader,
)


async def ask(session: WriteSession, team: Team, volunteer: Volunteer, *, actor: str) -> Membership:
    """Ask to join a team; somebody of the organization, or a leader, answers."""
    membership = Membership(team_id=team.id, volunteer_id=volunteer.id, state=MemberState.asked)
    return await _add(session, team, volunteer, membership, actor=actor)


async def join(
    session: WriteSession,
    team: Team,
    volunteer: Volunteer,
    *,
    actor: str,
    on: date | None = None,
    role: MemberRole = MemberRole.member,
) -> Membership:
    """Take a volunteer into a team; so they serve with its organization too."""
    membership = Membership(
        team_id=team.id,
        volunteer_id=volunteer.id,
        state=MemberState.active,
        role=role,
        joined_on=on or today(),
    )
    await _add(session, team, volunteer, membership, actor=actor)
    await _serve_with(session, membership, team, actor)
    return membership


async def _add(
    session: WriteSession, team: Team, volunteer: Volunteer, membership: Membership, *, actor: str
) -> Membership:
    teams.refuse_dissolved(team)
    volunteers.refuse_erased(volunteer)
    membership.changed_by, membership.changed_at = actor, now()
    async with constraints.told(session, {"memberships_live_idx": MemberAlready(team=team.id)}):
        session.add(membership)
    return membership


async def answer(
    session: WriteSession, membership: Membership, team: Team, *, accepted: bool, actor: str
) -> None:
    """Take in who has asked, or decline."""
    if membership.state is not MemberState.asked:
        raise MembershipNotAsked(state=membership.state)
    teams.refuse_dissolved(team)
    membership.state = MemberState.active if accepted else MemberState.declined
    membership.joined_on = today() if accepted else None
    membership.changed_by, membership.changed_at = actor, now()
    await session.flush()
    if accepted:
        await _serve_with(session, membership, team, actor)


async def _serve_with(session: WriteSession, membership: Membership, team: Team, actor: str) -> None:
    volunteer = await volunteers.get(session, membership.volunteer_id)
    await volunteers.serve_with(session, volunteer, team.organization_id, actor=actor)


async def appoint(session: WriteSession, membership: Membership, role: MemberRole, *, actor: str) -> None:
    """Make a member a leader, or a leader a member."""
    if membership.state is not MemberState.active:
        raise MembershipEnded(state=membership.state)
    membership.role, membership.changed_by, membership.changed_at = role, actor, now()
    await session.flush()


async def leave(session: WriteSession, membership: Membership, on: date, *, actor: str) -> None:
    """End a membership, or take back that one asked for it; it stays on record."""
    if membership.state not in {MemberState.active, MemberState.asked}:
        raise MembershipEnded(state=membership.state)
    async with constraints.told(session, {"memberships_dates_check": LeavesBeforeJoining()}):
        membership.state, membership.left_on = MemberState.ended, on
        membership.changed_by, membership.changed_at = actor, now()


async def get(session: ReadSession, membership_id: UUID, *, lock: bool = False) -> Membership:
    """Return a membership, or refuse; with `lock` nobody else changes it until the transaction ends."""
    membership = await session.get(
        Membership, membership_id, with_for_update=lock or None, populate_existing=lock
    )
    if membership is None:
        raise OutOfSight
    return membership


def of_team(team_id: UUID, state: MemberState | None = None) -> Select[Membership]:
    """Return the query for the memberships of a team."""
    query = select(Membership).where(Membership.team_id == team_id)
    return query if state is None else query.where(Membership.state == state)


async def leads(session: ReadSession, volunteer_id: UUID, team_id: UUID) -> bool:
    """Return whether a volunteer leads a team now."""
    leading = exists().where(
        Membership.team_id == team_id,
        Membership.volunteer_id == volunteer_id,
        Membership.role == MemberRole.leader,
        Membership.state == MemberState.active,
    )
    return bool(await session.scalar(select(leading)))


async def led(session: ReadSession, volunteer_id: UUID, team_id: UUID) -> Team:
    """Return a team that a volunteer leads; to everybody else it does not exist."""
    if not await leads(session, volunteer_id, team_id):
        raise NotTheLeader
    return await teams.get(session, team_id)


async def belongs(session: ReadSession, volunteer_id: UUID, team_id: UUID) -> bool:
    """Return whether a volunteer is a member of a team now."""
    return bool(await session.scalar(active_ids(team_id).where(Membership.volunteer_id == volunteer_id)))


def active_ids(team_id: UUID | None) -> Select[UUID]:
    """Return the query for the ids of a team's present members."""
    return select(Membership.volunteer_id).where(
        Membership.team_id == team_id, Membership.state == MemberState.active
    )
