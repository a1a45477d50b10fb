"""Sign-ups and check-ins over HTTP, as staff see them."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from sqlalchemy import select

from app.kit.database import Reading, ReadSession, Writing
from app.kit.http import idempotency, pages, problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page
from app.kit.typesetting import codes
from app.organizations.access import Asking, Permission
from app.organizations.signin import issuer, may
from app.volunteers import activities, check_ins, errors, members, sign_ups, volunteers
from app.volunteers.models import Activity, CheckIn, CheckMethod, SignUp
from app.volunteers.registry import errors as personal
from app.volunteers.schemas.check_ins import (
    CameIn,
    CheckInOut,
    CheckInQuery,
    CheckOutIn,
    ForgottenCheckOutIn,
    PassIn,
    PassOut,
)
from app.volunteers.schemas.sign_ups import ComingOut, SignUpIn, SignUpOut, SignUpQuery
from app.volunteers.schemas.teams import AnswerIn

router = APIRouter(prefix="/v1/volunteers", tags=["sign-ups"], route_class=IdempotentRoute)

Reader = Annotated[Asking, may(Permission.volunteers_read)]
Changer = Annotated[Asking, may(Permission.volunteers_change)]
NOTE = "check-in"
NOTE_SECONDS = 90
"""How long a code on a screen is good: a photograph of it that is sent on comes too late."""

GATES = (
    *(errors.ActivityNotPublished, errors.AgeOutOfBounds, errors.SkillMissing, errors.NotQualified),
    *(errors.NotInsured, errors.OverlappingCommitment, errors.AlreadySignedUp, personal.VolunteerErased),
)
COMING = (errors.SignUpNotConfirmed, errors.OutOfTime, errors.CheckedInAlready)
GOING = (
    *(errors.NotCheckedIn, errors.CheckedOutAlready, errors.CheckOutForgotten, errors.MinutesImpossible),
)


@router.get("/activities/{activity_id}/sign-ups", operation_id="list_sign_ups", summary="List sign-ups")
async def list_sign_ups(
    session: Reading, caller: Reader, activity_id: UUID, asked: Annotated[SignUpQuery, Query()]
) -> Page[ComingOut]:
    """List who comes to an activity, who would, and who waits, in the order of asking."""
    activity = await activities.get(session, activity_id)
    caller.must(at=activity.organization_id)
    return await coming(session, activity, asked)


@router.post(
    "/activities/{activity_id}/sign-ups",
    operation_id="add_sign_up",
    summary="Sign a volunteer up",
    status_code=201,
    response_model=SignUpOut,
    responses=problems.responses(*GATES),
)
async def add_sign_up(session: Writing, caller: Changer, activity_id: UUID, body: SignUpIn) -> SignUp:
    """Sign a volunteer of yours up; nobody is assigned who did not agree to it."""
    activity = await activities.get(session, activity_id)
    caller.must(at=activity.organization_id)
    need = await activities.need_of(session, activity, body.need_id)
    volunteer = await volunteers.seen(session, body.volunteer_id, caller.visible())
    return await sign_ups.sign_up(session, activity, need, volunteer, actor=caller.label)


@router.post(
    "/sign-ups/{sign_up_id}/answer",
    operation_id="give_sign_up_answer",
    summary="Answer who has signed up",
    response_model=SignUpOut,
    responses=problems.responses(
        errors.SignUpNotAsked, errors.ActivityNotPublished, errors.OverlappingCommitment
    ),
)
async def give_sign_up_answer(session: Writing, caller: Changer, sign_up_id: UUID, body: AnswerIn) -> SignUp:
    """Give who has asked a place, or one in the waiting list; or decline."""
    sign_up, activity = await _of(session, caller, sign_up_id)
    await sign_ups.answer(session, activity, sign_up, accepted=body.accepted, actor=caller.label)
    return sign_up


@router.post(
    "/sign-ups/{sign_up_id}/cancellation",
    operation_id="close_sign_up",
    summary="Take a sign-up back",
    response_model=SignUpOut,
    responses=problems.responses(errors.SignUpOver),
)
async def close_sign_up(session: Writing, caller: Changer, sign_up_id: UUID) -> SignUp:
    """Take a sign-up back; the next in the waiting list gets the place."""
    sign_up, _ = await _of(session, caller, sign_up_id)
    await sign_ups.cancel(session, sign_up, actor=caller.label)
    return sign_up


@router.post(
    "/activities/{activity_id}/passes",
    operation_id="make_pass",
    summary="Show a code to check in by",
    status_code=201,
    responses=problems.responses(errors.ActivityNotPublished),
)
async def make_pass(
    session: Writing, caller: Changer, activity_id: UUID, body: PassIn, request: Request
) -> PassOut:
    """Make a code to show at the place, good for a minute and a half; make the next one then."""
    activity = await activities.get(session, activity_id)
    caller.must(at=activity.organization_id)
    return shown(request, activity, body)


@router.post(
    "/sign-ups/{sign_up_id}/check-in",
    operation_id="record_check_in",
    summary="Check a volunteer in",
    status_code=201,
    response_model=CheckInOut,
    responses=problems.responses(*COMING),
)
async def record_check_in(session: Writing, caller: Changer, sign_up_id: UUID, body: CameIn) -> CheckIn:
    """Check in a volunteer whom you see, or saw come."""
    sign_up, _ = await _of(session, caller, sign_up_id)
    return await check_ins.come(
        session, sign_up, method=CheckMethod.staff, actor=caller.label, at=body.checked_in_at
    )


@router.post(
    "/sign-ups/{sign_up_id}/check-out",
    operation_id="record_check_out",
    summary="Check a volunteer out",
    response_model=CheckInOut,
    responses=problems.responses(*GOING),
)
async def record_check_out(session: Writing, caller: Changer, sign_up_id: UUID, body: CheckOutIn) -> CheckIn:
    """Check out a volunteer whom you see; the minutes between are reported."""
    sign_up, activity = await _of(session, caller, sign_up_id)
    return await check_ins.go(
        session,
        activity,
        sign_up,
        method=CheckMethod.staff,
        actor=caller.label,
        excluded_minutes=body.excluded_minutes,
    )


@router.get(
    "/check-ins",
    operation_id="list_check_ins",
    summary="List check-ins",
)
async def list_check_ins(
    session: Reading, caller: Reader, asked: Annotated[CheckInQuery, Query()]
) -> Page[CheckInOut]:
    """List the check-ins at the organizations that you can see; with `flagged` those left open."""
    query = (
        select(CheckIn)
        .join(SignUp, SignUp.id == CheckIn.sign_up_id)
        .join(Activity, Activity.id == SignUp.activity_id)
        .where(Activity.organization_id.in_(caller.visible()))
    )
    if asked.flagged is not None:
        forgotten = CheckIn.flagged_at.is_not(None) & CheckIn.checked_out_at.is_(None)
        query = query.where(forgotten == asked.flagged)
    found = await pages.page(session, query, [CheckIn.id], asked, newest_first=True)
    why = await check_ins.why(session, found.items)
    return found.told([CheckInOut.of(one, why.get(one.id)) for one in found.items])


@router.post(
    "/check-ins/{check_in_id}/settlement",
    operation_id="correct_check_in",
    summary="Settle a forgotten check-out",
    responses=problems.responses(errors.CheckedOutAlready, errors.MinutesImpossible),
)
async def correct_check_in(
    session: Writing, caller: Changer, check_in_id: UUID, body: ForgottenCheckOutIn, request: Request
) -> CheckInOut:
    """Say when somebody went who forgot to check out, and how that is known."""
    check_in = await check_ins.get(session, check_in_id)
    sign_up, activity = await _of(session, caller, check_in.sign_up_id)
    await check_ins.settle(
        session,
        activity,
        check_in,
        at=body.checked_out_at,
        told=(body.reason, caller.label, body.excluded_minutes),
    )
    idempotency.concerns(request, sign_up.volunteer_id)
    return CheckInOut.of(check_in, body.reason)


async def _of(session: ReadSession, caller: Asking, sign_up_id: UUID) -> tuple[SignUp, Activity]:
    sign_up = await sign_ups.get(session, sign_up_id)
    activity = await activities.get(session, sign_up.activity_id)
    caller.must(at=activity.organization_id)
    return sign_up, activity


def shown(request: Request, activity: Activity, body: PassIn) -> PassOut:
    """Return a code for an activity that goes on, as text and as a QR code."""
    activities.refuse_closed(activity)
    claims = {"activity": str(activity.id), "way": body.way}
    token, expires_at = issuer(request).seal(NOTE, claims, NOTE_SECONDS)
    return PassOut(pass_token=token, expires_at=expires_at, svg=codes.svg(token))


async def coming(
    session: ReadSession, activity: Activity, asked: SignUpQuery, *, team_only: bool = False
) -> Page[ComingOut]:
    """Return a page of who signed up for an activity, with number and name; of the own team, if so wished."""
    query = sign_ups.of_activity(activity.id)
    if asked.state is not None:
        query = query.where(SignUp.state == asked.state)
    if team_only:
        query = query.where(SignUp.volunteer_id.in_(members.active_ids(activity.team_id)))
    found = await pages.page(session, query, [SignUp.id], asked)
    ids = [one.volunteer_id for one in found.items]
    numbers, names = await volunteers.numbers(session, ids), await volunteers.names(session, ids)
    items = [
        ComingOut(
            **SignUpOut.model_validate(one).model_dump(),
            number=numbers[one.volunteer_id],
            name=names.get(one.volunteer_id),
        )
        for one in found.items
    ]
    return found.told(items)
