"""Policies: which steps a kind of request takes at a member, by its amount."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, ForeignKeyConstraint, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.clock import now
from app.kit.database import Base
from app.organizations.models.approvals import STEPS_MAX
from app.organizations.models.grants import Role
from app.organizations.models.organizations import Organization

_ROLES = ", ".join(f"'{role}'" for role in Role)


class ApprovalPolicy(Base):
    """One version of a policy; the highest one counts. Two people who write the same version meet its key."""

    __tablename__ = "approval_policies"
    __table_args__ = (
        CheckConstraint("kind ~ '^[a-z][a-z_]{0,39}$'", name="kind"),
        CheckConstraint("version > 0", name="version"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey(Organization.id), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    made_by: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(init=False, default_factory=now, insert_default=now)


class ApprovalTier(Base):
    """The steps up to and with an amount; without one, for whatever is above and for what has no amount."""

    __tablename__ = "approval_tiers"
    __table_args__ = (
        ForeignKeyConstraint(
            ["organization_id", "kind", "version"],
            ["approval_policies.organization_id", "approval_policies.kind", "approval_policies.version"],
            name="approval_tiers_policy_fkey",
        ),
        CheckConstraint("up_to_minor > 0", name="up_to"),
        CheckConstraint(
            f"roles <@ array[{_ROLES}] and cardinality(roles) between 1 and {STEPS_MAX}", name="roles"
        ),
    )

    organization_id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    roles: Mapped[list[str]] = mapped_column(ARRAY(Text))
    up_to_minor: Mapped[int | None] = mapped_column(default=None)
