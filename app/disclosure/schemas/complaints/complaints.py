"""Complaints as JSON: what the public says and reads, and what staff do."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from app.disclosure.complaints import clock
from app.disclosure.complaints.complaints import ANSWER, CLOSING, CONTACT, TEXT, NewComplaint
from app.disclosure.models import (
    Complaint,
    ComplaintChannel,
    ComplaintOutcome,
    ComplaintState,
    ComplaintStep,
    ComplaintStepKind,
    ComplaintSubject,
)
from app.disclosure.rules.law import Mark
from app.disclosure.schemas.complaints import examples
from app.kit.fields import Body, Code, Day, Flag, Line, Words, shown, wrong
from app.kit.http.pages import PageQuery
from app.organizations.access import Caller, Permission


class _ComplaintSaid(Body):
    subject_kind: ComplaintSubject
    subject_code: Line | None = Field(
        default=None, description="Of the campaign or project; a publication's id, or its address here."
    )
    text: Words
    contact: Line | None = Field(
        default=None, description="Whom to answer and where; without it nobody knows who you are."
    )

    @model_validator(mode="after")
    def _named(self) -> Self:
        if (self.subject_kind is ComplaintSubject.organization) != (self.subject_code is None):
            raise wrong(
                "everything but the organization itself is named by a code",
                "除机构本身外，均须注明编号",
            )
        return self

    def as_complaint(self, organization_id: UUID, subject_code: str | None) -> NewComplaint:
        """Return the same in the words of the rules."""
        return NewComplaint(
            organization_id=organization_id,
            subject_kind=self.subject_kind,
            subject_code=subject_code,
            text=self.text,
            contact=self.contact,
        )


class ComplaintIn(_ComplaintSaid):
    """What somebody finds wrong, said by themselves."""

    model_config = ConfigDict(json_schema_extra=shown(examples.COMPLAINT_IN))

    organization: Code = Field(description="The code of the organization that it is about.")


class RecordedComplaintIn(_ComplaintSaid):
    """A complaint that came otherwise than over this door, written down by staff."""

    model_config = ConfigDict(json_schema_extra=shown(examples.RECORDED_IN))

    organization_id: UUID
    channel: Literal["letter", "phone", "visit", "referral"]
    received_on: Day

    def as_complaint(self, organization_id: UUID, subject_code: str | None) -> NewComplaint:
        """Return the same in the words of the rules."""
        return NewComplaint(
            organization_id=organization_id,
            subject_kind=self.subject_kind,
            subject_code=subject_code,
            text=self.text,
            contact=self.contact,
            channel=ComplaintChannel(self.channel),
            received_on=self.received_on,
        )


class ComplaintReceiptOut(BaseModel):
    """That a complaint was received, with the code by which it is followed."""

    model_config = ConfigDict(json_schema_extra=shown(examples.RECEIPT))

    lookup_code: str = Field(description="Told once; whoever holds it reads the answer.")
    state: ComplaintState
    received_on: date
    due_on: date | None = Field(description="Until when you are answered.")
    mark: Mark = Field(description="C: the organization promises it, no law names a day.")

    @classmethod
    def of(cls, one: Complaint, code: str) -> Self:
        """Return a complaint's receipt as JSON shows it."""
        return cls(
            lookup_code=code,
            state=one.state,
            received_on=one.received_on,
            due_on=one.due_on,
            mark=clock.MARK,
        )


class ComplaintProgressOut(BaseModel):
    """Where a complaint stands, for whoever holds its code."""

    model_config = ConfigDict(json_schema_extra=shown(examples.PROGRESS))

    state: ComplaintState
    received_on: date
    due_on: date | None
    mark: Mark
    answered_at: datetime | None
    answer: str | None
    closed_at: datetime | None
    outcome: ComplaintOutcome | None

    @classmethod
    def of(cls, one: Complaint, words: Mapping[str, str]) -> Self:
        """Return where a complaint stands as JSON shows it."""
        names = ("state", "received_on", "due_on", "answered_at", "closed_at", "outcome")
        return cls(mark=clock.MARK, answer=words.get(ANSWER), **{name: getattr(one, name) for name in names})


class ComplaintQuery(PageQuery):
    """Which complaints to list."""

    organization_id: UUID | None = None
    state: ComplaintState | None = None
    subject_kind: ComplaintSubject | None = None
    assigned_to: UUID | None = None
    late: bool | None = Field(default=None, description="Not answered by the promised day, or only after it.")
    received_on_from: Day | None = None
    received_on_to: Day | None = None
    sort: Literal["created_at", "-created_at"] = "-created_at"


class ComplaintOut(BaseModel):
    """A complaint as a line: nothing of what it says."""

    model_config = ConfigDict(json_schema_extra=shown(examples.COMPLAINT))

    id: UUID
    organization_id: UUID
    handled_by: UUID = Field(description="The organization itself, or one above it that is not concerned.")
    channel: ComplaintChannel
    subject_kind: ComplaintSubject
    subject_code: str | None
    anonymous: Flag
    state: ComplaintState
    received_on: date
    due_on: date | None
    late: bool = Field(description="Not answered by the promised day, or only after it.")
    assigned_to: UUID | None
    answered_at: datetime | None
    closed_at: datetime | None
    outcome: ComplaintOutcome | None
    created_at: datetime

    @classmethod
    def of(cls, one: Complaint, day: date) -> Self:
        """Return a complaint as JSON shows it on a day."""
        return cls(**_line(cls, one, day))


class ComplaintStepOut(BaseModel):
    """One thing that was done about a complaint."""

    model_config = ConfigDict(from_attributes=True)

    kind: ComplaintStepKind
    actor: str
    staff_id: UUID | None
    created_at: datetime


class ComplaintDetail(ComplaintOut):
    """A complaint with its words, and everything that was done about it."""

    model_config = ConfigDict(json_schema_extra=shown(examples.DETAIL))

    text: str | None = Field(description="Null once it is no longer kept.")
    contact: str | None
    answer: str | None
    closing: str | None
    recused_count: int
    mark: Mark
    steps: list[ComplaintStepOut]
    allowed_actions: list[str]

    @classmethod
    def whole(
        cls,
        one: Complaint,
        day: date,
        words: Mapping[str, str],
        done: tuple[Sequence[ComplaintStep], int],
        caller: Caller,
    ) -> Self:
        """Return everything that staff read of a complaint."""
        steps, recused = done
        actions = [] if one.closed_at else ["assign", "recuse", "answer", "close"]
        return cls(
            text=words.get(TEXT),
            contact=words.get(CONTACT),
            answer=words.get(ANSWER),
            closing=words.get(CLOSING),
            recused_count=recused,
            mark=clock.MARK,
            steps=[ComplaintStepOut.model_validate(step) for step in steps],
            allowed_actions=caller.allowed(
                dict.fromkeys(actions, Permission.complaints_answer), at=one.handled_by
            ),
            **_line(ComplaintOut, one, day),
        )


def _line(cls: type[BaseModel], one: Complaint, day: date) -> dict[str, Any]:
    kept = {name: getattr(one, name) for name in cls.model_fields if name != "late"}
    return {"late": clock.is_late(one, day)} | kept
