"""Check-ins, records, corrections and experiences as JSON."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.kit.fields import Body, Day, Flag, Line, Words, shown
from app.kit.http.pages import PageQuery
from app.volunteers.corrections import Right
from app.volunteers.models import (
    Category,
    RecordCorrection,
    RecordSource,
    RecordState,
    TimeRecord,
)
from app.volunteers.schemas import examples

Minutes = Annotated[int, Field(strict=True, ge=1, le=1440)]
Excluded = Annotated[int, Field(strict=True, ge=0, le=1440)]


class RecordIn(Body):
    """Time that a volunteer gave, without travel to and fro."""

    model_config = ConfigDict(json_schema_extra=shown(examples.RECORD_IN))

    organization_id: UUID = Field(description="Who organised it: who organises records.")
    volunteer_id: UUID
    category: Category
    title: Line
    served_on: Day
    minutes: Minutes
    place: Line = ""
    served_group: Line = ""
    responsible: Line = ""
    team_id: UUID | None = None
    reference: Line | None = Field(default=None, description="The organization's own number, each once.")

    def as_record(self, reported_by: str) -> TimeRecord:
        """Return the same as a row."""
        return TimeRecord(**dict(self), source=RecordSource.hand, reported_by=reported_by)


class ConfirmationIn(Body):
    """Which records to confirm."""

    model_config = ConfigDict(json_schema_extra=shown({"record_ids": [examples.RECORD]}))

    record_ids: list[UUID] = Field(min_length=1, max_length=200)


class ConfirmationOut(BaseModel):
    """How many records count from now on."""

    model_config = ConfigDict(json_schema_extra=shown({"confirmed_count": 1}))

    confirmed_count: int


class RecordQuery(PageQuery):
    """Which records to list."""

    organization_id: UUID | None = None
    volunteer_id: UUID | None = None
    activity_id: UUID | None = None
    team_id: UUID | None = None
    state: RecordState | None = None
    category: Category | None = None
    served_on_from: Day | None = None
    served_on_to: Day | None = None


class RecordOut(BaseModel):
    """Minutes that a volunteer gave."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=shown(examples.RECORD_OUT))

    id: UUID
    organization_id: UUID
    volunteer_id: UUID
    activity_id: UUID | None
    team_id: UUID | None
    sign_up_id: UUID | None
    category: Category
    title: str
    place: str
    served_group: str
    responsible: str
    served_on: date
    minutes: int
    source: RecordSource
    state: RecordState
    reference: str | None
    confirmed_at: datetime | None
    certificate_id: UUID | None
    correction_count: int


class RecordCorrectionIn(Body):
    """What a record should say, and why; what is absent stays. Zero minutes voids it."""

    model_config = ConfigDict(json_schema_extra=shown({"minutes": 210, "reason": "签退时间有误"}))

    reason: Words
    minutes: Excluded | None = None
    served_on: Day | None = None
    category: Category | None = None

    def right(self) -> Right:
        """Return the same in the words of the rules."""
        return Right(minutes=self.minutes, served_on=self.served_on, category=self.category)


class RecordCorrectionOut(BaseModel):
    """What was set right about a record: from what, to what, by whom and why."""

    model_config = ConfigDict(json_schema_extra=shown(examples.CORRECTION))

    number: int
    reason: str | None = Field(description="Null once the volunteer has been erased.")
    actor: str
    old_minutes: int
    new_minutes: int
    old_served_on: date
    new_served_on: date
    old_category: Category
    new_category: Category
    created_at: datetime

    @classmethod
    def of(cls, correction: RecordCorrection, why: str | None) -> Self:
        """Return a correction as JSON shows it, with why."""
        copied = cls.model_fields.keys() - {"reason"}
        return cls(reason=why, **{name: getattr(correction, name) for name in copied})


class RecordDetail(RecordOut):
    """A record with its corrections."""

    model_config = ConfigDict(
        json_schema_extra=shown(examples.RECORD_OUT | {"corrections": [examples.CORRECTION]})
    )

    corrections: list[RecordCorrectionOut]

    @classmethod
    def of(cls, record: TimeRecord, corrections: Sequence[RecordCorrection], why: Mapping[UUID, str]) -> Self:
        """Return a record with its history."""
        told = [RecordCorrectionOut.of(one, why.get(one.id)) for one in corrections]
        return cls(**RecordOut.model_validate(record).model_dump(), corrections=told)


class ObjectionIn(Body):
    """What a volunteer says is wrong with a record of theirs."""

    model_config = ConfigDict(json_schema_extra=shown({"wanted_minutes": 240, "words": "我12点才离开"}))

    wanted_minutes: Excluded
    words: Words = Field(repr=False)


class ObjectionOut(BaseModel):
    """That a record is said to be wrong, and what was answered."""

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra=shown(
            {
                "id": examples.CHECK_IN,
                "record_id": examples.RECORD,
                "wanted_minutes": 240,
                "answered_at": None,
                "accepted": None,
            }
        ),
    )

    id: UUID
    record_id: UUID
    wanted_minutes: int
    answered_at: datetime | None
    accepted: bool | None


class ObjectionAnswerIn(Body):
    """Whether an objection is accepted; then the record is set right at once."""

    model_config = ConfigDict(json_schema_extra=shown({"accepted": True, "reason": "核实签退记录"}))

    accepted: Flag
    reason: Words


class EvaluationIn(Body):
    """How it was: one to five, and words."""

    model_config = ConfigDict(json_schema_extra=shown({"score": 5, "words": "耐心细致"}))

    score: Annotated[int, Field(strict=True, ge=1, le=5)]
    words: Words | None = Field(default=None, repr=False)


class EvaluationOut(BaseModel):
    """That one side said how it was."""

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra=shown(
            {
                "id": examples.CHECK_IN,
                "sign_up_id": examples.SIGN_UP,
                "side": "organization",
                "score": 5,
            }
        ),
    )

    id: UUID
    sign_up_id: UUID
    side: str
    score: int
