"""Meetings of bodies as JSON."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.disclosure.models import CouncilBody, CouncilMeeting
from app.disclosure.schemas.governance import examples
from app.disclosure.schemas.governance.councils import Documents
from app.kit.fields import Body, Day, Line, Words, shown

Heads = Annotated[int, Field(strict=True, ge=1, le=10_000)]


class CouncilMeetingIn(Body):
    """A meeting of the council or of the supervisors, with its minutes."""

    model_config = ConfigDict(json_schema_extra=shown(examples.MEETING_IN))

    organization_id: UUID
    body: CouncilBody
    term_id: UUID
    title: Line
    held_on: Day
    entitled_count: Heads
    present_count: Heads
    resolutions: Words = Field(description="What was resolved; it names nobody.")
    documents: Documents = Field(default_factory=list[UUID])

    def as_meeting(self, by: str) -> CouncilMeeting:
        """Return the same as a row."""
        said = {name: value for name, value in dict(self).items() if name != "documents"}
        return CouncilMeeting(recorded_by=by, **said)


class CouncilMeetingOut(BaseModel):
    """A meeting, and the files of its minutes."""

    model_config = ConfigDict(json_schema_extra=shown(examples.MEETING))

    id: UUID
    organization_id: UUID
    body: CouncilBody
    term_id: UUID
    title: str
    held_on: date
    entitled_count: int
    present_count: int
    resolutions: str
    documents: list[UUID]
    recorded_by: str
    created_at: datetime

    @classmethod
    def of(cls, one: CouncilMeeting, documents: Sequence[UUID]) -> Self:
        """Return a meeting as JSON shows it."""
        told = {name: getattr(one, name) for name in cls.model_fields if name != "documents"}
        return cls(documents=list(documents), **told)
