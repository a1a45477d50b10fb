"""Appointments over HTTP."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request

from app.disclosure.governance import errors, officers, posts
from app.disclosure.models import Appointment
from app.disclosure.schemas.governance.posts import (
    AppointmentQuery,
    PostAppointmentIn,
    PostAppointmentOut,
    PostEndIn,
)
from app.kit.database import Reading, ReadSession, Writing
from app.kit.http import idempotency, pages, problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page
from app.organizations import organizations
from app.organizations.access import Asking, Permission
from app.organizations.signin import may

router = APIRouter(
    prefix="/v1/disclosure/governance/appointments", tags=["governance"], route_class=IdempotentRoute
)

Reader = Annotated[Asking, may(Permission.governance_read)]
Changer = Annotated[Asking, may(Permission.governance_change)]


@router.post(
    "",
    operation_id="record_appointment",
    summary="Record an appointment",
    status_code=201,
    responses=problems.responses(
        *(errors.PostHeld, errors.PostFilled, errors.BothBodies, errors.PostOutsideTerm),
        *(errors.CouncilFull, errors.ElectionMissing, errors.DaysOutOfOrder),
    ),
)
async def record_appointment(
    session: Writing, caller: Changer, request: Request, body: PostAppointmentIn
) -> PostAppointmentOut:
    """Record that an officer takes a post; it is owed to the public within 30 days."""
    caller.must(at=body.organization_id)
    organization = await organizations.get(session, body.organization_id)
    one = await posts.appoint(session, organization, body.as_appointment(caller.label))
    idempotency.concerns(request, one.officer_id)
    return (await _shown(session, [one]))[0]


@router.get("", operation_id="list_appointments", summary="List appointments")
async def list_appointments(
    session: Reading, caller: Reader, asked: Annotated[AppointmentQuery, Query()]
) -> Page[PostAppointmentOut]:
    """List who holds and held which posts in your organizations."""
    places = set(caller.visible())
    if asked.organization_id is not None:
        places &= {asked.organization_id}
    query = posts.held(asked.wanted()).where(Appointment.organization_id.in_(places))
    found = await pages.page(session, query, posts.ORDER, asked)
    return found.told(await _shown(session, found.items))


@router.post(
    "/{appointment_id}/end",
    operation_id="close_appointment",
    summary="End an appointment",
    responses=problems.responses(errors.AppointmentOver),
)
async def close_appointment(
    session: Writing, caller: Changer, request: Request, appointment_id: UUID, body: PostEndIn
) -> PostAppointmentOut:
    """Record the last day of an appointment, and why it is that."""
    one = await posts.get(session, appointment_id, lock=True)
    caller.must(at=one.organization_id)
    await posts.end(session, one, on=body.ends_on, reason=body.reason, by=caller.label)
    idempotency.concerns(request, one.officer_id)
    return (await _shown(session, [one]))[0]


async def _shown(session: ReadSession, found: Sequence[Appointment]) -> list[PostAppointmentOut]:
    names = await officers.names(session, {one.officer_id for one in found})
    why = await posts.why(session, found)
    return [PostAppointmentOut.of(one, names.get(one.officer_id), why.get(one.id)) for one in found]
