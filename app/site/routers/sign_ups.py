"""The pages on which anybody signs up for an event, and gives their seat back."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Path, Query, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, Field

from app.disclosure.events import events, seats
from app.disclosure.events.errors import (
    EventFull,
    EventNotOpen,
    SeatGivenBack,
    SignedInAlready,
    TicketUnknown,
)
from app.disclosure.models import Attendance, AttendanceState, PublicEvent
from app.disclosure.routers.events.seats import SIGN_UPS
from app.disclosure.schemas.events.events import EventOut
from app.disclosure.schemas.events.seats import EventSignUpIn
from app.kit.database import Reading, ReadSession, Writing
from app.kit.errors import Refusal, TooMany
from app.kit.http import idempotency, problems
from app.organizations import organizations
from app.site import forms, languages, sheets
from app.site.errors import FormUnfit
from app.site.languages import Writer

router = APIRouter(prefix="/events/{event_id}/sign-ups", route_class=forms.FormRoute)

Ticket = Annotated[str, Path(max_length=100)]
_AT: dict[type[Refusal], str] = {TicketUnknown: "ticket"}


class Said(BaseModel):
    """Who comes, as it was typed."""

    name: str = Field(default="", max_length=800)
    contact: str = Field(default="", max_length=800)


@router.api_route("", methods=sheets.LOOKING)
async def ask(
    request: Request, session: Reading, event_id: UUID, ticket: Annotated[str, Query(max_length=100)] = ""
) -> Response:
    """Show how to sign up, and how to find one's seat; a ticket that was typed leads on to it."""
    event = await events.published(session, event_id)
    if forms.code(ticket):
        return RedirectResponse(_seat(event_id, ticket), 303, forms.SECRET)
    if ticket.strip():
        return await _unknown(request, session, event, ticket)
    return await _form(request, session, event, forms.Form(_typed()))


@router.post("")
async def sign_up(
    request: Request, session: Writing, event_id: UUID, said: Annotated[Said, Form()]
) -> Response:
    """Take a seat while there is one, and lead whoever signed up to the page that the ticket opens."""
    event = await events.published(session, event_id)
    typed = {name: value.strip() for name, value in dict(said).items()}
    try:
        await SIGN_UPS(request)
        who = forms.read(Writer(languages.of(request)), EventSignUpIn, typed)
        seat, ticket = await seats.take(session, event, name=who.name, contact=who.contact, actor="public")
    except (TooMany, FormUnfit, EventNotOpen, EventFull) as refusal:
        return await _form(request, session, event, forms.refused(request, _typed(**typed), refusal))
    idempotency.concerns(request, seat.person_id)
    return RedirectResponse(f"{_seat(event_id, ticket)}?sent=1", 303, forms.SECRET)


@router.api_route("/{ticket}", methods=sheets.LOOKING)
async def look(
    request: Request,
    session: Reading,
    event_id: UUID,
    ticket: Ticket,
    sent: Annotated[str, Query(max_length=1)] = "",
) -> Response:
    """Show a seat to whoever holds its ticket: whether it is theirs still, and when and where to come."""
    event = await events.published(session, event_id)
    try:
        seat = await seats.look_up(session, event, forms.code(ticket))
    except TicketUnknown:
        return await _unknown(request, session, event, ticket)
    return await _shown(request, session, event, seat, {"ticket": forms.code(ticket), "sent": bool(sent)})


@router.post("/{ticket}")
async def give_back(request: Request, session: Writing, event_id: UUID, ticket: Ticket) -> Response:
    """Give a seat back; to press twice is to press once, and nothing about this person is kept."""
    event = await events.published(session, event_id)
    try:
        seat = await seats.by_ticket(session, event, forms.code(ticket))
        await seats.give_back(session, event, seat)
    except TicketUnknown:
        return await _unknown(request, session, event, ticket)
    except (SeatGivenBack, SignedInAlready):
        # The page says so.
        pass
    return RedirectResponse(_seat(event_id, ticket), 303, forms.SECRET)


async def _unknown(request: Request, session: ReadSession, event: PublicEvent, ticket: str) -> Response:
    form = forms.refused(request, _typed(ticket=ticket), TicketUnknown(), _AT)
    return await _form(request, session, event, form)


def _seat(event_id: UUID, ticket: str) -> str:
    return f"/events/{event_id}/sign-ups/{forms.code(ticket)}"


def _typed(**said: str) -> dict[str, str]:
    return dict(Said()) | {"ticket": ""} | said


async def _form(request: Request, session: ReadSession, event: PublicEvent, form: forms.Form) -> Response:
    owner = await organizations.get(session, event.organization_id)
    told = EventOut.of(event)
    closed: type[Refusal] | None = None
    if not seats.takes_sign_ups(event):
        closed = EventNotOpen
    elif not told.seats_left:
        closed = EventFull
    words = problems.describe(closed, languages.of(request)) if closed else None
    facts = {"it": told, "owner": owner, "closed": words}
    return forms.page(request, "sign_up.html", facts, form, demo=owner.demo)


async def _shown(
    request: Request, session: ReadSession, event: PublicEvent, seat: Attendance, facts: dict[str, object]
) -> Response:
    owner = await organizations.get(session, event.organization_id)
    held = seat.state is AttendanceState.signed_up
    facts |= {"it": EventOut.of(event), "owner": owner, "seat": seat, "held": held}
    response = sheets.page(request, "seat.html", facts, demo=owner.demo)
    response.headers.update(forms.SECRET)
    return response
