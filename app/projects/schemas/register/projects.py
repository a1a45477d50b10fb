"""Projects as JSON."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from app.kit.fields import Body, Code, Day, Line, Words, shown, wrong
from app.kit.http.pages import PageQuery
from app.organizations.access import Caller
from app.organizations.schemas.words import RegionCode
from app.projects.models import Project, ProjectCategory, ProjectPartner, ProjectState
from app.projects.register.lists import Wanted
from app.projects.register.projects import NewProject
from app.projects.schemas import actions
from app.projects.schemas.register import examples


class ProjectIn(Body):
    """A project that is drafted; its organization leads it."""

    model_config = ConfigDict(json_schema_extra=shown(examples.PROJECT_IN))

    organization_id: UUID
    code: Code = Field(description="Unique in the federation; it appears in published leaves.")
    title: Line
    category: ProjectCategory
    content: Words
    region_code: RegionCode
    planned_from: Day
    planned_to: Day
    beneficiary_rule: Words = Field(description="Who is helped, and how they are chosen.")
    programme_id: UUID | None = None
    brand: Line | None = None
    town: Line | None = None
    village: Line | None = None
    owner_id: UUID | None = Field(default=None, description="Who of the staff answers for it.")

    def as_project(self) -> NewProject:
        """Return the same in the words of the rules."""
        return NewProject(**dict(self))


class ProjectChange(Body):
    """What to change about a project; what is absent stays. Once proposed: only its owner and its brand."""

    model_config = ConfigDict(json_schema_extra=shown({"title": "紫阳县慈安桥", "village": "示例村"}))

    # Factories, so that none of these can be emptied and the document shows no default.
    title: Line = Field(default_factory=str)
    category: ProjectCategory = ProjectCategory.other
    content: Words = Field(default_factory=str)
    region_code: RegionCode = Field(default_factory=str)
    planned_from: Day = Field(default_factory=date.today)
    planned_to: Day = Field(default_factory=date.today)
    beneficiary_rule: Words = Field(default_factory=str)
    programme_id: UUID | None = None
    brand: Line | None = None
    town: Line | None = None
    village: Line | None = None
    owner_id: UUID | None = None

    def changes(self) -> dict[str, Any]:
        """Return what was said."""
        return {name: getattr(self, name) for name in self.model_fields_set}


class ProjectQuery(PageQuery):
    """Which projects to list."""

    organization_id: UUID | None = Field(default=None, description="Leads it, or is a partner of it.")
    within: UUID | None = Field(default=None, description="The same for an organization and all below it.")
    programme_id: UUID | None = None
    category: ProjectCategory | None = None
    state: ProjectState | None = None
    owner_id: UUID | None = None
    region_code: RegionCode | None = Field(default=None, description="There, or anywhere in it.")
    year: int | None = Field(
        default=None, ge=1900, le=2999, description="Carried out on at least one day of this year."
    )
    q: Line | None = Field(default=None, description="Parts of code, title, content, brand, town or village.")
    sort: Literal["code", "-code", "planned_from", "-planned_from", "created_at", "-created_at"] = "code"

    def wanted(self) -> Wanted:
        """Return the same in the words of the rules."""
        names = ("programme_id", "category", "state", "owner_id", "region_code", "year", "q")
        return Wanted(**{name: getattr(self, name) for name in names})


class ProjectPartnerIn(Body):
    """Who carries a project out beside its organization: a member, or somebody outside by name."""

    model_config = ConfigDict(json_schema_extra=shown(examples.PARTNER_IN))

    organization_id: UUID | None = None
    name: Line | None = None
    task: Words

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if (self.organization_id is None) == (self.name is None):
            raise wrong(
                "either organization_id, or the name of somebody outside the federation",
                "须填写 organization_id，或系统外单位的名称，二者取一",
            )
        return self

    def as_partner(self, project: Project, by: str) -> ProjectPartner:
        """Return the same as a row."""
        return ProjectPartner(project_id=project.id, added_by=by, **dict(self))


class ProjectPartnerOut(BaseModel):
    """Who carries a project out beside its organization, and what is their part."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=shown(examples.PARTNER_OUT))

    id: UUID
    organization_id: UUID | None
    name: str | None
    task: str
    created_at: datetime


class ProjectOut(BaseModel):
    """A project."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=shown(examples.PROJECT_LINE))

    id: UUID
    organization_id: UUID
    programme_id: UUID | None
    code: str
    title: str
    category: ProjectCategory
    brand: str | None
    content: str
    region_code: str
    town: str | None
    village: str | None
    planned_from: date
    planned_to: date
    executed_from: date | None
    executed_to: date | None
    beneficiary_rule: str
    owner_id: UUID | None
    state: ProjectState
    created_at: datetime


class ProjectDetail(ProjectOut):
    """A project with who carries it out, and what the caller may do about it."""

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra=shown(
            examples.PROJECT_LINE | {"partners": [examples.PARTNER_OUT], "allowed_actions": ["end", "stop"]}
        ),
    )

    partners: list[ProjectPartnerOut]
    allowed_actions: list[str] = Field(description="What the caller may do about it, as it now stands.")

    @classmethod
    def whole(cls, project: Project, partners: Sequence[ProjectPartner], caller: Caller) -> Self:
        """Return everything that is to be read about a project."""
        line = ProjectOut.model_validate(project)
        return cls(
            partners=[ProjectPartnerOut.model_validate(one) for one in partners],
            allowed_actions=actions.of_project(project, caller),
            **dict(line),
        )
