"""Officers, appointments and the public roster as JSON."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.disclosure.governance.officers import Particulars
from app.disclosure.governance.posts import Wanted
from app.disclosure.models import Appointment, CouncilBody, Officer, PostKind
from app.disclosure.schemas.governance import examples
from app.disclosure.schemas.governance.councils import OfOrganization
from app.kit.clock import today
from app.kit.fields import Body, Day, Flag, Line, shown
from app.kit.http.pages import PageQuery

Qualities = Annotated[
    list[Line], Field(max_length=20, description="What a candidate is chosen for, in free words.")
]
_AGREED = "Since when they agree to be named where the law does not name them."


class OfficerIn(Body):
    """A person who holds or held a post."""

    model_config = ConfigDict(json_schema_extra=shown(examples.OFFICER_IN))

    organization_id: UUID
    name: Line
    phone: Line | None = None
    email: Line | None = None
    qualities: Qualities = Field(default_factory=list[str])
    staff_id: UUID | None = None
    consented_on: Day | None = Field(default=None, description=_AGREED)

    def as_particulars(self) -> Particulars:
        """Return the same in the words of the rules."""
        said = {name: value for name, value in dict(self).items() if name != "organization_id"}
        return Particulars(**said)


class OfficerChangesIn(Body):
    """What changes of what is known of an officer; what is not named stays."""

    model_config = ConfigDict(json_schema_extra=shown(examples.OFFICER_CHANGES))

    name: Line = Field(default="-")
    phone: Line | None = None
    email: Line | None = None
    qualities: Qualities = Field(default_factory=list[str])
    staff_id: UUID | None = None
    consented_on: Day | None = Field(default=None, description=_AGREED)

    def over(self, known: Particulars) -> Particulars:
        """Return what is known with the changes laid over it."""
        named = {name: getattr(self, name) for name in self.model_fields_set}
        return Particulars(**(asdict(known) | named))


class OfficerLine(BaseModel):
    """An officer in the list."""

    model_config = ConfigDict(json_schema_extra=shown(examples.OFFICER_LINE))

    id: UUID
    organization_id: UUID
    name: str | None = Field(description="Null once they were erased.")
    staff_id: UUID | None
    consented_on: date | None
    created_at: datetime

    @classmethod
    def of(cls, one: Officer, name: str | None) -> Self:
        """Return an officer as the list shows them."""
        told = {field: getattr(one, field) for field in OfficerLine.model_fields if field != "name"}
        return cls(name=name, **told)


class OfficerOut(OfficerLine):
    """An officer with what lies under seal."""

    model_config = ConfigDict(json_schema_extra=shown(examples.OFFICER))

    phone: str | None
    email: str | None
    qualities: list[str]
    erased: bool
    recorded_by: str
    version: int

    @classmethod
    def whole(cls, one: Officer, known: Particulars | None) -> Self:
        """Return an officer as JSON shows them."""
        line: dict[str, Any] = dict(OfficerLine.of(one, known and known.name))
        return cls(
            **line,
            phone=known and known.phone,
            email=known and known.email,
            qualities=list(known.qualities) if known else [],
            erased=known is None,
            recorded_by=one.recorded_by,
            version=one.version,
        )


class PostAppointmentIn(Body):
    """That an officer takes a post."""

    model_config = ConfigDict(json_schema_extra=shown(examples.APPOINTMENT_IN))

    organization_id: UUID
    officer_id: UUID
    post: PostKind
    title: Line | None = Field(default=None, description="What the post is called there.")
    starts_on: Day
    ends_on: Day | None = Field(default=None, description="The last day, if it is known.")
    paid: Flag
    term_id: UUID | None = Field(default=None, description="For posts of a council or supervisory board.")
    election_id: UUID | None = None

    def as_appointment(self, by: str) -> Appointment:
        """Return the same as a row."""
        return Appointment(recorded_by=by, **dict(self))


class PostEndIn(Body):
    """The last day of an appointment, and why."""

    model_config = ConfigDict(json_schema_extra=shown(examples.END_IN))

    ends_on: Day
    reason: Line


class PostAppointmentOut(BaseModel):
    """Who holds a post, from when until when."""

    model_config = ConfigDict(json_schema_extra=shown(examples.APPOINTMENT))

    id: UUID
    organization_id: UUID
    officer_id: UUID
    name: str | None
    post: PostKind
    title: str | None
    starts_on: date
    ends_on: date | None
    paid: bool
    term_id: UUID | None
    election_id: UUID | None
    end_reason: str | None = Field(description="Null once they were erased.")
    ended_by: str | None
    recorded_by: str
    created_at: datetime

    @classmethod
    def of(cls, one: Appointment, name: str | None, why: str | None) -> Self:
        """Return an appointment as JSON shows it, with why it ended."""
        told = {field: getattr(one, field) for field in cls.model_fields.keys() - {"name", "end_reason"}}
        return cls(name=name, end_reason=why, **told)


class AppointmentQuery(OfOrganization):
    """Which appointments to list."""

    officer_id: UUID | None = None
    post: PostKind | None = None
    term_id: UUID | None = None
    on: Day | None = Field(default=None, description="In force on this day.")

    def wanted(self) -> Wanted:
        """Return the same in the words of the rules."""
        return Wanted(on=self.on, term_id=self.term_id, post=self.post, officer_id=self.officer_id)


class RosterQuery(PageQuery):
    """Which day or term of a roster to read; today's if neither is named."""

    on: Day | None = None
    term_id: UUID | None = None
    post: PostKind | None = None

    def wanted(self) -> Wanted:
        """Return the same in the words of the rules."""
        on = today() if self.on is None and self.term_id is None else self.on
        return Wanted(on=on, term_id=self.term_id, post=self.post)


class RosterLineOut(BaseModel):
    """Who held a post, as everybody may read it: no contact, no pay."""

    model_config = ConfigDict(json_schema_extra=shown(examples.ROSTER_LINE))

    body: CouncilBody | None
    post: PostKind
    title: str | None
    name: str | None = Field(description="Null if everything about this person was erased.")
    term_number: int | None
    starts_on: date
    ends_on: date | None

    @classmethod
    def of(cls, one: Appointment, name: str | None, number: int | None) -> Self:
        """Return a line of the roster."""
        return cls(
            body=CouncilBody(one.body) if one.body else None,
            post=one.post,
            title=one.title,
            name=name,
            term_number=number,
            starts_on=one.starts_on,
            ends_on=one.ends_on,
        )
