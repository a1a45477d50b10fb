"""What a leader does over HTTP at activities of the own team, and about its people alone."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request

from app.kit.database import Reading, ReadSession, Writing
from app.kit.http import problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page
from app.organizations.errors import OutOfSight
from app.volunteers import activities, check_ins, errors, members, sign_ups
from app.volunteers.models import Activity, CheckIn, CheckMethod, SignUp
from app.volunteers.registry import errors as personal
from app.volunteers.routers.sign_ups import COMING, GOING, coming, shown
from app.volunteers.routers.signin import Myself, label
from app.volunteers.schemas.check_ins import CameIn, CheckInOut, CheckOutIn, PassIn, PassOut
from app.volunteers.schemas.sign_ups import ComingOut, SignUpQuery

router = APIRouter(
    prefix="/v1/volunteers/me",
    tags=["my service"],
    route_class=IdempotentRoute,
    responses=problems.responses(personal.NotAVolunteer),
)


@router.get(
    "/activities/{activity_id}/sign-ups",
    operation_id="list_team_sign_ups",
    summary="List who comes to my team's activity",
    responses=problems.responses(personal.NotTheLeader, OutOfSight),
)
async def list_team_sign_ups(
    session: Reading, myself: Myself, activity_id: UUID, asked: Annotated[SignUpQuery, Query()]
) -> Page[ComingOut]:
    """List which of the own team's people signed up for an activity of a team that the volunteer leads."""
    return await coming(session, await _led(session, myself, activity_id), asked, team_only=True)


@router.post(
    "/activities/{activity_id}/passes",
    operation_id="make_leaders_pass",
    summary="Show a code at my team's activity",
    status_code=201,
    responses=problems.responses(personal.NotTheLeader, errors.ActivityNotPublished, OutOfSight),
)
async def make_leaders_pass(
    session: Writing, myself: Myself, activity_id: UUID, body: PassIn, request: Request
) -> PassOut:
    """Make a code to show at an activity of a team that the volunteer leads."""
    return shown(request, await _led(session, myself, activity_id), body)


@router.post(
    "/team-sign-ups/{sign_up_id}/check-in",
    operation_id="record_leaders_check_in",
    summary="Check my team's people in",
    status_code=201,
    response_model=CheckInOut,
    responses=problems.responses(*COMING, personal.NotTheLeader, OutOfSight),
)
async def record_leaders_check_in(
    session: Writing, myself: Myself, sign_up_id: UUID, body: CameIn
) -> CheckIn:
    """Check one of the own team's people in at an activity of the team, now or when they came."""
    sign_up = await sign_ups.get(session, sign_up_id)
    await _led(session, myself, sign_up.activity_id, sign_up)
    return await check_ins.come(
        session, sign_up, method=CheckMethod.leader, actor=label(myself), at=body.checked_in_at
    )


@router.post(
    "/team-sign-ups/{sign_up_id}/check-out",
    operation_id="record_leaders_check_out",
    summary="Check my team's people out",
    response_model=CheckInOut,
    responses=problems.responses(*GOING, personal.NotTheLeader, OutOfSight),
)
async def record_leaders_check_out(
    session: Writing, myself: Myself, sign_up_id: UUID, body: CheckOutIn
) -> CheckIn:
    """Check somebody out at an activity of a team that the volunteer leads."""
    sign_up = await sign_ups.get(session, sign_up_id)
    activity = await _led(session, myself, sign_up.activity_id, sign_up)
    return await check_ins.go(
        session,
        activity,
        sign_up,
        method=CheckMethod.leader,
        actor=label(myself),
        excluded_minutes=body.excluded_minutes,
    )


async def _led(
    session: ReadSession, myself: UUID, activity_id: UUID, sign_up: SignUp | None = None
) -> Activity:
    activity = await activities.published(session, activity_id)
    if activity.team_id is None or not await members.leads(session, myself, activity.team_id):
        raise personal.NotTheLeader
    if sign_up is not None and not await members.belongs(session, sign_up.volunteer_id, activity.team_id):
        raise personal.NotTheLeader
    return activity
