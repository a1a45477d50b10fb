"""Tables of webhooks: every message of every platform as it came, and what is told to subscribers."""

import enum
from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.clock import now
from app.kit.database import Base, Record, sieve
from app.organizations.models import Organization


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
        Index("deliveries_pending_idx", "id", postgresql_where=text("outcome = 'pending'")),
        # Whoever asks to be erased has messages anywhere in it.
        sieve("deliveries_person_id_idx", "person_id"),
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
    """That somebody looked into a message that contradicts an earlier one; what they found is sealed."""

    __tablename__ = "delivery_reviews"

    delivery_id: Mapped[UUID] = mapped_column(ForeignKey("deliveries.id"), primary_key=True)
    actor: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(init=False, default_factory=now, insert_default=now)


class DisabledBecause(enum.StrEnum):
    """Why a subscriber is told nothing any more."""

    by_hand = "by_hand"
    gone = "gone"
    undeliverable = "undeliverable"


class DispatchState(enum.StrEnum):
    """Where an event stands on its way to one subscriber."""

    waiting = "waiting"
    delivered = "delivered"
    withdrawn = "withdrawn"


class AttemptOutcome(enum.StrEnum):
    """What came of one attempt to tell a subscriber of an event."""

    accepted = "accepted"
    refused = "refused"
    gone = "gone"
    unreachable = "unreachable"
    timed_out = "timed_out"
    address_refused = "address_refused"


class Subscription(Record, Base):
    """Whoever is told of an organization's events, how far it has come, and whose turn it is to tell it.

    `cursor` is the event that it has had last. It moves in the transaction that notes the delivery, so a
    process that dies in between tells the same event again, and never a later one first.
    """

    __tablename__ = "subscriptions"
    __table_args__ = (
        CheckConstraint("char_length(url) between 1 and 2000", name="url"),
        CheckConstraint("(disabled_at is null) = (disabled_because is null)", name="disabled"),
        CheckConstraint("(lease_id is null) = (leased_until is null)", name="lease"),
        CheckConstraint("attempt_count >= 0", name="attempt_count"),
        CheckConstraint("(attempt_count = 0) = (failing_since_at is null)", name="failing"),
        Index("subscriptions_organization_id_id_idx", "organization_id", "id"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey(Organization.id))
    name: Mapped[str]
    url: Mapped[str]
    # None at all means every type.
    event_types: Mapped[list[str]] = mapped_column(ARRAY(Text))
    with_subtree: Mapped[bool]
    cursor: Mapped[str | None]
    made_by: Mapped[str]
    version: Mapped[int] = mapped_column(default=1)
    attempt_count: Mapped[int] = mapped_column(default=0)
    failing_since_at: Mapped[datetime | None] = mapped_column(default=None)
    next_attempt_at: Mapped[datetime] = mapped_column(default_factory=now, insert_default=now)
    lease_id: Mapped[UUID | None] = mapped_column(default=None)
    leased_until: Mapped[datetime | None] = mapped_column(default=None)
    disabled_at: Mapped[datetime | None] = mapped_column(default=None)
    disabled_because: Mapped[DisabledBecause | None] = mapped_column(default=None)


class SubscriptionSecret(Record, Base):
    """A secret that we sign with for one subscriber, sealed under the subscription's own key in the vault."""

    __tablename__ = "subscription_secrets"

    subscription_id: Mapped[UUID] = mapped_column(ForeignKey(Subscription.id), index=True)
    sealed: Mapped[bytes] = mapped_column(repr=False)
    expires_at: Mapped[datetime | None] = mapped_column(default=None)


class Dispatch(Record, Base):
    """An event on its way to one subscriber; it begins with the first attempt."""

    __tablename__ = "dispatches"
    __table_args__ = (
        UniqueConstraint("subscription_id", "event_id"),
        CheckConstraint("(state = 'delivered') = (delivered_at is not null)", name="delivered"),
        CheckConstraint("asked_again_at is null or state <> 'waiting'", name="asked_again"),
        Index("dispatches_subscription_id_id_idx", "subscription_id", "id"),
        Index(
            "dispatches_asked_again_idx",
            "subscription_id",
            postgresql_where=text("asked_again_at is not null"),
        ),
        Index("dispatches_created_at_idx", "created_at"),
    )

    subscription_id: Mapped[UUID] = mapped_column(ForeignKey(Subscription.id))
    event_id: Mapped[UUID]
    cursor: Mapped[str]
    type: Mapped[str]
    organization_id: Mapped[UUID | None]
    occurred_at: Mapped[datetime]
    state: Mapped[DispatchState] = mapped_column(default=DispatchState.waiting)
    attempt_count: Mapped[int] = mapped_column(default=0)
    delivered_at: Mapped[datetime | None] = mapped_column(default=None)
    asked_again_at: Mapped[datetime | None] = mapped_column(default=None)


class DispatchAttempt(Record, Base):
    """One attempt to tell a subscriber of an event. What it answered beyond the status is not kept."""

    __tablename__ = "dispatch_attempts"
    __table_args__ = (
        CheckConstraint("status_code between 100 and 999", name="status_code"),
        CheckConstraint(
            "(outcome in ('accepted', 'refused', 'gone')) = (status_code is not null)", name="answered"
        ),
        CheckConstraint("took_ms >= 0", name="took_ms"),
    )

    dispatch_id: Mapped[UUID] = mapped_column(ForeignKey(Dispatch.id, ondelete="CASCADE"), index=True)
    outcome: Mapped[AttemptOutcome]
    status_code: Mapped[int | None]
    took_ms: Mapped[int]
    # Asked for by a person, beside the order.
    again: Mapped[bool]
