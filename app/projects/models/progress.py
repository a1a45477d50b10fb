"""Tables of progress: indicators, reports with their figures, inspections with findings, and closures."""

import enum
from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.database import Base, Record
from app.projects.models.register import Project
from app.projects.models.sites import Site


class Indicator(Record, Base):
    """Something by which a project is measured, with what it means to reach."""

    __tablename__ = "indicators"
    __table_args__ = (
        UniqueConstraint("project_id", "code"),
        UniqueConstraint("id", "project_id"),
        CheckConstraint("code ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$'", name="code"),
        CheckConstraint("target between 1 and 1000000000000000", name="target"),
    )

    project_id: Mapped[UUID] = mapped_column(ForeignKey(Project.id))
    code: Mapped[str]
    title: Mapped[str]
    unit: Mapped[str]
    target: Mapped[int]
    made_by: Mapped[str]


class ReportState(enum.StrEnum):
    """Whether a report has been looked at."""

    submitted = "submitted"
    accepted = "accepted"
    returned = "returned"


class ProgressReport(Record, Base):
    """What was done in a time, told by who carries a project out; others accept it, then it is published."""

    __tablename__ = "progress_reports"
    __table_args__ = (
        UniqueConstraint("project_id", "number"),
        UniqueConstraint("id", "project_id"),
        CheckConstraint("period_to >= period_from", name="period"),
        CheckConstraint("person_count >= 0 and person_times >= person_count", name="persons"),
        CheckConstraint("(state = 'submitted') = (decided_by is null)", name="decided"),
        CheckConstraint("decided_by <> made_by", name="apart"),
        CheckConstraint("state <> 'returned' or decided_reason is not null", name="reason"),
        CheckConstraint("published_on is null or state = 'accepted'", name="published"),
        # One report tells of a time; one that was returned is written again.
        Index(
            "progress_reports_period_idx",
            *("project_id", "organization_id", "period_from"),
            unique=True,
            postgresql_where=text("state <> 'returned'"),
        ),
    )

    project_id: Mapped[UUID] = mapped_column(ForeignKey(Project.id))
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organizations.id"))
    number: Mapped[int]
    period_from: Mapped[date]
    period_to: Mapped[date]
    done: Mapped[str]
    made_by: Mapped[str]
    problems: Mapped[str | None] = mapped_column(default=None)
    person_count: Mapped[int] = mapped_column(default=0)
    person_times: Mapped[int] = mapped_column(default=0)
    state: Mapped[ReportState] = mapped_column(default=ReportState.submitted)
    decided_by: Mapped[str | None] = mapped_column(default=None)
    decided_reason: Mapped[str | None] = mapped_column(default=None)
    published_on: Mapped[date | None] = mapped_column(default=None)


class ProgressFigure(Base):
    """What a report tells of an indicator: how much was reached in its time."""

    __tablename__ = "progress_figures"
    __table_args__ = (
        # Report and indicator are of one project.
        ForeignKeyConstraint(
            ["report_id", "project_id"], ["progress_reports.id", "progress_reports.project_id"]
        ),
        ForeignKeyConstraint(["indicator_id", "project_id"], ["indicators.id", "indicators.project_id"]),
        CheckConstraint("value between 0 and 1000000000000000", name="value"),
    )

    report_id: Mapped[UUID] = mapped_column(primary_key=True)
    indicator_id: Mapped[UUID] = mapped_column(primary_key=True)
    project_id: Mapped[UUID]
    value: Mapped[int]


class Inspection(Record, Base):
    """That an organization (the project's own or one above it) looked at a project or at one of its sites."""

    __tablename__ = "inspections"
    __table_args__ = (
        ForeignKeyConstraint(["site_id", "project_id"], ["sites.id", "sites.project_id"]),
        UniqueConstraint("id", "project_id"),
        Index("inspections_project_id_idx", "project_id", "id"),
    )

    project_id: Mapped[UUID] = mapped_column(ForeignKey(Project.id))
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organizations.id"))
    inspected_on: Mapped[date]
    summary: Mapped[str]
    made_by: Mapped[str]
    site_id: Mapped[UUID | None] = mapped_column(ForeignKey(Site.id), default=None)


class FindingState(enum.StrEnum):
    """How far a finding has come: to be answered, to be looked at again, or done."""

    open = "open"
    answered = "answered"
    settled = "settled"


class Finding(Record, Base):
    """Something that an inspection found wrong, until when it is to be right, and what was done about it."""

    __tablename__ = "findings"
    __table_args__ = (
        UniqueConstraint("inspection_id", "number"),
        ForeignKeyConstraint(["inspection_id", "project_id"], ["inspections.id", "inspections.project_id"]),
        CheckConstraint("(state = 'open') = (answer is null)", name="answer"),
        CheckConstraint("(answer is null) = (answered_by is null)", name="answered_by"),
        CheckConstraint("(state = 'settled') = (settled_by is not null)", name="settled"),
        # Who answers for what was done does not say that it was enough.
        CheckConstraint("settled_by <> answered_by", name="apart"),
        Index("findings_open_idx", "due_on", "id", postgresql_where=text("state <> 'settled'")),
        Index("findings_project_id_idx", "project_id", "id"),
    )

    inspection_id: Mapped[UUID]
    project_id: Mapped[UUID] = mapped_column(ForeignKey(Project.id))
    number: Mapped[int]
    defect: Mapped[str]
    due_on: Mapped[date]
    state: Mapped[FindingState] = mapped_column(default=FindingState.open)
    answer: Mapped[str | None] = mapped_column(default=None)
    answered_by: Mapped[str | None] = mapped_column(default=None)
    answered_on: Mapped[date | None] = mapped_column(default=None)
    settled_by: Mapped[str | None] = mapped_column(default=None)
    settled_on: Mapped[date | None] = mapped_column(default=None)


class ProjectClosure(Base):
    """How a project that is over is judged; without it no project is closed."""

    __tablename__ = "project_closures"
    __table_args__ = (CheckConstraint("rating between 1 and 5", name="rating"),)

    project_id: Mapped[UUID] = mapped_column(ForeignKey(Project.id), primary_key=True)
    evaluation: Mapped[str]
    lessons: Mapped[str]
    rating: Mapped[int]
    closed_on: Mapped[date]
    closed_by: Mapped[str]
