"""Seats: who comes to an event; never more than there are, however many ask at once."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import Select, select, update

from app.disclosure.events.errors import (
    EventFull,
    EventNotOpen,
    SeatGivenBack,
    SignedInAlready,
    SignInEarly,
    TicketUnknown,
)
from app.disclosure.models import Attendance, AttendanceState, EventState, PublicEvent
from app.kit import vault
from app.kit.clock import now
from app.kit.database import ReadSession, WriteSession
from app.kit.ids import new_code, new_id, read_code
from app.organizations import tokens
from app.organizations.errors import OutOfSight

NAME, CONTACT = "attendee_name", "attendee_contact"
EARLY = timedelta(hours=2)
"""How long before an event people sign in."""


def goes_on(event: PublicEvent) -> bool:
    """Return whether an event is still to come or under way, so that seats of it are given."""
    return event.state is EventState.published and event.ends_at > now()


def takes_sign_ups(event: PublicEvent) -> bool:
    """Return whether anybody may sign up for an event; whether there is a seat left, taking one tells."""
    return event.sign_up_open and goes_on(event)


async def take(
    session: WriteSession, event: PublicEvent, *, name: str, contact: str, actor: str, staff: bool = False
) -> tuple[Attendance, str]:
    """Give somebody a seat while there is one, and the ticket that is theirs; of it only a hash is kept.

    One statement looks and takes: of those who ask at once, each finds what the one before has left.
    """
    if not (goes_on(event) if staff else takes_sign_ups(event)):
        raise EventNotOpen(state=event.state)
    taken = await session.scalar(
        update(PublicEvent)
        .where(
            PublicEvent.id == event.id,
            PublicEvent.taken_count < PublicEvent.seats,
            PublicEvent.state == EventState.published,
        )
        .values(taken_count=PublicEvent.taken_count + 1)
        .returning(PublicEvent.taken_count)
        .execution_options(synchronize_session=False)
    )
    if taken is None:
        raise EventFull(seats=event.seats)
    await session.refresh(event, ["taken_count"])
    ticket = new_code()
    seat = Attendance(
        event_id=event.id, person_id=new_id(), ticket_hash=tokens.digest(ticket), signed_up_by=actor
    )
    await vault.keep(session, seat.person_id, {NAME: name, CONTACT: contact})
    session.add(seat)
    await session.flush()
    return seat, ticket


async def give_back(session: WriteSession, event: PublicEvent, seat: Attendance) -> None:
    """Give a seat back, once: the next who asks may have it, and nothing about this person is kept."""
    if seat.state is AttendanceState.signed_in:
        raise SignedInAlready
    if seat.state is AttendanceState.cancelled:
        raise SeatGivenBack
    seat.state, seat.cancelled_at = AttendanceState.cancelled, now()
    await session.flush()
    await session.execute(
        update(PublicEvent)
        .where(PublicEvent.id == event.id)
        .values(taken_count=PublicEvent.taken_count - 1)
        .execution_options(synchronize_session=False)
    )
    await session.refresh(event, ["taken_count"])
    await vault.erase(session, seat.person_id)


async def sign_in(session: WriteSession, event: PublicEvent, seat: Attendance, *, actor: str) -> Attendance:
    """Note that somebody is there, once, around the time of the event."""
    if seat.state is AttendanceState.cancelled:
        raise SeatGivenBack
    if seat.state is AttendanceState.signed_in:
        raise SignedInAlready
    if event.state is not EventState.published or not event.starts_at - EARLY <= now() < event.ends_at:
        raise SignInEarly
    seat.state, seat.signed_in_at, seat.signed_in_by = AttendanceState.signed_in, now(), actor
    await session.flush()
    return seat


async def by_ticket(session: WriteSession, event: PublicEvent, ticket: str) -> Attendance:
    """Return the seat of a ticket, which nobody else changes until the transaction ends, or refuse."""
    query = _of_ticket(event, ticket).with_for_update().execution_options(populate_existing=True)
    seat = await session.scalar(query)
    if seat is None:
        raise TicketUnknown
    return seat


async def look_up(session: ReadSession, event: PublicEvent, ticket: str) -> Attendance:
    """Return the seat of a ticket to be looked at, or refuse."""
    seat = await session.scalar(_of_ticket(event, ticket))
    if seat is None:
        raise TicketUnknown
    return seat


def _of_ticket(event: PublicEvent, ticket: str) -> Select[Attendance]:
    return select(Attendance).where(
        Attendance.event_id == event.id, Attendance.ticket_hash == tokens.digest(read_code(ticket))
    )


async def get(session: WriteSession, event: PublicEvent, attendance_id: UUID) -> Attendance:
    """Return a seat of this event, which nobody else changes until the transaction ends, or refuse."""
    seat = await session.get(Attendance, attendance_id, with_for_update=True, populate_existing=True)
    if seat is None or seat.event_id != event.id:
        raise OutOfSight
    return seat


def of_event(event_id: UUID, state: AttendanceState | None = None) -> Select[Attendance]:
    """Return the query for the seats of an event, all or those of a state."""
    query = select(Attendance).where(Attendance.event_id == event_id)
    return query if state is None else query.where(Attendance.state == state)


async def people(session: ReadSession, seats: Sequence[Attendance]) -> Mapping[UUID, Mapping[str, str]]:
    """Return who has some seats by the vault's person; nothing of who gave theirs back or was forgotten."""
    return await vault.read(session, [one.person_id for one in seats], [NAME, CONTACT])
