"""Programmes as JSON."""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.kit.fields import Body, Code, Day, Line, Words, shown
from app.kit.http.pages import PageQuery
from app.projects.models import ProjectCategory
from app.projects.register.programmes import NewProgramme
from app.projects.schemas.register import examples


class ProgrammeIn(Body):
    """A programme that is set up."""

    model_config = ConfigDict(json_schema_extra=shown(examples.PROGRAMME_IN))

    organization_id: UUID
    code: Code
    title: Line
    category: ProjectCategory
    purpose: Words
    starts_on: Day
    ends_on: Day | None = None
    brand: Line | None = None

    def as_programme(self) -> NewProgramme:
        """Return the same in the words of the rules."""
        return NewProgramme(**dict(self))


class ProgrammeChange(Body):
    """What to change about a programme; what is absent stays."""

    model_config = ConfigDict(json_schema_extra=shown({"title": "慈安桥", "ends_on": "2030-12-31"}))

    title: Line = Field(default_factory=str)
    category: ProjectCategory = ProjectCategory.other
    purpose: Words = Field(default_factory=str)
    starts_on: Day = Field(default_factory=date.today)
    ends_on: Day | None = None
    brand: Line | None = None

    def changes(self) -> dict[str, Any]:
        """Return what was said."""
        return {name: getattr(self, name) for name in self.model_fields_set}


class ProgrammeQuery(PageQuery):
    """Which programmes to list."""

    organization_id: UUID | None = None
    category: ProjectCategory | None = None
    q: Line | None = Field(default=None, description="Part of the code, the title or the brand.")
    sort: Literal["code", "-code", "starts_on", "-starts_on"] = "code"


class ProgrammeOut(BaseModel):
    """A programme: a brand under which many projects are carried out."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=shown(examples.PROGRAMME_OUT))

    id: UUID
    organization_id: UUID
    code: str
    title: str
    category: ProjectCategory
    brand: str | None
    purpose: str
    starts_on: date
    ends_on: date | None
    created_at: datetime
