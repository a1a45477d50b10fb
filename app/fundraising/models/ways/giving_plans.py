"""Tables of monthly giving: what a giver lets a platform charge every month, and how that changed."""

import enum
from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.database import Base, Record
from app.kit.money import AMOUNT_MINOR_MAX

DAY_MAX = 31


class GivingPlanState(enum.StrEnum):
    """Whether a plan is charged."""

    active = "active"
    paused = "paused"
    cancelled = "cancelled"


class GivingPlanStep(enum.StrEnum):
    """What can happen to a plan."""

    activated = "activated"
    changed = "changed"
    paused = "paused"
    resumed = "resumed"
    cancelled = "cancelled"


class GivingPlan(Record, Base):
    """A giver's word to give every month, under the platform's number. Who it is, only the platform knows.

    Amount, day and state are those after its latest step.
    """

    __tablename__ = "giving_plans"
    __table_args__ = (
        ForeignKeyConstraint(
            ["campaign_id", "organization_id"], ["campaigns.id", "campaigns.organization_id"]
        ),
        UniqueConstraint("platform_id", "their_id"),
        CheckConstraint(f"amount between 1 and {AMOUNT_MINOR_MAX}", name="amount"),
        CheckConstraint(f"charge_day between 1 and {DAY_MAX}", name="charge_day"),
        Index("giving_plans_organization_id_id_idx", "organization_id", "id"),
    )

    organization_id: Mapped[UUID]
    campaign_id: Mapped[UUID]
    platform_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"))
    their_id: Mapped[str]
    amount: Mapped[int]
    charge_day: Mapped[int]
    state: Mapped[GivingPlanState]


class GivingPlanChange(Record, Base):
    """A step in a plan's life, as it stood after it. Steps are added, in whatever order they are told."""

    __tablename__ = "giving_plan_changes"
    __table_args__ = (
        UniqueConstraint("plan_id", "occurred_at", "kind"),
        CheckConstraint(f"amount between 1 and {AMOUNT_MINOR_MAX}", name="amount"),
        CheckConstraint(f"charge_day between 1 and {DAY_MAX}", name="charge_day"),
    )

    plan_id: Mapped[UUID] = mapped_column(ForeignKey("giving_plans.id"))
    kind: Mapped[GivingPlanStep]
    occurred_at: Mapped[datetime]
    amount: Mapped[int | None]
    charge_day: Mapped[int | None]
    actor: Mapped[str]
