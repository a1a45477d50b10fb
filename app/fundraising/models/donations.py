"""Tables of donations: claims on partners' numbers, donors, donations, refunds and disputes."""

import enum
from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.database import Base, Record, sieve
from app.kit.money import AMOUNT_MINOR_MAX


class PartnerGift(Base):
    """A claim on a source's own number for a gift, laid by the gift or its refund, whichever comes first."""

    __tablename__ = "partner_gifts"

    source_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"), primary_key=True)
    their_id: Mapped[str] = mapped_column(primary_key=True)


class DonorKind(enum.StrEnum):
    """Whether a donor is a person or an organization."""

    individual = "individual"
    organization = "organization"


class Donor(Record, Base):
    """Somebody whom a platform knows by an id of its own. Who they are is in the vault, under the same id."""

    __tablename__ = "donors"
    __table_args__ = (UniqueConstraint("platform_id", "external_index"),)

    platform_id: Mapped[UUID | None] = mapped_column(ForeignKey("dimensions.id"))
    external_index: Mapped[bytes | None]
    kind: Mapped[DonorKind] = mapped_column(default=DonorKind.individual)


class DonationState(enum.StrEnum):
    """Where a donation stands."""

    posted = "posted"
    suspense = "suspense"
    voided = "voided"


class Donation(Record, Base):
    """A gift as the donor knows it. What could tell who gave is sealed under the giver's key in the vault.

    One that is posted without a campaign was given for nothing in particular: it is unrestricted.
    """

    __tablename__ = "donations"
    __table_args__ = (
        # Through its channel and campaign a donation belongs to one organization, and to no other.
        ForeignKeyConstraint(["channel_id", "organization_id"], ["channels.id", "channels.organization_id"]),
        ForeignKeyConstraint(
            ["campaign_id", "organization_id"], ["campaigns.id", "campaigns.organization_id"]
        ),
        UniqueConstraint("source_id", "their_id"),
        CheckConstraint(f"amount between 1 and {AMOUNT_MINOR_MAX}", name="amount"),
        CheckConstraint("currency = 'CNY'", name="currency"),
        CheckConstraint("refunded between 0 and amount", name="refunded"),
        CheckConstraint(
            "(original_currency is null) = (original_amount is null)"
            " and original_currency ~ '^[A-Z]{3}$' and original_currency <> currency"
            " and original_amount ~ '^(0|[1-9][0-9]{0,14})([.][0-9]{1,3})?$' and original_amount ~ '[1-9]'",
            name="original",
        ),
        Index("donations_campaign_id_id_idx", "campaign_id", "id"),
        Index("donations_donor_id_id_idx", "donor_id", "id", postgresql_where=text("donor_id is not null")),
        Index(
            "donations_plan_idx",
            "source_id",
            "their_plan_id",
            postgresql_where=text("their_plan_id is not null"),
        ),
        Index(
            "donations_fundraiser_idx",
            "fundraiser_code",
            "id",
            postgresql_where=text("fundraiser_code is not null"),
        ),
        Index(
            "donations_name_idx",
            *("name_index", "organization_id", "id"),
            postgresql_where=text("name_index is not null"),
        ),
        Index("donations_suspense_idx", "organization_id", "id", postgresql_where=text("state = 'suspense'")),
        # Publications list the large gifts of a campaign: so few that recording feels nothing of it.
        Index("donations_major_idx", "campaign_id", "amount", postgresql_where=text("amount >= 1000000")),
        # A merchant account's days are held against its bills and notices, whatever it took in before.
        Index("donations_channel_id_idx", "channel_id", "donated_at"),
        sieve("donations_person_id_idx", "person_id"),
    )

    organization_id: Mapped[UUID]
    channel_id: Mapped[UUID]
    source_id: Mapped[UUID]
    their_id: Mapped[str]
    lookup_code: Mapped[str] = mapped_column(unique=True)
    amount: Mapped[int]
    donated_at: Mapped[datetime]
    person_id: Mapped[UUID]
    state: Mapped[DonationState]
    entry_id: Mapped[UUID] = mapped_column(ForeignKey("entries.id"))
    first_amount: Mapped[int]
    first_campaign_code: Mapped[str]
    currency: Mapped[str] = mapped_column(default="CNY")
    # What a foreign gift was before it became yuan. A fact: no sum is made of it.
    original_currency: Mapped[str | None] = mapped_column(default=None)
    original_amount: Mapped[str | None] = mapped_column(default=None)
    refunded: Mapped[int] = mapped_column(default=0)
    correction_count: Mapped[int] = mapped_column(default=0)
    campaign_id: Mapped[UUID | None] = mapped_column(default=None)
    donor_id: Mapped[UUID | None] = mapped_column(ForeignKey("donors.id"), default=None)
    sealed: Mapped[bytes | None] = mapped_column(default=None)
    show_name: Mapped[bool] = mapped_column(default=False)
    show_amount: Mapped[bool] = mapped_column(default=True)
    show_message: Mapped[bool] = mapped_column(default=False)
    show_photo: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    # By it staff find a giver whose name they know; the name can't be read from it.
    name_index: Mapped[bytes | None] = mapped_column(default=None)
    anonymous: Mapped[bool] = mapped_column(default=False)
    donor_kind: Mapped[DonorKind] = mapped_column(default=DonorKind.individual)
    their_plan_id: Mapped[str | None] = mapped_column(default=None)
    fundraiser_code: Mapped[str | None] = mapped_column(default=None)


