"""Tables of matching: pools that add to gifts, and what each gift was matched with."""

import enum
from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.database import Base, Record
from app.kit.money import AMOUNT_MINOR_MAX

RATIO_MAX = 100_000


class PoolKind(enum.StrEnum):
    """Whether a pool's money is here already, or has been promised."""

    held = "held"
    promised = "promised"


class MatchingPool(Record, Base):
    """Money that adds to the gifts of a campaign, up to its budget; a held one lies in a fund of its own.

    A platform's own is what it told that it matched, under its number: its terms are not known to us.
    """

    __tablename__ = "matching_pools"
    __table_args__ = (
        ForeignKeyConstraint(
            ["campaign_id", "organization_id"], ["campaigns.id", "campaigns.organization_id"]
        ),
        UniqueConstraint("organization_id", "code"),
        UniqueConstraint("platform_id", "their_id"),
        CheckConstraint("num_nulls(platform_id, their_id) in (0, 2)", name="told"),
        CheckConstraint(
            "num_nulls(ratio_basis_points, starts_at, ends_at) = 3 * num_nonnulls(platform_id)",
            name="terms",
        ),
        # What a platform told is matched: nothing is added by us, and no fund of ours pays for it.
        CheckConstraint(
            "platform_id is null or (kind = 'promised' and closed_at is not null)", name="platform"
        ),
        CheckConstraint(f"budget between 1 and {AMOUNT_MINOR_MAX}", name="budget"),
        CheckConstraint("used between 0 and budget", name="used"),
        CheckConstraint(f"ratio_basis_points between 1 and {RATIO_MAX}", name="ratio"),
        CheckConstraint("cap_per_gift > 0", name="cap_per_gift"),
        CheckConstraint("cap_per_donor > 0", name="cap_per_donor"),
        CheckConstraint("(kind = 'held') = (fund_id is not null)", name="fund"),
        CheckConstraint("ends_at > starts_at", name="window"),
    )

    organization_id: Mapped[UUID]
    campaign_id: Mapped[UUID]
    code: Mapped[str]
    title: Mapped[str]
    kind: Mapped[PoolKind]
    budget: Mapped[int]
    ratio_basis_points: Mapped[int | None] = mapped_column(default=None)
    starts_at: Mapped[datetime | None] = mapped_column(default=None)
    ends_at: Mapped[datetime | None] = mapped_column(default=None)
    platform_id: Mapped[UUID | None] = mapped_column(ForeignKey("dimensions.id"), default=None)
    their_id: Mapped[str | None] = mapped_column(default=None)
    fund_id: Mapped[UUID | None] = mapped_column(ForeignKey("funds.id"), default=None)
    cap_per_gift: Mapped[int | None] = mapped_column(default=None)
    cap_per_donor: Mapped[int | None] = mapped_column(default=None)
    used: Mapped[int] = mapped_column(default=0)
    closed_at: Mapped[datetime | None] = mapped_column(default=None)


class GiftMatch(Record, Base):
    """Fen that a pool added to a gift, for one fund; `gift_left` is what stood of the gift at that moment.

    A gift that its giver's cap left nothing for has a match of nothing, so that it is looked at once.
    """

    __tablename__ = "gift_matches"
    __table_args__ = (
        UniqueConstraint("pool_id", "donation_id", "fund_id"),
        CheckConstraint("amount >= 0", name="amount"),
        CheckConstraint("released between 0 and amount", name="released"),
        CheckConstraint("gift_left > 0", name="gift_left"),
        Index("gift_matches_pool_id_donor_id_idx", "pool_id", "donor_id"),
        Index("gift_matches_donation_id_idx", "donation_id"),
    )

    pool_id: Mapped[UUID] = mapped_column(ForeignKey("matching_pools.id"))
    donation_id: Mapped[UUID] = mapped_column(ForeignKey("donations.id"))
    fund_id: Mapped[UUID] = mapped_column(ForeignKey("funds.id"))
    amount: Mapped[int]
    gift_left: Mapped[int]
    donor_id: Mapped[UUID | None] = mapped_column(ForeignKey("donors.id"))
    released: Mapped[int] = mapped_column(default=0)


class ToldMatch(Record, Base):
    """Fen that a platform told it added to a gift; `donation_id` once that gift stands in its campaign."""

    __tablename__ = "told_matches"
    __table_args__ = (
        UniqueConstraint("pool_id", "their_gift_id"),
        CheckConstraint(f"amount between 1 and {AMOUNT_MINOR_MAX}", name="amount"),
        Index(
            "told_matches_waiting_idx",
            *("platform_id", "their_gift_id"),
            postgresql_where=text("donation_id is null"),
        ),
    )

    pool_id: Mapped[UUID] = mapped_column(ForeignKey("matching_pools.id"))
    platform_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"))
    their_gift_id: Mapped[str]
    amount: Mapped[int]
    donation_id: Mapped[UUID | None] = mapped_column(ForeignKey("donations.id"), default=None)


class MatchingPayment(Record, Base):
    """That a gift is the matcher's own, by which a promised pool is paid; it is matched by nobody."""

    __tablename__ = "matching_payments"

    pool_id: Mapped[UUID] = mapped_column(ForeignKey("matching_pools.id"), index=True)
    donation_id: Mapped[UUID] = mapped_column(ForeignKey("donations.id"), unique=True)
    actor: Mapped[str]
