"""What volunteers do about their own time over HTTP, and leaders at their team's activities."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request

from app.kit.database import Reading, Writing
from app.kit.http import pages, problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page, PageQuery, Slice
from app.organizations.errors import OutOfSight, TokenInvalid
from app.organizations.signin import issuer
from app.volunteers import (
    activities,
    check_ins,
    corrections,
    errors,
    experiences,
    records,
    sign_ups,
    volunteers,
)
from app.volunteers.models import (
    Activity,
    CheckIn,
    CheckMethod,
    Evaluation,
    RecordObjection,
    Side,
    SignUp,
    TimeRecord,
)
from app.volunteers.registry import errors as personal
from app.volunteers.routers.sign_ups import COMING, GATES, GOING, NOTE
from app.volunteers.routers.signin import Myself, label
from app.volunteers.schemas.check_ins import (
    CheckInOut,
    LeavingPresenceIn,
    PresenceIn,
)
from app.volunteers.schemas.records import EvaluationIn, EvaluationOut, ObjectionIn, ObjectionOut, RecordOut
from app.volunteers.schemas.sign_ups import OwnSignUpIn, SignUpOut, SignUpQuery

router = APIRouter(
    prefix="/v1/volunteers/me",
    tags=["my service"],
    route_class=IdempotentRoute,
    responses=problems.responses(personal.NotAVolunteer),
)
_THERE = (errors.PassInvalid, errors.OutOfPlace)


@router.post(
    "/sign-ups",
    operation_id="create_sign_up",
    summary="Sign up",
    status_code=201,
    response_model=SignUpOut,
    responses=problems.responses(*GATES, OutOfSight),
)
async def create_sign_up(session: Writing, myself: Myself, body: OwnSignUpIn) -> SignUp:
    """Sign up for a published activity: a place while there is one, otherwise the waiting list."""
    need = await activities.need(session, body.need_id)
    activity = await activities.published(session, need.activity_id)
    volunteer = await volunteers.get(session, myself)
    return await sign_ups.sign_up(session, activity, need, volunteer, actor=label(myself))


@router.get(
    "/sign-ups", operation_id="list_my_sign_ups", summary="List my sign-ups", response_model=Page[SignUpOut]
)
async def list_my_sign_ups(
    session: Reading, myself: Myself, asked: Annotated[SignUpQuery, Query()]
) -> Slice[SignUp]:
    """List what the volunteer signed up for, the latest first."""
    query = sign_ups.of_volunteer(myself)
    if asked.state is not None:
        query = query.where(SignUp.state == asked.state)
    return await pages.page(session, query, [SignUp.id], asked, newest_first=True)


@router.post(
    "/sign-ups/{sign_up_id}/cancellation",
    operation_id="close_my_sign_up",
    summary="Take my sign-up back",
    response_model=SignUpOut,
    responses=problems.responses(errors.SignUpOver, OutOfSight),
)
async def close_my_sign_up(session: Writing, myself: Myself, sign_up_id: UUID) -> SignUp:
    """Take a sign-up back; the next in the waiting list gets the place."""
    sign_up = await sign_ups.own(session, myself, sign_up_id)
    await sign_ups.cancel(session, sign_up, actor=label(myself))
    return sign_up


@router.post(
    "/sign-ups/{sign_up_id}/check-in",
    operation_id="record_my_check_in",
    summary="Check in",
    status_code=201,
    response_model=CheckInOut,
    responses=problems.responses(*COMING, *_THERE, OutOfSight),
)
async def record_my_check_in(
    session: Writing, myself: Myself, sign_up_id: UUID, body: PresenceIn, request: Request
) -> CheckIn:
    """Check in by the code shown at the place, or by being near it; where exactly is not kept."""
    sign_up = await sign_ups.own(session, myself, sign_up_id)
    activity = await activities.get(session, sign_up.activity_id)
    method = _there(request, activity, body, "in")
    return await check_ins.come(session, sign_up, method=method, actor=label(myself))


@router.post(
    "/sign-ups/{sign_up_id}/check-out",
    operation_id="record_my_check_out",
    summary="Check out",
    response_model=CheckInOut,
    responses=problems.responses(*GOING, *_THERE, OutOfSight),
)
async def record_my_check_out(
    session: Writing, myself: Myself, sign_up_id: UUID, body: LeavingPresenceIn, request: Request
) -> CheckIn:
    """Check out; the minutes between, without travel and breaks, are reported to the organization."""
    sign_up = await sign_ups.own(session, myself, sign_up_id)
    activity = await activities.get(session, sign_up.activity_id)
    method = _there(request, activity, body, "out")
    return await check_ins.go(
        session,
        activity,
        sign_up,
        method=method,
        actor=label(myself),
        excluded_minutes=body.excluded_minutes,
    )


def _there(request: Request, activity: Activity, body: PresenceIn, way: str) -> CheckMethod:
    if body.pass_token is None:
        check_ins.refuse_far(activity, *body.spot)
        return CheckMethod.place
    try:
        told = issuer(request).unseal(NOTE, body.pass_token)
    except TokenInvalid:
        raise errors.PassInvalid from None
    if told.get("activity") != str(activity.id) or told.get("way") != way:
        raise errors.PassInvalid
    return CheckMethod.code


@router.post(
    "/sign-ups/{sign_up_id}/evaluation",
    operation_id="give_evaluation",
    summary="Say how it was",
    status_code=201,
    response_model=EvaluationOut,
    responses=problems.responses(errors.EvaluatedAlready, errors.NotServed, OutOfSight),
)
async def give_evaluation(
    session: Writing, myself: Myself, sign_up_id: UUID, body: EvaluationIn
) -> Evaluation:
    """Say how the activity was; once."""
    sign_up = await sign_ups.own(session, myself, sign_up_id)
    return await experiences.evaluate(
        session, sign_up, Side.volunteer, score=body.score, words=body.words, actor=label(myself)
    )


@router.get(
    "/records", operation_id="list_my_records", summary="List my records", response_model=Page[RecordOut]
)
async def list_my_records(
    session: Reading, myself: Myself, asked: Annotated[PageQuery, Query()]
) -> Slice[TimeRecord]:
    """List what was recorded of the volunteer's time, the latest first."""
    keys = [TimeRecord.served_on, TimeRecord.id]
    return await pages.page(session, records.of_volunteer(myself), keys, asked, newest_first=True)


@router.post(
    "/records/{record_id}/objections",
    operation_id="create_objection",
    summary="Object to my record",
    status_code=201,
    response_model=ObjectionOut,
    responses=problems.responses(errors.ObjectionOpen, OutOfSight),
)
async def create_objection(
    session: Writing, myself: Myself, record_id: UUID, body: ObjectionIn
) -> RecordObjection:
    """Say that a record is wrong; who recorded it looks into it and answers."""
    record = await records.get(session, record_id)
    if record.volunteer_id != myself:
        raise OutOfSight
    return await corrections.doubt(session, record, wanted_minutes=body.wanted_minutes, words=body.words)
