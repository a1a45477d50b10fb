"""Deputyships: who decides for an absent person, at which member and on which days."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.database import Base, Record
from app.organizations.models.organizations import Organization
from app.organizations.models.staff import Staff


class Deputyship(Record, Base):
    """For a time one person decides in another's right. It is revoked, never deleted."""

    __tablename__ = "deputyships"
    __table_args__ = (
        CheckConstraint("principal_id <> deputy_id", name="two_people"),
        CheckConstraint("valid_to >= valid_from", name="valid"),
        CheckConstraint("reason <> ''", name="reason"),
        CheckConstraint("exception_reason <> ''", name="exception_reason"),
        CheckConstraint("(revoked_at is null) = (revoked_by is null)", name="revoked"),
        Index("deputyships_deputy_id_idx", "deputy_id", "organization_id"),
        Index("deputyships_organization_id_idx", "organization_id"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey(Organization.id))
    principal_id: Mapped[UUID] = mapped_column(ForeignKey(Staff.id))
    deputy_id: Mapped[UUID] = mapped_column(ForeignKey(Staff.id))
    valid_from: Mapped[date]
    valid_to: Mapped[date]
    reason: Mapped[str]
    made_by: Mapped[str]
    exception_reason: Mapped[str | None] = mapped_column(default=None)
    revoked_at: Mapped[datetime | None] = mapped_column(default=None)
    revoked_by: Mapped[str | None] = mapped_column(default=None)
