"""Tables of gifts in kind: who gave which goods when, and what they were found to be worth."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.fundraising.models.donations import DonorKind
from app.kit.database import Base, Record
from app.kit.money import AMOUNT_MINOR_MAX


class GoodsGift(Record, Base):
    """A gift in kind as it came in; its lines are lots. Who gave is in the vault, under the gift's own id."""

    __tablename__ = "goods_gifts"
    __table_args__ = (
        ForeignKeyConstraint(["fund_id", "organization_id"], ["funds.id", "funds.organization_id"]),
        ForeignKeyConstraint(
            ["campaign_id", "organization_id"], ["campaigns.id", "campaigns.organization_id"]
        ),
        UniqueConstraint("organization_id", "reference"),
        UniqueConstraint("id", "organization_id"),
        CheckConstraint("num_nulls(inspected_on, inspected_by) in (0, 2)", name="inspected"),
        CheckConstraint("inspected_on >= received_on", name="inspected_on"),
        Index("goods_gifts_campaign_id_idx", "campaign_id", "id"),
        Index("goods_gifts_emergency_id_idx", "emergency_id", "id"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"))
    fund_id: Mapped[UUID]
    reference: Mapped[str]
    received_on: Mapped[date]
    giver_kind: Mapped[DonorKind]
    anonymous: Mapped[bool]
    show_name: Mapped[bool]
    actor: Mapped[str]
    campaign_id: Mapped[UUID | None] = mapped_column(default=None)
    emergency_id: Mapped[UUID | None] = mapped_column(ForeignKey("emergencies.id"), default=None)
    inspected_on: Mapped[date | None] = mapped_column(default=None)
    inspected_by: Mapped[str | None] = mapped_column(default=None)


class GoodsValuation(Record, Base):
    """That goods of a gift were found to be worth something, and the entry that booked it (J5)."""

    __tablename__ = "goods_valuations"
    __table_args__ = (
        ForeignKeyConstraint(
            ["gift_id", "organization_id"], ["goods_gifts.id", "goods_gifts.organization_id"]
        ),
        CheckConstraint(f"amount between 1 and {AMOUNT_MINOR_MAX}", name="amount"),
        Index("goods_valuations_gift_id_idx", "gift_id"),
    )

    organization_id: Mapped[UUID]
    gift_id: Mapped[UUID]
    amount: Mapped[int]
    actor: Mapped[str]
    entry_id: Mapped[UUID] = mapped_column(ForeignKey("entries.id"))
