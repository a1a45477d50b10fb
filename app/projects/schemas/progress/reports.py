"""Indicators and progress reports as JSON."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from app.kit.fields import Body, Code, Day, Line, Words, shown, wrong
from app.kit.http.pages import PageQuery
from app.projects.models import Indicator, ProgressFigure, ProgressReport, Project, ReportState
from app.projects.schemas.progress import examples


class IndicatorIn(Body):
    """By what a project is measured, and what it means to reach in whole units."""

    model_config = ConfigDict(json_schema_extra=shown(examples.INDICATOR_IN))

    code: Code
    title: Line
    unit: Line
    target: int = Field(ge=1, le=10**15, strict=True)

    def as_indicator(self, project: Project, by: str) -> Indicator:
        """Return the same as a row."""
        return Indicator(project_id=project.id, made_by=by, **dict(self))


class IndicatorOut(BaseModel):
    """What a project means to reach, beside what its accepted reports add up to."""

    model_config = ConfigDict(json_schema_extra=shown(examples.INDICATOR_OUT))

    id: UUID
    project_id: UUID
    code: str
    title: str
    unit: str
    target: int
    reached: int

    @classmethod
    def of(cls, row: Indicator, reached: int) -> Self:
        """Return an indicator as JSON shows it."""
        names = ("id", "project_id", "code", "title", "unit", "target")
        return cls(reached=reached, **{name: getattr(row, name) for name in names})


class FigureIn(Body):
    """How much of an indicator was reached in the time of a report."""

    indicator_id: UUID
    value: int = Field(ge=0, le=10**15, strict=True)


class ProgressReportIn(Body):
    """What one of a project's organizations tells of a time."""

    model_config = ConfigDict(json_schema_extra=shown(examples.REPORT_IN))

    organization_id: UUID = Field(description="Who reports: the project's organization, or a partner.")
    period_from: Day
    period_to: Day
    done: Words
    problems: Words | None = None
    person_count: int = Field(default=0, ge=0, le=1_000_000_000, strict=True)
    person_times: int = Field(default=0, ge=0, le=1_000_000_000, strict=True)
    figures: list[FigureIn] = Field(default_factory=list[FigureIn], max_length=100)
    attachment_ids: list[UUID] = Field(default_factory=list[UUID], max_length=50)

    def as_report(self, project: Project, by: str) -> ProgressReport:
        """Return the same as a row; its number is the rules' to say."""
        said = self.model_dump(exclude={"figures", "attachment_ids"})
        return ProgressReport(project_id=project.id, number=0, made_by=by, **said)

    def as_figures(self) -> dict[UUID, int]:
        """Return what was reached, by indicator; one told twice is told by its last value."""
        return {one.indicator_id: one.value for one in self.figures}


class DecisionOnReport(Body):
    """Whether a report is accepted; what is returned says why."""

    model_config = ConfigDict(json_schema_extra=shown({"state": "returned", "reason": "缺少二号桥照片"}))

    state: Literal["accepted", "returned"]
    reason: Words | None = None

    @model_validator(mode="after")
    def _a_return_says_why(self) -> Self:
        if self.state == "returned" and self.reason is None:
            raise wrong("what is returned says why", "退回须说明理由")
        return self


class ProgressQuery(PageQuery):
    """Which reports to list."""

    project_id: UUID | None = None
    organization_id: UUID | None = None
    state: ReportState | None = None
    published: bool | None = None


class ProgressReportOut(BaseModel):
    """A report on a project's progress."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=shown(examples.REPORT_OUT))

    id: UUID
    project_id: UUID
    organization_id: UUID
    number: int
    period_from: date
    period_to: date
    done: str
    problems: str | None
    person_count: int
    person_times: int
    state: ReportState
    made_by: str
    decided_by: str | None
    decided_reason: str | None
    published_on: date | None
    created_at: datetime


class FigureOut(BaseModel):
    """How much of an indicator was reached in the time of a report."""

    model_config = ConfigDict(from_attributes=True)

    indicator_id: UUID
    value: int


class ProgressReportDetail(ProgressReportOut):
    """A report with its figures and the ids of its photographs."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            examples.REPORT_OUT
            | {"figures": examples.REPORT_IN["figures"], "attachment_ids": [examples.PHOTO]}
        )
    )

    figures: list[FigureOut]
    attachment_ids: list[UUID]

    @classmethod
    def whole(
        cls, report: ProgressReport, figures: Sequence[ProgressFigure], attachment_ids: Sequence[UUID]
    ) -> Self:
        """Return everything that a report tells."""
        return cls(
            figures=[FigureOut.model_validate(one) for one in figures],
            attachment_ids=list(attachment_ids),
            **dict(ProgressReportOut.model_validate(report)),
        )
