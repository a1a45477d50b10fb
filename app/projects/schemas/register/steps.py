"""The steps of a project's life as JSON."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.kit.fields import Body, Day, Words, shown
from app.projects.models import ProjectState
from app.projects.schemas.register import examples


class ProposalIn(Body):
    """Why a project is proposed."""

    model_config = ConfigDict(json_schema_extra=shown({"reason": "列入2026年度计划"}))

    reason: Words | None = None


class ProjectDayIn(Body):
    """On which day something happened to a project, and what is to be said about it."""

    model_config = ConfigDict(json_schema_extra=shown({"on": "2026-03-10", "reason": "施工队进场"}))

    on: Day | None = Field(default=None, description="Today, if absent.")
    reason: Words | None = None


class ProjectStopIn(Body):
    """Why a project is stopped, and since which day."""

    model_config = ConfigDict(json_schema_extra=shown({"on": "2026-06-30", "reason": "选址在地质灾害隐患区"}))

    on: Day | None = Field(default=None, description="Today, if absent.")
    reason: Words


class ProjectStepOut(BaseModel):
    """That a project came into a state: who brought it there, when, from which day on, and why."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=shown(examples.STEP))

    id: UUID
    number: int
    from_state: ProjectState | None
    to_state: ProjectState
    actor: str
    valid_from: date | None
    reason: str | None
    created_at: datetime
