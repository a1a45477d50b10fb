"""Tables of budgets: versions with lines by year, kind and fund, co-funding shares, and what is left over."""

import enum
from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.database import Base, Record
from app.projects.models.register import Project
from app.projects.models.sites import Site


class CostKind(enum.StrEnum):
    """What a project's money is spent on; as `sub` it stands in the ledger's accounts of programme cost."""

    aid = "aid"
    goods = "goods"
    construction = "construction"
    materials = "materials"
    equipment = "equipment"
    services = "services"
    training = "training"
    travel = "travel"
    staff = "staff"
    management = "management"
    other = "other"


class BudgetVersionState(enum.StrEnum):
    """The life of one version of a project's budget."""

    draft = "draft"
    proposed = "proposed"
    approved = "approved"
    replaced = "replaced"
    rejected = "rejected"


class ProjectBudget(Record, Base):
    """One version of a project's budget. One version holds; another may be written or decided meanwhile."""

    __tablename__ = "project_budgets"
    __table_args__ = (
        UniqueConstraint("project_id", "number"),
        CheckConstraint("number >= 1", name="number"),
        Index(
            "project_budgets_approved_idx",
            "project_id",
            unique=True,
            postgresql_where=text("state = 'approved'"),
        ),
        Index(
            "project_budgets_open_idx",
            "project_id",
            unique=True,
            postgresql_where=text("state in ('draft', 'proposed')"),
        ),
    )

    project_id: Mapped[UUID] = mapped_column(ForeignKey(Project.id))
    number: Mapped[int]
    reason: Mapped[str]
    made_by: Mapped[str]
    state: Mapped[BudgetVersionState] = mapped_column(default=BudgetVersionState.draft)
    version: Mapped[int] = mapped_column(default=1)


class ProjectBudgetLine(Record, Base):
    """What is planned for a year on one kind of cost out of one fund; without a fund it is others' money."""

    __tablename__ = "project_budget_lines"
    __table_args__ = (
        UniqueConstraint(
            *("budget_id", "year", "kind", "fund_id"),
            name="project_budget_lines_place_key",
            postgresql_nulls_not_distinct=True,
        ),
        CheckConstraint("amount between 1 and 1000000000000000", name="amount"),
        CheckConstraint("year between 1990 and 2999", name="year"),
        Index("project_budget_lines_fund_id_idx", "fund_id"),
    )

    budget_id: Mapped[UUID] = mapped_column(ForeignKey(ProjectBudget.id))
    year: Mapped[int]
    kind: Mapped[CostKind]
    amount: Mapped[int]
    fund_id: Mapped[UUID | None] = mapped_column(ForeignKey("funds.id"), default=None)
    note: Mapped[str | None] = mapped_column(default=None)


class ShareSource(enum.StrEnum):
    """Who bears a part of what a project or a site costs."""

    province = "province"
    city = "city"
    county = "county"
    government = "government"
    self_raised = "self_raised"
    donor = "donor"


class FundingShare(Record, Base):
    """What one source bears of a project's or a site's cost: as planned, and as far as it has come."""

    __tablename__ = "funding_shares"
    __table_args__ = (
        UniqueConstraint(
            *("project_id", "site_id", "source"),
            name="funding_shares_place_key",
            postgresql_nulls_not_distinct=True,
        ),
        # A site's share is one of the site's own project.
        ForeignKeyConstraint(["site_id", "project_id"], ["sites.id", "sites.project_id"]),
        CheckConstraint("planned_minor between 0 and 1000000000000000", name="planned"),
        CheckConstraint("received_minor between 0 and 1000000000000000", name="received"),
    )

    project_id: Mapped[UUID] = mapped_column(ForeignKey(Project.id))
    source: Mapped[ShareSource]
    planned_minor: Mapped[int]
    received_minor: Mapped[int] = mapped_column(default=0)
    site_id: Mapped[UUID | None] = mapped_column(ForeignKey(Site.id), default=None)


class LeftoverUse(enum.StrEnum):
    """Where money goes that a project did not need (慈善法 art. 58)."""

    similar_project = "similar_project"
    as_agreed = "as_agreed"
    returned = "returned"


class LeftoverState(enum.StrEnum):
    """Whether a decision about leftover money holds."""

    proposed = "proposed"
    approved = "approved"
    rejected = "rejected"


class LeftoverDecision(Record, Base):
    """What is to become of the money that a project did not need: so much, to where, and on which ground."""

    __tablename__ = "leftover_decisions"
    __table_args__ = (
        CheckConstraint("amount between 1 and 1000000000000000", name="amount"),
        CheckConstraint("(use = 'similar_project') = (target_project_id is not null)", name="target"),
        CheckConstraint("target_project_id <> project_id", name="elsewhere"),
        CheckConstraint("(state = 'approved') = (decided_on is not null)", name="decided"),
        Index(
            "leftover_decisions_open_idx",
            "project_id",
            unique=True,
            postgresql_where=text("state = 'proposed'"),
        ),
        Index("leftover_decisions_project_id_idx", "project_id", "id"),
    )

    project_id: Mapped[UUID] = mapped_column(ForeignKey(Project.id))
    amount: Mapped[int]
    use: Mapped[LeftoverUse]
    ground: Mapped[str]
    asked_by: Mapped[str]
    target_project_id: Mapped[UUID | None] = mapped_column(ForeignKey(Project.id), default=None)
    state: Mapped[LeftoverState] = mapped_column(default=LeftoverState.proposed)
    decided_on: Mapped[date | None] = mapped_column(default=None)
