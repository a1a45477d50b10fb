"""Tables of the register: programmes, projects, who carries them out, their states, and aid standards."""

import enum
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Computed,
    Enum,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.clock import now
from app.kit.database import Base, Record


class ProjectCategory(enum.StrEnum):
    """What a project does for people."""

    education = "education"
    health = "health"
    industry = "industry"
    transport = "transport"
    consumption = "consumption"
    emergency = "emergency"
    medical_aid = "medical_aid"
    livelihood = "livelihood"
    elderly = "elderly"
    children = "children"
    disability = "disability"
    community = "community"
    environment = "environment"
    culture = "culture"
    other = "other"


class ProjectState(enum.StrEnum):
    """The life of a project."""

    draft = "draft"
    proposed = "proposed"
    approved = "approved"
    running = "running"
    closing = "closing"
    closed = "closed"
    stopped = "stopped"


def _values(states: type[ProjectState]) -> list[str]:
    return [state.value for state in states]


def _named(name: str) -> Enum:
    return Enum(
        ProjectState,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=40,
        values_callable=_values,
    )


class Programme(Record, Base):
    """A brand under which many projects are carried out, by its organization and those below it."""

    __tablename__ = "programmes"
    __table_args__ = (
        UniqueConstraint("organization_id", "code"),
        CheckConstraint("code ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$'", name="code"),
        CheckConstraint("ends_on >= starts_on", name="dates"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organizations.id"))
    code: Mapped[str]
    title: Mapped[str]
    category: Mapped[ProjectCategory]
    purpose: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None] = mapped_column(default=None)
    brand: Mapped[str | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column(default=1)


class Project(Base):
    """What money is spent on. It shares its id and its immutable code with its dimension in the books."""

    __tablename__ = "projects"
    __table_args__ = (
        UniqueConstraint("id", "organization_id"),
        ForeignKeyConstraint(
            ["id", "dimension_kind"], ["dimensions.id", "dimensions.kind"], name="projects_dimension_fkey"
        ),
        CheckConstraint("code ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$'", name="code"),
        CheckConstraint("planned_to >= planned_from", name="planned"),
        CheckConstraint("executed_to >= executed_from", name="executed"),
        # What has begun has a first day, what has ended a last one; a project stopped on paper has neither.
        CheckConstraint(
            "case when state in ('draft', 'proposed', 'approved') then executed_from is null"
            " when state = 'running' then executed_from is not null and executed_to is null"
            " when state in ('closing', 'closed') then executed_from is not null and executed_to is not null"
            " else (executed_from is null) = (executed_to is null) end",
            name="execution",
        ),
        Index("projects_organization_id_idx", "organization_id", "id"),
        Index("projects_programme_id_idx", "programme_id"),
        Index("projects_region_code_idx", "region_code"),
    )
    __mapper_args__ = {"eager_defaults": True}  # noqa: RUF012 - SQLAlchemy reads it from the class

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organizations.id"))
    code: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    category: Mapped[ProjectCategory]
    content: Mapped[str]
    region_code: Mapped[str] = mapped_column(ForeignKey("regions.code"))
    planned_from: Mapped[date]
    planned_to: Mapped[date]
    beneficiary_rule: Mapped[str]
    programme_id: Mapped[UUID | None] = mapped_column(ForeignKey(Programme.id), default=None)
    brand: Mapped[str | None] = mapped_column(default=None)
    town: Mapped[str | None] = mapped_column(default=None)
    village: Mapped[str | None] = mapped_column(default=None)
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"), default=None)
    state: Mapped[ProjectState] = mapped_column(default=ProjectState.draft)
    executed_from: Mapped[date | None] = mapped_column(default=None)
    executed_to: Mapped[date | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(init=False, default_factory=now, insert_default=now)
    dimension_kind: Mapped[str] = mapped_column(
        String(40), Computed("'project'", persisted=True), init=False, repr=False
    )


class ProjectPartner(Record, Base):
    """Who carries a project out beside its organization: a member of the federation, or somebody outside."""

    __tablename__ = "project_partners"
    __table_args__ = (
        CheckConstraint("(organization_id is null) <> (name is null)", name="who"),
        Index("project_partners_project_id_idx", "project_id", "id"),
        Index(
            "project_partners_member_idx",
            *("organization_id", "project_id"),
            unique=True,
            postgresql_where=text("organization_id is not null"),
        ),
        Index(
            "project_partners_name_idx",
            *("project_id", "name"),
            unique=True,
            postgresql_where=text("name is not null"),
        ),
    )

    project_id: Mapped[UUID] = mapped_column(ForeignKey(Project.id))
    task: Mapped[str]
    added_by: Mapped[str]
    organization_id: Mapped[UUID | None] = mapped_column(ForeignKey("organizations.id"), default=None)
    name: Mapped[str | None] = mapped_column(default=None)


class ProjectStep(Record, Base):
    """That a project came into a state: who brought it there, when, from which day on, and why."""

    __tablename__ = "project_steps"
    __table_args__ = (
        # Of two who move a project at once one writes the next number, the other is refused.
        UniqueConstraint("project_id", "number"),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("from_state <> to_state", name="states"),
    )

    project_id: Mapped[UUID] = mapped_column(ForeignKey(Project.id))
    number: Mapped[int]
    to_state: Mapped[ProjectState]
    actor: Mapped[str]
    # A constraint of its own name: a table has one per enumeration otherwise.
    from_state: Mapped[ProjectState | None] = mapped_column(_named("fromstate"), default=None)
    valid_from: Mapped[date | None] = mapped_column(default=None)
    reason: Mapped[str | None] = mapped_column(default=None)


class AidStandard(Record, Base):
    """One version of whom a project helps, by how much, and how one asks (慈善法 art. 81)."""

    __tablename__ = "aid_standards"
    __table_args__ = (
        UniqueConstraint("project_id", "number"),
        UniqueConstraint("project_id", "valid_from"),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("cap_episode_minor between 1 and 1000000000000000", name="cap_episode"),
        CheckConstraint("cap_year_minor between 1 and 1000000000000000", name="cap_year"),
    )

    project_id: Mapped[UUID] = mapped_column(ForeignKey(Project.id))
    number: Mapped[int]
    valid_from: Mapped[date]
    standard: Mapped[str]
    workflow: Mapped[str]
    norms: Mapped[str]
    made_by: Mapped[str]
    cap_episode_minor: Mapped[int | None] = mapped_column(default=None)
    cap_year_minor: Mapped[int | None] = mapped_column(default=None)


class AidStandardNotice(Record, Base):
    """That beneficiaries were told a version of the aid standard: on which day, and how."""

    __tablename__ = "aid_standard_notices"
    __table_args__ = (Index("aid_standard_notices_standard_id_idx", "standard_id", "told_on"),)

    standard_id: Mapped[UUID] = mapped_column(ForeignKey(AidStandard.id))
    told_on: Mapped[date]
    way: Mapped[str]
    audience: Mapped[str]
    told_by: Mapped[str]
