"""Table of dissolutions: why an organization ends, how it is wound up, and where what is left goes."""

import enum
from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.database import Base, Record
from app.kit.money import AMOUNT_MINOR_MAX
from app.organizations.models import Organization


class DissolutionGround(enum.StrEnum):
    """Why an organization ends (慈善法 17)."""

    charter = "charter"
    merger_or_division = "merger_or_division"
    inactive = "inactive"
    registration_revoked = "registration_revoked"
    other_by_law = "other_by_law"


class RemainderBasis(enum.StrEnum):
    """By whose word what is left goes to a like charity: the charter's, or the authority's (慈善法 18)."""

    charter = "charter"
    authority = "authority"


class Dissolution(Record, Base):
    """That an organization ends, with the steps of its winding up; the ground's day sets the clock off."""

    __tablename__ = "dissolutions"
    __table_args__ = (
        CheckConstraint(
            "num_nonnulls(group_formed_on, announced_on, announced_in, formed_by) in (0, 4)", name="formed"
        ),
        CheckConstraint(
            "group_formed_on >= occurred_on and announced_on >= group_formed_on", name="formed_order"
        ),
        CheckConstraint(
            "num_nonnulls(liquidated_on, remainder_minor, liquidated_by) in (0, 3)", name="liquidated"
        ),
        CheckConstraint(
            "liquidated_on is null or (group_formed_on is not null and liquidated_on >= group_formed_on)",
            name="liquidated_order",
        ),
        CheckConstraint(f"remainder_minor between 0 and {AMOUNT_MINOR_MAX}", name="remainder"),
        # What is left always goes somewhere (18), and nothing goes nowhere.
        CheckConstraint(
            "num_nonnulls(remainder_to, remainder_basis)"
            " = case when coalesce(remainder_minor, 0) > 0 then 2 else 0 end",
            name="destination",
        ),
        CheckConstraint(
            "num_nonnulls(deregistered_on, deregistration_no, deregistered_by) in (0, 3)", name="deregistered"
        ),
        CheckConstraint(
            "deregistered_on is null or (liquidated_on is not null and deregistered_on >= liquidated_on)",
            name="deregistered_order",
        ),
        CheckConstraint(
            "num_nonnulls(withdrawn_on, withdrawn_by, withdrawn_reason) in (0, 3)", name="withdrawn"
        ),
        CheckConstraint("num_nonnulls(withdrawn_on, deregistered_on) < 2", name="over"),
        Index(
            "dissolutions_live_idx",
            "organization_id",
            unique=True,
            postgresql_where=text("withdrawn_on is null"),
        ),
        Index("dissolutions_organization_id_idx", "organization_id", "occurred_on", "id"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey(Organization.id))
    ground: Mapped[DissolutionGround]
    occurred_on: Mapped[date]
    decision: Mapped[str]
    recorded_by: Mapped[str]
    group_formed_on: Mapped[date | None] = mapped_column(default=None)
    announced_on: Mapped[date | None] = mapped_column(default=None)
    announced_in: Mapped[str | None] = mapped_column(default=None)
    formed_by: Mapped[str | None] = mapped_column(default=None)
    liquidated_on: Mapped[date | None] = mapped_column(default=None)
    remainder_minor: Mapped[int | None] = mapped_column(default=None)
    remainder_to: Mapped[str | None] = mapped_column(default=None)
    remainder_basis: Mapped[RemainderBasis | None] = mapped_column(default=None)
    liquidated_by: Mapped[str | None] = mapped_column(default=None)
    deregistered_on: Mapped[date | None] = mapped_column(default=None)
    deregistration_no: Mapped[str | None] = mapped_column(default=None)
    deregistered_by: Mapped[str | None] = mapped_column(default=None)
    withdrawn_on: Mapped[date | None] = mapped_column(default=None)
    withdrawn_by: Mapped[str | None] = mapped_column(default=None)
    withdrawn_reason: Mapped[str | None] = mapped_column(default=None)
