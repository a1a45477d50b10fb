"""Tables of what was decided about aid cases, what caps allow, and where it stood open to objections."""

import enum
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.database import Base, Record
from app.projects.models.aid_cases import AidCase
from app.projects.models.register import AidStandard


class AidVerdict(enum.StrEnum):
    """What was decided."""

    approve = "approve"
    refuse = "refuse"


class AidDecision(Record, Base):
    """What was decided about a case, by which version of the standard; an appeal is decided by another."""

    __tablename__ = "aid_decisions"
    __table_args__ = (
        UniqueConstraint("case_id", "number"),
        UniqueConstraint("case_id", "decided_by"),
        CheckConstraint("number between 1 and 2", name="number"),
        CheckConstraint("(verdict = 'approve') = (amount_minor is not null)", name="verdict"),
        ForeignKeyConstraint(
            ["case_id", "decided_by"],
            ["aid_case_people.case_id", "aid_case_people.person"],
            name="aid_decisions_person_fkey",
        ),
    )

    case_id: Mapped[UUID]
    number: Mapped[int]
    verdict: Mapped[AidVerdict]
    standard_id: Mapped[UUID] = mapped_column(ForeignKey(AidStandard.id))
    decided_by: Mapped[str]
    decided_on: Mapped[date]
    amount_minor: Mapped[int | None] = mapped_column(default=None)
    # Set when an objection was right or the person withdrew: the decision no longer holds.
    overturned_at: Mapped[datetime | None] = mapped_column(default=None)


class AidEpisodeSum(Base):
    """What one project gave or will give in one illness or event, and how much its standard allows."""

    __tablename__ = "aid_episode_sums"
    __table_args__ = (
        CheckConstraint("amount_minor <= cap_minor", name="cap"),
        CheckConstraint("amount_minor >= 0", name="amount"),
    )

    project_id: Mapped[UUID] = mapped_column(ForeignKey("projects.id"), primary_key=True)
    episode_id: Mapped[UUID] = mapped_column(primary_key=True)
    amount_minor: Mapped[int]
    cap_minor: Mapped[int | None] = mapped_column(default=None)


class AidYearSum(Base):
    """What one project gave or will give one person in a year, and how much its standard allows."""

    __tablename__ = "aid_year_sums"
    __table_args__ = (
        CheckConstraint("amount_minor <= cap_minor", name="cap"),
        CheckConstraint("amount_minor >= 0", name="amount"),
    )

    project_id: Mapped[UUID] = mapped_column(ForeignKey("projects.id"), primary_key=True)
    beneficiary_id: Mapped[UUID] = mapped_column(ForeignKey("beneficiaries.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    amount_minor: Mapped[int]
    cap_minor: Mapped[int | None] = mapped_column(default=None)


class AidNotice(Record, Base):
    """That a decision was put up for everybody to object to: from when to when, and where."""

    __tablename__ = "aid_notices"
    __table_args__ = (
        UniqueConstraint("decision_id"),
        CheckConstraint("ends_on >= starts_on", name="days"),
        Index("aid_notices_ends_on_idx", "ends_on", "id"),
    )

    case_id: Mapped[UUID] = mapped_column(ForeignKey(AidCase.id))
    decision_id: Mapped[UUID] = mapped_column(ForeignKey(AidDecision.id))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    place: Mapped[str]
    contact: Mapped[str]
    made_by: Mapped[str]


class AidObjection(Record, Base):
    """That somebody objected to a decision; what they said lies in the vault."""

    __tablename__ = "aid_objections"
    __table_args__ = (
        UniqueConstraint("case_id", "number"),
        CheckConstraint("num_nulls(upheld, settled_at, settled_by) in (0, 3)", name="settled"),
        Index("aid_objections_open_idx", "case_id", postgresql_where=text("settled_at is null")),
    )

    case_id: Mapped[UUID] = mapped_column(ForeignKey(AidCase.id))
    number: Mapped[int]
    raised_on: Mapped[date]
    recorded_by: Mapped[str]
    upheld: Mapped[bool | None] = mapped_column(default=None)
    settled_at: Mapped[datetime | None] = mapped_column(default=None)
    settled_by: Mapped[str | None] = mapped_column(default=None)
