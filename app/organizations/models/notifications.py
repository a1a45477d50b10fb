"""Notifications: what somebody was told of, and when they read it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.database import Base, Record
from app.organizations.models.organizations import Organization
from app.organizations.models.staff import Staff


class Notification(Record, Base):
    """One event told to one person, once however often the events are gone through."""

    __tablename__ = "notifications"
    __table_args__ = (
        UniqueConstraint("staff_id", "event_id"),
        Index("notifications_unread_idx", "staff_id", "id", postgresql_where=text("read_at is null")),
        Index("notifications_staff_id_idx", "staff_id", "id"),
    )

    staff_id: Mapped[UUID] = mapped_column(ForeignKey(Staff.id))
    # Events are forgotten after a while: what the reader needs of one is copied.
    event_id: Mapped[UUID]
    topic: Mapped[str]
    subject: Mapped[str]
    occurred_at: Mapped[datetime]
    organization_id: Mapped[UUID | None] = mapped_column(ForeignKey(Organization.id), default=None)
    read_at: Mapped[datetime | None] = mapped_column(default=None)
