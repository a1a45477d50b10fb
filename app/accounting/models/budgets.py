"""Tables of an organization's yearly budget: versions, each with its lines."""

import enum
from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.database import Base, Record
from app.kit.money import AMOUNT_MINOR_MAX


class BudgetState(enum.StrEnum):
    """Whether a version is being written, holds, or has been followed by another."""

    draft = "draft"
    approved = "approved"
    superseded = "superseded"


class YearBudget(Record, Base):
    """One version of what an organization means to take in and spend in a year."""

    __tablename__ = "year_budgets"
    __table_args__ = (
        UniqueConstraint("organization_id", "year", "number"),
        # One version holds at a time, and one is written at a time.
        Index(
            "year_budgets_state_idx",
            *("organization_id", "year", "state"),
            unique=True,
            postgresql_where=text("state <> 'superseded'"),
        ),
        CheckConstraint("year between 2000 and 2999", name="year"),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("(state = 'draft') = (num_nulls(approved_by, approved_at) = 2)", name="approved"),
        CheckConstraint("approved_by <> made_by", name="separate"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"))
    year: Mapped[int] = mapped_column(SmallInteger)
    number: Mapped[int] = mapped_column(SmallInteger)
    reason: Mapped[str]
    made_by: Mapped[str]
    state: Mapped[BudgetState] = mapped_column(default=BudgetState.draft)
    approved_by: Mapped[str | None] = mapped_column(default=None)
    approved_at: Mapped[datetime | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column(default=1)


class YearBudgetLine(Base):
    """What a statutory account may come to in the year: for one project, or for all that has no line."""

    __tablename__ = "year_budget_lines"
    __table_args__ = (
        UniqueConstraint("budget_id", "code", "project_id", postgresql_nulls_not_distinct=True),
        CheckConstraint(f"amount between 0 and {AMOUNT_MINOR_MAX}", name="amount"),
        CheckConstraint("number between 1 and 500", name="number"),
        CheckConstraint("code ~ '^[45][0-9]{3}$'", name="code"),
    )

    budget_id: Mapped[UUID] = mapped_column(ForeignKey(YearBudget.id), primary_key=True)
    number: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    code: Mapped[str]
    amount: Mapped[int]
    title: Mapped[str | None] = mapped_column(default=None)
    project_id: Mapped[UUID | None] = mapped_column(ForeignKey("dimensions.id"), default=None)
