"""Seats of events as JSON."""

from collections.abc import Mapping
from datetime import datetime
from typing import Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.disclosure.events.seats import CONTACT, NAME
from app.disclosure.models import Attendance, AttendanceState
from app.disclosure.schemas.events import examples
from app.kit.fields import Body, Line, shown
from app.kit.http.pages import PageQuery


class EventSignUpIn(Body):
    """Who comes, and how to reach them; kept until 90 days after the event."""

    model_config = ConfigDict(json_schema_extra=shown(examples.SIGN_UP_IN))

    name: Line
    contact: Line = Field(description="A telephone number or an address for letters or mail.")


class TicketOut(BaseModel):
    """A seat, with the ticket that is told once."""

    model_config = ConfigDict(json_schema_extra=shown(examples.TICKET))

    id: UUID
    ticket: str = Field(description="With it the seat is given back, and its holder signs in.")
    state: AttendanceState


class TicketIn(Body):
    """A ticket, however a person typed it."""

    model_config = ConfigDict(json_schema_extra=shown(examples.TICKET_IN))

    ticket: str = Field(strict=True, max_length=64)


class EventSignInIn(TicketIn):
    """A ticket, and the code that is shown at the place."""

    model_config = ConfigDict(json_schema_extra=shown(examples.SIGN_IN_IN))

    code: str = Field(strict=True, max_length=1000)


class SignInCodeOut(BaseModel):
    """The code that is shown at the place (as a QR code), and until when it is good."""

    model_config = ConfigDict(json_schema_extra=shown(examples.SIGN_IN_CODE))

    code: str
    expires_at: datetime


class SeatOut(BaseModel):
    """A seat, and nothing of whose it is."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=shown(examples.SEAT))

    id: UUID
    state: AttendanceState
    signed_in_at: datetime | None


class AttendanceQuery(PageQuery):
    """Which seats to list."""

    state: AttendanceState | None = None


class AttendanceOut(SeatOut):
    """A seat with its holder, for whoever arranges the event."""

    model_config = ConfigDict(json_schema_extra=shown(examples.ATTENDANCE))

    name: str | None = Field(description="Null once it is no longer kept.")
    contact: str | None
    signed_up_by: str
    signed_in_by: str | None
    cancelled_at: datetime | None
    created_at: datetime

    @classmethod
    def of(cls, seat: Attendance, said: Mapping[str, str]) -> Self:
        """Return a seat as JSON shows it to staff."""
        apart = ("name", "contact")
        told = {name: getattr(seat, name) for name in cls.model_fields if name not in apart}
        return cls(name=said.get(NAME), contact=said.get(CONTACT), **told)
