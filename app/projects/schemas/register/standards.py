"""Aid standards as JSON."""

from datetime import date, datetime
from typing import Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.kit.fields import Body, Day, Line, MoneyIn, MoneyOut, Words, shown
from app.projects.models import AidStandard, AidStandardNotice, Project
from app.projects.schemas.register import examples


class AidStandardIn(Body):
    """The next version of whom a project helps, by how much, and how one asks."""

    model_config = ConfigDict(json_schema_extra=shown(examples.STANDARD_IN))

    valid_from: Day
    standard: Words = Field(description="资助标准")
    workflow: Words = Field(description="工作流程")
    norms: Words = Field(description="工作规范")
    cap_episode: MoneyIn | None = Field(default=None, description="At most so much for one illness or event.")
    cap_year: MoneyIn | None = Field(default=None, description="At most so much for one person in a year.")

    def as_standard(self, project: Project, by: str) -> AidStandard:
        """Return the same as a row; its number is the rules' to say."""
        return AidStandard(
            project_id=project.id,
            number=1,
            valid_from=self.valid_from,
            standard=self.standard,
            workflow=self.workflow,
            norms=self.norms,
            made_by=by,
            cap_episode_minor=self.cap_episode and self.cap_episode.amount,
            cap_year_minor=self.cap_year and self.cap_year.amount,
        )


class AidStandardOut(BaseModel):
    """One version of a project's aid standard."""

    model_config = ConfigDict(json_schema_extra=shown(examples.STANDARD_OUT))

    id: UUID
    project_id: UUID
    number: int
    valid_from: date
    standard: str
    workflow: str
    norms: str
    cap_episode: MoneyOut | None
    cap_year: MoneyOut | None
    made_by: str
    created_at: datetime

    @classmethod
    def of(cls, row: AidStandard) -> Self:
        """Return a version as JSON shows it."""
        names = ("id", "project_id", "number", "valid_from", "standard", "workflow", "norms")
        caps = {
            name: None if minor is None else MoneyOut.of(minor)
            for name, minor in (("cap_episode", row.cap_episode_minor), ("cap_year", row.cap_year_minor))
        }
        return cls(
            made_by=row.made_by,
            created_at=row.created_at,
            **caps,
            **{name: getattr(row, name) for name in names},
        )


class AidStandardNoticeIn(Body):
    """When, how and to whom a version of the aid standard was told."""

    model_config = ConfigDict(json_schema_extra=shown(examples.NOTICE_IN))

    told_on: Day
    way: Line
    audience: Line

    def as_notice(self, standard: AidStandard, by: str) -> AidStandardNotice:
        """Return the same as a row."""
        return AidStandardNotice(standard_id=standard.id, told_by=by, **dict(self))


class AidStandardNoticeOut(BaseModel):
    """That beneficiaries were told a version of the aid standard."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=shown(examples.NOTICE_OUT))

    id: UUID
    standard_id: UUID
    told_on: date
    way: str
    audience: str
    told_by: str
    created_at: datetime
