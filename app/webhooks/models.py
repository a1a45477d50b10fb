"""Tables of webhooks: every message of every platform, as it came."""

import enum
from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.clock import now
from app.kit.database import Base, Record


class DeliveryOutcome(enum.StrEnum):
    """What became of a message."""

    posted = "posted"
    duplicate = "duplicate"
    suspense = "suspense"
    pending = "pending"
    ignored = "ignored"
    conflict = "conflict"
    rejected = "rejected"


class Delivery(Record, Base):
    """One message from a platform: its raw bytes sealed under the giver's key, and their MAC for ever.

    Only an accepted one claims its event id: what was refused may come again, corrected.
    """

    __tablename__ = "deliveries"
    __table_args__ = (
        Index(
            "deliveries_event_idx",
            *("platform_id", "event_id"),
            unique=True,
            postgresql_where=text("accepted"),
        ),
        Index(
            "deliveries_refused_idx",
            *("platform_id", "id"),
            postgresql_where=text("not accepted"),
        ),
        Index("deliveries_platform_id_id_idx", "platform_id", "id"),
        CheckConstraint("accepted = (outcome not in ('conflict', 'rejected'))", name="accepted"),
    )

    platform_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"))
    event_id: Mapped[str]
    type: Mapped[str]
    outcome: Mapped[DeliveryOutcome]
    accepted: Mapped[bool]
    body_mac: Mapped[bytes]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("vault_people.id"))
    body_sealed: Mapped[bytes | None] = mapped_column(default=None)
    signed_at: Mapped[datetime | None] = mapped_column(default=None)
    donation_id: Mapped[UUID | None] = mapped_column(default=None)
    entry_id: Mapped[UUID | None] = mapped_column(default=None)
    lookup_code: Mapped[str | None] = mapped_column(default=None)
    problem: Mapped[str | None] = mapped_column(default=None)


class DeliveryReview(Base):
    """What somebody found out about a message that contradicts an earlier one: once, and for good."""

    __tablename__ = "delivery_reviews"
    __table_args__ = (CheckConstraint("found <> ''", name="found"),)

    delivery_id: Mapped[UUID] = mapped_column(ForeignKey("deliveries.id"), primary_key=True)
    found: Mapped[str]
    actor: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(init=False, default_factory=now, insert_default=now)
