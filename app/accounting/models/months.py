"""Tables of months: who asked for a closing, who closed, who reopened; and the published years."""

import enum
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, SmallInteger
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.clock import now
from app.kit.database import Base, Record
from app.organizations.models import Staff


class StepKind(enum.StrEnum):
    """What happened to a month."""

    asked = "asked"
    closed = "closed"
    reopened = "reopened"


class MonthStep(Record, Base):
    """One step in a month's life, for ever: auditors read who took it and why."""

    __tablename__ = "month_steps"
    __table_args__ = (
        ForeignKeyConstraint(["organization_id", "month"], ["periods.organization_id", "periods.month"]),
        # Whoever asked for the closing is not the one who closes.
        CheckConstraint("asked_by <> taken_by", name="two_people"),
        CheckConstraint("(kind = 'closed') = (asked_by is not null)", name="asked_by"),
        CheckConstraint("kind <> 'reopened' or reason is not null", name="reason"),
        # Only who closes a month waives what holds it up.
        CheckConstraint("kind = 'closed' or waivers = '[]'", name="waivers"),
        Index("month_steps_organization_id_month_idx", "organization_id", "month", "id"),
    )

    organization_id: Mapped[UUID]
    month: Mapped[date]
    kind: Mapped[StepKind]
    taken_by: Mapped[UUID] = mapped_column(ForeignKey(Staff.id))
    asked_by: Mapped[UUID | None] = mapped_column(ForeignKey(Staff.id), default=None)
    reason: Mapped[str | None] = mapped_column(default=None)
    checklist: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default_factory=list[dict[str, Any]])
    waivers: Mapped[list[dict[str, str]]] = mapped_column(JSONB, default_factory=list[dict[str, str]])


class PublishedYear(Base):
    """A year whose figures are published: none of its months is ever reopened."""

    __tablename__ = "published_years"

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"), primary_key=True)
    year: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    publication: Mapped[str]
    published_at: Mapped[datetime] = mapped_column(init=False, default_factory=now, insert_default=now)
