"""Tables of moves: goods that an organization brought from one of its warehouses to another."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.fundraising.models.goods.lots import COUNT_MAX
from app.kit.database import Base, Record


class GoodsMove(Record, Base):
    """Goods brought into another warehouse of their organization; nothing is booked, for nothing is used."""

    __tablename__ = "goods_moves"
    __table_args__ = (
        UniqueConstraint("organization_id", "reference"),
        UniqueConstraint("id", "organization_id"),
        ForeignKeyConstraint(
            ["warehouse_id", "organization_id"], ["warehouses.id", "warehouses.organization_id"]
        ),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"))
    warehouse_id: Mapped[UUID]
    reference: Mapped[str]
    moved_on: Mapped[date]
    actor: Mapped[str]


class GoodsMoveLine(Record, Base):
    """A part of a lot that was moved, and the lot that it is now; worth as much there as here."""

    __tablename__ = "goods_move_lines"
    __table_args__ = (
        ForeignKeyConstraint(
            ["move_id", "organization_id"], ["goods_moves.id", "goods_moves.organization_id"]
        ),
        UniqueConstraint("move_id", "lot_id"),
        CheckConstraint(f"count between 1 and {COUNT_MAX}", name="count"),
        CheckConstraint("value_minor >= 0", name="value"),
        CheckConstraint("moved_lot_id <> lot_id", name="two_lots"),
        Index("goods_move_lines_lot_id_idx", "lot_id"),
    )

    organization_id: Mapped[UUID]
    move_id: Mapped[UUID]
    lot_id: Mapped[UUID] = mapped_column(ForeignKey("goods_lots.id"))
    moved_lot_id: Mapped[UUID] = mapped_column(ForeignKey("goods_lots.id"), unique=True)
    count: Mapped[int]
    value_minor: Mapped[int]
