"""Members of teams over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from app.kit.clock import today
from app.kit.database import Reading, ReadSession, Writing
from app.kit.http import pages, problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page
from app.organizations.access import Asking, Permission
from app.organizations.signin import may
from app.volunteers import members, teams, volunteers
from app.volunteers.models import Membership, Team
from app.volunteers.registry import errors as personal
from app.volunteers.schemas.teams import (
    AnswerIn,
    AppointmentIn,
    LeavingIn,
    MemberIn,
    MemberOut,
    MemberQuery,
    MembershipOut,
)

router = APIRouter(prefix="/v1/volunteers", tags=["teams"], route_class=IdempotentRoute)

Reader = Annotated[Asking, may(Permission.volunteers_read)]
Changer = Annotated[Asking, may(Permission.volunteers_change)]


@router.get("/teams/{team_id}/members", operation_id="list_members", summary="List members")
async def list_members(
    session: Reading, caller: Reader, team_id: UUID, asked: Annotated[MemberQuery, Query()]
) -> Page[MemberOut]:
    """List a team's members with their dates, those who left too."""
    team = await teams.get(session, team_id)
    caller.must(at=team.organization_id)
    return await roster(session, team, asked)


@router.post(
    "/teams/{team_id}/members",
    operation_id="add_member",
    summary="Take a volunteer into a team",
    status_code=201,
    response_model=MembershipOut,
    responses=problems.responses(personal.MemberAlready, personal.TeamDissolved, personal.VolunteerErased),
)
async def add_member(session: Writing, caller: Changer, team_id: UUID, body: MemberIn) -> Membership:
    """Take a volunteer, enrolled at an organization of yours, into a team."""
    team = await teams.get(session, team_id)
    caller.must(at=team.organization_id)
    volunteer = await volunteers.seen(session, body.volunteer_id, caller.visible())
    return await members.join(session, team, volunteer, actor=caller.label, on=body.joined_on, role=body.role)


@router.post(
    "/members/{membership_id}/answer",
    operation_id="give_member_answer",
    summary="Answer who asks to join",
    response_model=MembershipOut,
    responses=problems.responses(personal.MembershipNotAsked, personal.TeamDissolved),
)
async def give_member_answer(
    session: Writing, caller: Changer, membership_id: UUID, body: AnswerIn
) -> Membership:
    """Take in who has asked to join, or decline."""
    membership, team = await _member(session, caller, membership_id)
    await members.answer(session, membership, team, accepted=body.accepted, actor=caller.label)
    return membership


@router.post(
    "/members/{membership_id}/appointment",
    operation_id="change_member_role",
    summary="Appoint a leader",
    response_model=MembershipOut,
    responses=problems.responses(personal.MembershipEnded),
)
async def change_member_role(
    session: Writing, caller: Changer, membership_id: UUID, body: AppointmentIn
) -> Membership:
    """Make a member the team's leader, or a leader a member."""
    membership, _ = await _member(session, caller, membership_id)
    await members.appoint(session, membership, body.role, actor=caller.label)
    return membership


@router.post(
    "/members/{membership_id}/leaving",
    operation_id="close_membership",
    summary="End a membership",
    response_model=MembershipOut,
    responses=problems.responses(personal.MembershipEnded, personal.LeavesBeforeJoining),
)
async def close_membership(
    session: Writing, caller: Changer, membership_id: UUID, body: LeavingIn
) -> Membership:
    """End a membership; it stays on record."""
    membership, _ = await _member(session, caller, membership_id)
    await members.leave(session, membership, body.left_on or today(), actor=caller.label)
    return membership


async def roster(session: ReadSession, team: Team, asked: MemberQuery) -> Page[MemberOut]:
    """Return a page of a team's members with number and name."""
    found = await pages.page(session, members.of_team(team.id, asked.state), [Membership.id], asked)
    ids = [one.volunteer_id for one in found.items]
    numbers, names = await volunteers.numbers(session, ids), await volunteers.names(session, ids)
    items = [
        MemberOut(
            **MembershipOut.model_validate(one).model_dump(),
            number=numbers[one.volunteer_id],
            name=names.get(one.volunteer_id),
        )
        for one in found.items
    ]
    return found.told(items)


async def _member(session: Writing, caller: Asking, membership_id: UUID) -> tuple[Membership, Team]:
    membership = await members.get(session, membership_id, lock=True)
    team = await teams.get(session, membership.team_id)
    caller.must(at=team.organization_id)
    return membership, team
