"""Grants: which role a person holds at which member, and which member lets another write in its books."""

import enum
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.database import Base, Record
from app.organizations.models.organizations import Organization
from app.organizations.models.staff import Staff


class Role(enum.StrEnum):
    """What a person is at a member; what that allows stands in permissions.py."""

    admin = "admin"
    accountant = "accountant"
    reviewer = "reviewer"
    cashier = "cashier"
    fundraising_officer = "fundraising_officer"
    project_officer = "project_officer"
    volunteer_coordinator = "volunteer_coordinator"
    disclosure_officer = "disclosure_officer"
    auditor = "auditor"
    viewer = "viewer"


# Who does one of these at a member does not do another one there, by whatever right.
SEPARATE = frozenset({Role.accountant, Role.reviewer, Role.cashier})


class Grant(Record, Base):
    """A role given to a person at a member. It is revoked, never deleted: who could do what stays known."""

    __tablename__ = "grants"
    __table_args__ = (
        Index(
            "grants_live_idx",
            *("staff_id", "organization_id", "role"),
            unique=True,
            postgresql_where=text("revoked_at is null"),
        ),
        # Nobody keeps the books, reviews them and holds the cash at once, unless somebody wrote down why.
        Index(
            "grants_separation_idx",
            *("staff_id", "organization_id"),
            unique=True,
            postgresql_where=text(
                "revoked_at is null and exception_reason is null"
                " and role in ('accountant', 'reviewer', 'cashier')"
            ),
        ),
        CheckConstraint("exception_reason <> ''", name="exception_reason"),
        CheckConstraint("(revoked_at is null) = (revoked_by is null)", name="revoked"),
        Index("grants_organization_id_idx", "organization_id"),
    )

    staff_id: Mapped[UUID] = mapped_column(ForeignKey(Staff.id))
    organization_id: Mapped[UUID] = mapped_column(ForeignKey(Organization.id))
    role: Mapped[Role]
    given_by: Mapped[str]
    exception_reason: Mapped[str | None] = mapped_column(default=None)
    revoked_at: Mapped[datetime | None] = mapped_column(default=None)
    revoked_by: Mapped[str | None] = mapped_column(default=None)


class Delegation(Record, Base):
    """For a time, the accountants of one member write in the books of another (代账)."""

    __tablename__ = "delegations"
    __table_args__ = (
        CheckConstraint("organization_id <> delegate_id", name="two_members"),
        CheckConstraint("valid_to >= valid_from", name="valid"),
        CheckConstraint("reason <> ''", name="reason"),
        CheckConstraint("(revoked_at is null) = (revoked_by is null)", name="revoked"),
        Index("delegations_delegate_id_idx", "delegate_id", postgresql_where=text("revoked_at is null")),
        Index("delegations_organization_id_idx", "organization_id"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey(Organization.id))
    delegate_id: Mapped[UUID] = mapped_column(ForeignKey(Organization.id))
    valid_from: Mapped[date]
    valid_to: Mapped[date]
    reason: Mapped[str]
    made_by: Mapped[str]
    revoked_at: Mapped[datetime | None] = mapped_column(default=None)
    revoked_by: Mapped[str | None] = mapped_column(default=None)
