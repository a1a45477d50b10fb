"""Tables of pay, and of what may be spent on travel and reception."""

import enum
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.database import Base, Record
from app.kit.money import AMOUNT_MINOR_MAX
from app.organizations.models import Organization


class PayList(Record, Base):
    """A year's highest pay by post, as it is published; a later version corrects an earlier one."""

    __tablename__ = "pay_lists"
    __table_args__ = (
        UniqueConstraint("organization_id", "year", "version"),
        CheckConstraint("jsonb_array_length(lines) between 1 and 5", name="five"),
        CheckConstraint("version >= 1", name="version"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey(Organization.id))
    year: Mapped[int]
    version: Mapped[int]
    # Each with `post` and `amount_minor`, the highest first; no names.
    lines: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    recorded_by: Mapped[str]


class StaffTotal(Record, Base):
    """How many worked for an organization in a year, and what all of them together were paid."""

    __tablename__ = "staff_totals"
    __table_args__ = (
        UniqueConstraint("organization_id", "year", "version"),
        CheckConstraint("headcount >= 0 and full_time_count between 0 and headcount", name="count"),
        CheckConstraint(
            f"pay_minor between 0 and {AMOUNT_MINOR_MAX} and benefits_minor between 0 and {AMOUNT_MINOR_MAX}",
            name="amount",
        ),
        CheckConstraint("version >= 1", name="version"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey(Organization.id))
    year: Mapped[int]
    version: Mapped[int]
    headcount: Mapped[int]
    full_time_count: Mapped[int]
    pay_minor: Mapped[int]
    benefits_minor: Mapped[int]
    recorded_by: Mapped[str]


class StandardKind(enum.StrEnum):
    """For what an organization sets a standard; the first four are published by law."""

    abroad = "abroad"
    vehicles = "vehicles"
    reception = "reception"
    travel = "travel"
    training = "training"


PUBLISHED_STANDARDS = frozenset(
    {StandardKind.abroad, StandardKind.vehicles, StandardKind.reception, StandardKind.travel}
)
"""The four that an organization with a certificate for public fundraising publishes (81号令 5)."""


class ExpenseStandard(Record, Base):
    """A version of what may be spent on travel, vehicles, reception or training."""

    __tablename__ = "expense_standards"
    __table_args__ = (
        UniqueConstraint("organization_id", "kind", "effective_from"),
        CheckConstraint("effective_from >= adopted_on", name="dates"),
        CheckConstraint("jsonb_array_length(lines) between 1 and 100", name="lines"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey(Organization.id))
    kind: Mapped[StandardKind]
    title: Mapped[str]
    adopted_by: Mapped[str]
    adopted_on: Mapped[date]
    effective_from: Mapped[date]
    # Each with `item`, `per` and `amount_minor`.
    lines: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    recorded_by: Mapped[str]
