"""Inspections, findings and closures as JSON."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.kit.fields import Body, Day, Flag, Words, shown
from app.kit.http.pages import PageQuery
from app.projects.models import FindingState, Inspection, Project, ProjectClosure
from app.projects.progress.inspections import Defect
from app.projects.schemas.progress import examples
from app.projects.schemas.register.examples import PROJECT, STAFF


class FindingIn(Body):
    """What was found wrong, and until when it is to be right."""

    defect: Words
    due_on: Day


class ProjectInspectionIn(Body):
    """What was seen when somebody looked."""

    model_config = ConfigDict(json_schema_extra=shown(examples.INSPECTION_IN))

    organization_id: UUID = Field(description="Who inspects: the project's organization or one above it.")
    inspected_on: Day
    summary: Words
    site_id: UUID | None = None
    findings: list[FindingIn] = Field(default_factory=list[FindingIn], max_length=100)

    def as_inspection(self, project: Project, by: str) -> Inspection:
        """Return the same as a row."""
        said = self.model_dump(exclude={"findings"})
        return Inspection(project_id=project.id, made_by=by, **said)

    def as_defects(self) -> list[Defect]:
        """Return what was found in the words of the rules."""
        return [Defect(one.defect, one.due_on) for one in self.findings]


class ProjectInspectionOut(BaseModel):
    """An inspection of a project or of one of its sites."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=shown(examples.INSPECTION_OUT))

    id: UUID
    project_id: UUID
    organization_id: UUID
    site_id: UUID | None
    inspected_on: date
    summary: str
    made_by: str
    created_at: datetime


class FindingQuery(PageQuery):
    """Which findings to list."""

    project_id: UUID | None = None
    inspection_id: UUID | None = None
    state: FindingState | None = None
    due_on_to: Day | None = Field(default=None, description="To be right until this day.")


class FindingOut(BaseModel):
    """Something that an inspection found wrong, and what became of it."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=shown(examples.FINDING_OUT))

    id: UUID
    project_id: UUID
    inspection_id: UUID
    number: int
    defect: str
    due_on: date
    state: FindingState
    answer: str | None
    answered_on: date | None
    settled_on: date | None


class FindingAnswerIn(Body):
    """What was done about a finding."""

    model_config = ConfigDict(json_schema_extra=shown({"answer": "已补刷防锈漆两遍"}))

    answer: Words


class SecondLookIn(Body):
    """Whether what was done is enough."""

    model_config = ConfigDict(json_schema_extra=shown({"enough": True}))

    enough: Flag


class ProjectClosureIn(Body):
    """How a project that is over is judged."""

    model_config = ConfigDict(json_schema_extra=shown(examples.CLOSURE))

    evaluation: Words
    lessons: Words
    rating: int = Field(ge=1, le=5, strict=True, description="From 1 (failed) to 5 (excellent).")

    def as_closure(self, project: Project, by: str) -> ProjectClosure:
        """Return the same as a row; its day is the rules' to say."""
        return ProjectClosure(project_id=project.id, closed_on=project.planned_to, closed_by=by, **dict(self))


class ProjectClosureOut(BaseModel):
    """How a closed project was judged."""

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra=shown(
            {"project_id": PROJECT}
            | examples.CLOSURE
            | {"closed_on": "2026-11-20", "closed_by": f"staff:{STAFF}"}
        ),
    )

    project_id: UUID
    evaluation: str
    lessons: str
    rating: int
    closed_on: date
    closed_by: str
