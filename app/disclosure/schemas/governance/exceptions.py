"""Costs above their cap, as the authority was told of them, as JSON."""

from datetime import date, datetime
from typing import Any, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.disclosure.models import ExceptionReport
from app.disclosure.schemas.governance import report_examples as examples
from app.disclosure.schemas.governance.pay import Year
from app.kit.fields import Body, Day, Line, Words, shown


class ExceptionLineIn(Body):
    """A ground on which administration cost more, and how it came to that."""

    exception_id: Line = Field(description="As `read_ratios` names it, among the year's `exceptions`.")
    explanation: Words = Field(description="It is published.")


class ExceptionReportIn(Body):
    """On which grounds costs of a year were above their cap; no line: none is claimed any more."""

    model_config = ConfigDict(json_schema_extra=shown(examples.EXCEPTIONS_IN))

    organization_id: UUID
    year: Year
    authority: Line = Field(description="Who was told.")
    reported_on: Day
    lines: list[ExceptionLineIn] = Field(max_length=10)

    def as_report(self, by: str) -> ExceptionReport:
        """Return the same as a row, which is given its version when it is kept."""
        lines: list[dict[str, Any]] = [line.model_dump() for line in self.lines]
        return ExceptionReport(
            organization_id=self.organization_id,
            year=self.year,
            version=0,
            authority=self.authority,
            reported_on=self.reported_on,
            lines=lines,
            recorded_by=by,
        )


class ExceptionLineOut(BaseModel):
    """A ground on which administration cost more, and how it came to that."""

    exception_id: str
    explanation: str


class ExceptionReportOut(BaseModel):
    """On which grounds costs of a year were above their cap, as the authority was told."""

    model_config = ConfigDict(json_schema_extra=shown(examples.EXCEPTIONS))

    id: UUID
    organization_id: UUID
    year: int
    version: int = Field(description="The highest of a year counts.")
    authority: str
    reported_on: date
    lines: list[ExceptionLineOut]
    recorded_by: str
    created_at: datetime

    @classmethod
    def of(cls, one: ExceptionReport) -> Self:
        """Return a report as JSON shows it."""
        return cls.model_validate({name: getattr(one, name) for name in cls.model_fields})
