"""Tables of retention: what holds records beyond their time, what was done with them, and on which days."""

import enum
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.clock import now
from app.kit.database import Base, Record
from app.organizations.models import Organization


class Fate(enum.StrEnum):
    """What is done with a record when its time is over."""

    keep = "keep"
    erase = "erase"
    delete = "delete"


class RetentionHold(Record, Base):
    """That records of a kind are kept whatever the rule says: one of them, or an organization's all."""

    __tablename__ = "retention_holds"
    __table_args__ = (
        CheckConstraint("num_nonnulls(released_at, released_by, released_reason) in (0, 3)", name="released"),
        Index(
            "retention_holds_live_idx",
            "organization_id",
            "rule_id",
            postgresql_where=text("released_at is null"),
        ),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey(Organization.id))
    rule_id: Mapped[str]
    reason: Mapped[str]
    document: Mapped[str]
    placed_by: Mapped[str]
    subject_id: Mapped[UUID | None] = mapped_column(default=None)
    released_at: Mapped[datetime | None] = mapped_column(default=None)
    released_by: Mapped[str | None] = mapped_column(default=None)
    released_reason: Mapped[str | None] = mapped_column(default=None)


class RetentionAct(Record, Base):
    """That a record's time was over and what was done with it, once. Never changed or deleted."""

    __tablename__ = "retention_acts"
    __table_args__ = (
        UniqueConstraint("rule_id", "subject_id"),
        CheckConstraint("fate <> 'keep'", name="ended"),
        Index("retention_acts_organization_id_idx", "organization_id", "id"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey(Organization.id))
    rule_id: Mapped[str]
    subject_id: Mapped[UUID]
    fate: Mapped[Fate]
    ended_on: Mapped[date]
    kept_until: Mapped[date]


class RetentionRound(Base):
    """A day on which everything that was due has been done."""

    __tablename__ = "retention_rounds"

    done_on: Mapped[date] = mapped_column(primary_key=True)
    act_count: Mapped[int]
    finished_at: Mapped[datetime] = mapped_column(init=False, default_factory=now, insert_default=now)
