"""Tables of benefits: what was given to whom, and the totals that statistics read."""

import enum
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.database import Base, Record
from app.projects.models.register import ProjectCategory


class BenefitKind(enum.StrEnum):
    """In what somebody was helped."""

    money = "money"
    goods = "goods"
    service = "service"


class BenefitBasis(enum.StrEnum):
    """Whether it is known who was helped, or only how many."""

    identified = "identified"
    counted_only = "counted_only"


class Benefit(Record, Base):
    """Help that one person received on a day, or so many people who are only counted."""

    __tablename__ = "benefits"
    __table_args__ = (
        ForeignKeyConstraint(
            ["project_id", "organization_id"],
            ["projects.id", "projects.organization_id"],
            name="benefits_project_fkey",
        ),
        # Who is helped by an organization is known to it.
        ForeignKeyConstraint(
            ["beneficiary_id", "organization_id"],
            ["beneficiary_enrolments.beneficiary_id", "beneficiary_enrolments.organization_id"],
            name="benefits_beneficiary_fkey",
        ),
        ForeignKeyConstraint(
            ["group_id", "organization_id"],
            ["beneficiary_groups.id", "beneficiary_groups.organization_id"],
            name="benefits_group_fkey",
        ),
        # A redelivered list is told from a second one by the references of its lines.
        UniqueConstraint("project_id", "reference"),
        CheckConstraint("beneficiary_id is null or (group_id is null and person_count = 1)", name="whom"),
        CheckConstraint("person_count between 1 and 1000000000", name="person_count"),
        CheckConstraint("amount_minor between 0 and 1000000000000000", name="amount"),
        CheckConstraint("kind <> 'money' or amount_minor > 0", name="money"),
        CheckConstraint("(quantity is null) = (unit is null) and quantity > 0", name="quantity"),
        CheckConstraint("num_nulls(voided_at, voided_by) in (0, 2)", name="voided"),
        Index("benefits_project_id_idx", "project_id", "id"),
        # By which the people of a region are counted (ADR 0058).
        Index(
            "benefits_region_code_idx",
            *("region_code", "given_on"),
            postgresql_where=text("beneficiary_id is not null and voided_at is null"),
        ),
        Index(
            "benefits_beneficiary_id_idx",
            *("beneficiary_id", "given_on"),
            postgresql_where=text("beneficiary_id is not null"),
        ),
    )

    project_id: Mapped[UUID]
    organization_id: Mapped[UUID]
    # The project's, as it stood that day: totals do not move when a category is corrected.
    category: Mapped[ProjectCategory]
    kind: Mapped[BenefitKind]
    given_on: Mapped[date]
    region_code: Mapped[str] = mapped_column(ForeignKey("regions.code"))
    title: Mapped[str]
    person_count: Mapped[int]
    amount_minor: Mapped[int]
    recorded_by: Mapped[str]
    # In whose totals it counts: its project, its organization and those above it when it was recorded.
    counted_at: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()))
    beneficiary_id: Mapped[UUID | None] = mapped_column(default=None)
    group_id: Mapped[UUID | None] = mapped_column(default=None)
    quantity: Mapped[int | None] = mapped_column(default=None)
    unit: Mapped[str | None] = mapped_column(default=None)
    reference: Mapped[str | None] = mapped_column(default=None)
    voided_at: Mapped[datetime | None] = mapped_column(default=None)
    voided_by: Mapped[str | None] = mapped_column(default=None)


class BenefitMonth(Base):
    """The person-times of a month at a project, or at an organization with all below it."""

    __tablename__ = "benefit_months"
    __table_args__ = ({"postgresql_with": {"fillfactor": "50"}},)

    node_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"), primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    region_code: Mapped[str] = mapped_column(ForeignKey("regions.code"), primary_key=True)
    category: Mapped[ProjectCategory] = mapped_column(primary_key=True)
    kind: Mapped[BenefitKind] = mapped_column(primary_key=True)
    basis: Mapped[BenefitBasis] = mapped_column(primary_key=True)
    person_times: Mapped[int]
    amount_minor: Mapped[int]


class HelpedMonth(Base):
    """That a person was helped in a month, so many times, by a project or in an organization's subtree."""

    __tablename__ = "helped_months"

    node_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"), primary_key=True)
    beneficiary_id: Mapped[UUID] = mapped_column(ForeignKey("beneficiaries.id"), primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    benefit_count: Mapped[int]


class HelpedSpan(Base):
    """How many people were helped in a month who had been helped last in another one (ADR 0055).

    The people of a span of months are those whose last month before one of its months lies before the span:
    a sum over months, however many people there are.
    """

    __tablename__ = "helped_spans"
    __table_args__ = (
        CheckConstraint("last_on < month", name="order"),
        {"postgresql_with": {"fillfactor": "50"}},
    )

    node_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"), primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    last_on: Mapped[date] = mapped_column(primary_key=True)
    person_count: Mapped[int]
