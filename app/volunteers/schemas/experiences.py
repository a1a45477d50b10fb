"""Trainings, qualifications and commendations as JSON."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.kit.fields import Body, Day, Line, Words, shown
from app.volunteers.schemas import examples
from app.volunteers.schemas.volunteers import Tag

_TRAINING = {
    "organization_id": examples.ORGANIZATION,
    "content": "心肺复苏",
    "organizer": "市红十字会",
    "trained_on": "2026-05-10",
    "place": "西安",
    "minutes": 180,
}
_QUALIFICATION = {
    "organization_id": examples.ORGANIZATION,
    "code": "first_aid_certificate",
    "valid_from": "2026-01-01",
    "valid_to": "2028-12-31",
}
_COMMENDATION = {
    "organization_id": examples.ORGANIZATION,
    "title": "优秀志愿者",
    "commended_on": "2026-12-05",
    "granted_by": "省慈善协会",
}
_ID = {"id": examples.CHECK_IN, "volunteer_id": examples.VOLUNTEER}


class TrainingIn(Body):
    """A training that a volunteer took part in."""

    model_config = ConfigDict(json_schema_extra=shown(_TRAINING))

    organization_id: UUID
    content: Words
    organizer: Line
    trained_on: Day
    place: Line
    minutes: Annotated[int, Field(strict=True, ge=1, le=100_000)]


class TrainingOut(BaseModel):
    """A training that a volunteer took part in."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=shown(_TRAINING | _ID))

    id: UUID
    volunteer_id: UUID
    organization_id: UUID
    content: str
    organizer: str
    trained_on: date
    place: str
    minutes: int


class QualificationIn(Body):
    """A licence that somebody has seen."""

    model_config = ConfigDict(json_schema_extra=shown(_QUALIFICATION | {"paper_number": "CPR-0001"}))

    organization_id: UUID
    code: Tag
    paper_number: Line = Field(repr=False, description="Kept under seal.")
    valid_from: Day
    valid_to: Day | None = None


class QualificationOut(BaseModel):
    """That a volunteer holds a qualification."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=shown(_QUALIFICATION | _ID))

    id: UUID
    volunteer_id: UUID
    organization_id: UUID
    code: str
    valid_from: date
    valid_to: date | None


class CommendationIn(Body):
    """That a volunteer was commended."""

    model_config = ConfigDict(json_schema_extra=shown(_COMMENDATION))

    organization_id: UUID
    title: Line
    commended_on: Day
    granted_by: Line


class CommendationOut(BaseModel):
    """That a volunteer was commended."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=shown(_COMMENDATION | _ID))

    id: UUID
    volunteer_id: UUID
    organization_id: UUID
    title: str
    commended_on: date
    granted_by: str
