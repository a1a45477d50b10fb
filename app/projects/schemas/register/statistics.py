"""Counts of projects as JSON."""

from typing import Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.kit.fields import Line, shown
from app.organizations.schemas.words import RegionCode
from app.projects.models import ProjectCategory, ProjectState
from app.projects.register import lists
from app.projects.register.lists import Wanted
from app.projects.register.statistics import Counts
from app.projects.schemas.register import examples


class StatisticsQuery(BaseModel):
    """Which projects to count."""

    model_config = ConfigDict(extra="forbid")

    organization_id: UUID = Field(description="This organization and everything below it.")
    year: int | None = Field(default=None, ge=1900, le=2999, description="Implemented in this year.")
    programme_id: UUID | None = None
    category: ProjectCategory | None = None
    region_code: RegionCode | None = None
    q: Line | None = None

    def wanted(self) -> Wanted:
        """Return the same in the words of the rules."""
        names = ("programme_id", "category", "region_code", "year", "q")
        return Wanted(**{name: getattr(self, name) for name in names})


class CategoryCount(BaseModel):
    """How many projects are of a category."""

    category: ProjectCategory
    project_count: int


class StateCount(BaseModel):
    """How many projects are in a state."""

    state: ProjectState
    project_count: int


class ProjectStatistics(BaseModel):
    """How many projects a subtree carries out, and what counts as one."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            {
                "organization_id": examples.ORGANIZATION,
                "year": 2026,
                "project_count": 2,
                "by_category": [{"category": "transport", "project_count": 2}],
                "by_state": [{"state": "running", "project_count": 2}],
                "definition": lists.IMPLEMENTED,
                "definition_zh": lists.IMPLEMENTED_ZH,
            }
        )
    )

    organization_id: UUID
    year: int | None
    project_count: int
    by_category: list[CategoryCount]
    by_state: list[StateCount]
    definition: str
    definition_zh: str

    @classmethod
    def of(cls, asked: StatisticsQuery, counts: Counts) -> Self:
        """Return counts as JSON shows them."""
        return cls(
            organization_id=asked.organization_id,
            year=asked.year,
            project_count=counts.project_count,
            by_category=[
                CategoryCount(category=one, project_count=counts.by_category[one])
                for one in ProjectCategory
                if one in counts.by_category
            ],
            by_state=[
                StateCount(state=one, project_count=counts.by_state[one])
                for one in ProjectState
                if one in counts.by_state
            ],
            definition=lists.IMPLEMENTED,
            definition_zh=lists.IMPLEMENTED_ZH,
        )
