"""Seats of events over HTTP: signing up and in, by oneself or by staff."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response

from app.disclosure.events import errors, events, seats
from app.disclosure.models import Attendance, PublicEvent
from app.disclosure.schemas.events.seats import (
    AttendanceOut,
    AttendanceQuery,
    EventSignInIn,
    EventSignUpIn,
    SeatOut,
    SignInCodeOut,
    TicketIn,
    TicketOut,
)
from app.kit.database import Reading, Streaming, WriteSession, Writing
from app.kit.errors import TooMany
from app.kit.http import idempotency, pages, problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page
from app.kit.http.rates import RateLimit
from app.organizations import accesses
from app.organizations.access import Asking, Permission
from app.organizations.errors import OutOfSight, TokenInvalid
from app.organizations.models import AccessKind
from app.organizations.signin import issuer, may, public

router = APIRouter(prefix="/events/{event_id}", route_class=IdempotentRoute)

SIGN_UPS = RateLimit("event sign-ups", count=10, seconds=60)
NOTE = "event-sign-in"
CODE_SECONDS = 300
"""How long a code shown at the place is good: a photograph of it is of no use to who stays at home."""

Changer = Annotated[Asking, may(Permission.publications_change)]
_FULL = (errors.EventNotOpen, errors.EventFull, OutOfSight)
_COMING = (errors.SeatGivenBack, errors.SignedInAlready, errors.SignInEarly)


@router.post(
    "/sign-ups",
    operation_id="add_event_sign_up",
    summary="Sign up",
    status_code=201,
    dependencies=[public, Depends(SIGN_UPS)],
    responses=problems.responses(*_FULL, TooMany),
)
async def add_event_sign_up(
    session: Writing, request: Request, event_id: UUID, body: EventSignUpIn, response: Response
) -> TicketOut:
    """Take a seat while there is one; the ticket is told once."""
    event = await events.published(session, event_id)
    seat, ticket = await seats.take(session, event, name=body.name, contact=body.contact, actor="public")
    idempotency.concerns(request, seat.person_id)
    response.headers["Cache-Control"] = "no-store"
    return TicketOut(id=seat.id, ticket=ticket, state=seat.state)


@router.post(
    "/sign-ups/cancellation",
    operation_id="close_event_sign_up",
    summary="Give a seat back",
    response_model=SeatOut,
    dependencies=[public],
    responses=problems.responses(
        errors.TicketUnknown, errors.SeatGivenBack, errors.SignedInAlready, OutOfSight
    ),
)
async def close_event_sign_up(session: Writing, event_id: UUID, body: TicketIn) -> Attendance:
    """Give your seat back; nothing about you is kept."""
    event = await events.published(session, event_id)
    seat = await seats.by_ticket(session, event, body.ticket)
    await seats.give_back(session, event, seat)
    return seat


@router.post(
    "/sign-ins",
    operation_id="record_event_sign_in",
    summary="Sign in",
    response_model=SeatOut,
    dependencies=[public],
    responses=problems.responses(errors.TicketUnknown, errors.SignInCodeInvalid, *_COMING, OutOfSight),
)
async def record_event_sign_in(
    session: Writing, request: Request, event_id: UUID, body: EventSignInIn
) -> Attendance:
    """Sign in with your ticket and the code that is shown at the place."""
    event = await events.published(session, event_id)
    _there(request, event, body.code)
    seat = await seats.by_ticket(session, event, body.ticket)
    return await seats.sign_in(session, event, seat, actor="public")


@router.post(
    "/sign-in-codes",
    operation_id="make_event_sign_in_code",
    summary="Make a sign-in code",
    status_code=201,
    responses=problems.responses(OutOfSight),
)
async def make_event_sign_in_code(
    session: Writing, caller: Changer, request: Request, event_id: UUID
) -> SignInCodeOut:
    """Make the code that is shown at the place, good for five minutes."""
    event = await events.get(session, event_id)
    caller.must(at=event.organization_id)
    code, expires_at = issuer(request).seal(NOTE, {"event": str(event.id)}, CODE_SECONDS)
    return SignInCodeOut(code=code, expires_at=expires_at)


@router.get(
    "/attendances",
    operation_id="list_attendances",
    summary="List who comes",
    responses=problems.responses(OutOfSight),
)
async def list_attendances(
    database: Streaming,
    session: Reading,
    caller: Changer,
    event_id: UUID,
    asked: Annotated[AttendanceQuery, Query()],
) -> Page[AttendanceOut]:
    """List who has a seat, as long as that is kept; that you looked is logged."""
    event = await events.get(session, event_id)
    caller.must(at=event.organization_id)
    at, kind = event.organization_id, AccessKind.attendee
    await accesses.record(database, caller.label, at=at, kind=kind, subject=event.id)
    query = seats.of_event(event.id, asked.state)
    found = await pages.page(session, query, [Attendance.id], asked)
    people = await seats.people(session, found.items)
    items = [AttendanceOut.of(seat, people.get(seat.person_id, {})) for seat in found.items]
    return found.told(items)


@router.post(
    "/attendances",
    operation_id="add_attendance",
    summary="Write down who comes",
    status_code=201,
    responses=problems.responses(*_FULL),
)
async def add_attendance(
    session: Writing, caller: Changer, request: Request, event_id: UUID, body: EventSignUpIn
) -> TicketOut:
    """Give a seat to somebody who asked for it otherwise."""
    event = await events.get(session, event_id)
    caller.must(at=event.organization_id)
    said = {"name": body.name, "contact": body.contact}
    seat, ticket = await seats.take(session, event, **said, actor=caller.label, staff=True)
    idempotency.concerns(request, seat.person_id)
    return TicketOut(id=seat.id, ticket=ticket, state=seat.state)


@router.post(
    "/attendances/{attendance_id}/sign-in",
    operation_id="record_attendance",
    summary="Sign somebody in",
    response_model=SeatOut,
    responses=problems.responses(*_COMING, OutOfSight),
)
async def record_attendance(
    session: Writing, caller: Changer, event_id: UUID, attendance_id: UUID
) -> Attendance:
    """Note that somebody is there who has no telephone with them."""
    event, seat = await _locked(session, caller, event_id, attendance_id)
    return await seats.sign_in(session, event, seat, actor=caller.label)


@router.post(
    "/attendances/{attendance_id}/cancellation",
    operation_id="close_attendance",
    summary="Take a seat back",
    response_model=SeatOut,
    responses=problems.responses(errors.SeatGivenBack, errors.SignedInAlready, OutOfSight),
)
async def close_attendance(
    session: Writing, caller: Changer, event_id: UUID, attendance_id: UUID
) -> Attendance:
    """Take a seat back from who does not come; nothing about them is kept."""
    event, seat = await _locked(session, caller, event_id, attendance_id)
    await seats.give_back(session, event, seat)
    return seat


async def _locked(
    session: WriteSession, caller: Asking, event_id: UUID, attendance_id: UUID
) -> tuple[PublicEvent, Attendance]:
    event = await events.get(session, event_id)
    caller.must(at=event.organization_id)
    return event, await seats.get(session, event, attendance_id)


def _there(request: Request, event: PublicEvent, code: str) -> None:
    try:
        told = issuer(request).unseal(NOTE, code)
    except TokenInvalid:
        raise errors.SignInCodeInvalid from None
    if told.get("event") != str(event.id):
        raise errors.SignInCodeInvalid
