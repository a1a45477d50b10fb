"""Tables of disposal: goods that were sold, destroyed or lost instead of being handed out."""

import enum
from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.fundraising.models.goods.lots import COUNT_MAX
from app.kit.database import Base, Record
from app.kit.money import AMOUNT_MINOR_MAX


class DisposalKind(enum.StrEnum):
    """What became of goods that are hard to store, unfit or gone (慈善法 art. 54)."""

    sold = "sold"
    destroyed = "destroyed"
    lost = "lost"


class GoodsDisposal(Record, Base):
    """Goods that went another way than to beneficiaries, and why; proceeds of a sale go to charity."""

    __tablename__ = "goods_disposals"
    __table_args__ = (
        ForeignKeyConstraint(["channel_id", "organization_id"], ["channels.id", "channels.organization_id"]),
        UniqueConstraint("organization_id", "reference"),
        UniqueConstraint("id", "organization_id"),
        CheckConstraint(f"proceeds_minor between 1 and {AMOUNT_MINOR_MAX}", name="proceeds"),
        CheckConstraint(
            "num_nulls(proceeds_minor, channel_id) = case kind when 'sold' then 0 else 2 end", name="sold"
        ),
        CheckConstraint(
            "(value_minor > 0 or proceeds_minor is not null) = (entry_id is not null)", name="booked"
        ),
        CheckConstraint("value_minor >= 0", name="value"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"))
    kind: Mapped[DisposalKind]
    reference: Mapped[str]
    disposed_on: Mapped[date]
    reason: Mapped[str]
    value_minor: Mapped[int]
    actor: Mapped[str]
    project_id: Mapped[UUID | None] = mapped_column(ForeignKey("dimensions.id"), default=None)
    proceeds_minor: Mapped[int | None] = mapped_column(default=None)
    channel_id: Mapped[UUID | None] = mapped_column(default=None)
    entry_id: Mapped[UUID | None] = mapped_column(ForeignKey("entries.id"), default=None)


class GoodsDisposalLine(Record, Base):
    """A part of a lot that was disposed of, with what it was worth in the books."""

    __tablename__ = "goods_disposal_lines"
    __table_args__ = (
        ForeignKeyConstraint(
            ["disposal_id", "organization_id"], ["goods_disposals.id", "goods_disposals.organization_id"]
        ),
        UniqueConstraint("disposal_id", "lot_id"),
        CheckConstraint(f"count between 1 and {COUNT_MAX}", name="count"),
        CheckConstraint("value_minor >= 0", name="value"),
        Index("goods_disposal_lines_lot_id_idx", "lot_id"),
    )

    organization_id: Mapped[UUID]
    disposal_id: Mapped[UUID]
    lot_id: Mapped[UUID] = mapped_column(ForeignKey("goods_lots.id"))
    count: Mapped[int]
    value_minor: Mapped[int]