class RefundState(enum.StrEnum):
    """Where a refund stands; one told as a running total is covered if a later one has told it too."""

    pending = "pending"
    posted = "posted"
    excess = "excess"
    covered = "covered"


class RefundReason(enum.StrEnum):
    """Why a gift was given back; own fault is our expense, everything else reduces the income."""

    donor_request = "donor_request"
    duplicate_payment = "duplicate_payment"
    wrong_amount = "wrong_amount"
    campaign_cancelled = "campaign_cancelled"
    dispute_lost = "dispute_lost"
    own_fault = "own_fault"
    other = "other"


class Refund(Record, Base):
    """Money that goes, or went, back to its giver; pending while its gift has not been heard of."""

    __tablename__ = "refunds"
    __table_args__ = (
        UniqueConstraint("source_id", "their_id"),
        CheckConstraint(f"amount between 1 and {AMOUNT_MINOR_MAX}", name="amount"),
        CheckConstraint("(state = 'posted') = (entry_id is not null)", name="entry"),
        Index("refunds_donation_id_idx", "donation_id"),
        Index("refunds_source_id_idx", "source_id", "refunded_at"),
        Index(
            "refunds_pending_idx",
            "source_id",
            "their_gift_id",
            postgresql_where=text("state = 'pending'"),
        ),
    )

    source_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"))
    their_id: Mapped[str]
    their_gift_id: Mapped[str]
    amount: Mapped[int]
    refunded_at: Mapped[datetime]
    reason: Mapped[RefundReason]
    state: Mapped[RefundState]
    actor: Mapped[str]
    donation_id: Mapped[UUID | None] = mapped_column(ForeignKey("donations.id"), default=None)
    entry_id: Mapped[UUID | None] = mapped_column(ForeignKey("entries.id"), default=None)
    # Told as the running total of its gift; posted, its amount is the part that was new.
    so_far: Mapped[bool] = mapped_column(default=False)
    # Decided to go back of the gift's part for this designation alone.
    designation: Mapped[str | None] = mapped_column(default=None)


class DisputeState(enum.StrEnum):
    """Whether a dispute goes on, and how it ended for us."""

    open = "open"
    won = "won"
    lost = "lost"


class Dispute(Record, Base):
    """A giver's objection that a platform examines. It books nothing until it is lost."""

    __tablename__ = "disputes"
    __table_args__ = (
        UniqueConstraint("source_id", "their_id"),
        Index("disputes_open_idx", *("source_id", "id"), postgresql_where=text("state = 'open'")),
    )

    source_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"))
    their_id: Mapped[str]
    their_gift_id: Mapped[str]
    amount: Mapped[int]
    disputed_at: Mapped[datetime]
    state: Mapped[DisputeState]


class Correction(Record, Base):
    """What was changed about a donation, from what to what and by whom; why is in the vault."""

    __tablename__ = "corrections"
    __table_args__ = (UniqueConstraint("donation_id", "number"),)

    donation_id: Mapped[UUID] = mapped_column(ForeignKey("donations.id"))
    number: Mapped[int]
    kind: Mapped[str]
    actor: Mapped[str]
    old_amount: Mapped[int]
    new_amount: Mapped[int]
    old_entry_id: Mapped[UUID] = mapped_column(ForeignKey("entries.id"))
    new_entry_id: Mapped[UUID | None] = mapped_column(ForeignKey("entries.id"), default=None)
    old_campaign_id: Mapped[UUID | None] = mapped_column(ForeignKey("campaigns.id"), default=None)
    new_campaign_id: Mapped[UUID | None] = mapped_column(ForeignKey("campaigns.id"), default=None)
