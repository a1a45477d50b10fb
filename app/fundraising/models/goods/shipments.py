"""Tables of shipments: goods that one member sent to another, what came there, and what did not."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.fundraising.models.goods.lots import COUNT_MAX
from app.kit.database import Base, Record


class GoodsShipment(Record, Base):
    """Goods on their way from one member's stock to another's; received once, line by line."""

    __tablename__ = "goods_shipments"
    __table_args__ = (
        UniqueConstraint("organization_id", "reference"),
        UniqueConstraint("id", "organization_id"),
        ForeignKeyConstraint(
            ["warehouse_id", "receiver_id"], ["warehouses.id", "warehouses.organization_id"]
        ),
        CheckConstraint("organization_id <> receiver_id", name="two_members"),
        CheckConstraint("(value_minor > 0) = (entry_id is not null)", name="booked"),
        CheckConstraint("value_minor >= 0", name="value"),
        CheckConstraint("num_nulls(received_on, received_by, warehouse_id) in (0, 3)", name="received"),
        CheckConstraint("received_on >= shipped_on", name="received_on"),
        CheckConstraint("lost_minor between 0 and value_minor", name="lost"),
        Index("goods_shipments_receiver_id_idx", "receiver_id", "id"),
        Index("goods_shipments_emergency_id_idx", "emergency_id", "id"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"))
    receiver_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"))
    reference: Mapped[str]
    shipped_on: Mapped[date]
    value_minor: Mapped[int]
    actor: Mapped[str]
    emergency_id: Mapped[UUID | None] = mapped_column(ForeignKey("emergencies.id"), default=None)
    entry_id: Mapped[UUID | None] = mapped_column(ForeignKey("entries.id"), default=None)
    warehouse_id: Mapped[UUID | None] = mapped_column(default=None)
    received_on: Mapped[date | None] = mapped_column(default=None)
    received_by: Mapped[str | None] = mapped_column(default=None)
    received_entry_id: Mapped[UUID | None] = mapped_column(ForeignKey("entries.id"), default=None)
    lost_minor: Mapped[int] = mapped_column(default=0)


class GoodsShipmentLine(Record, Base):
    """A part of a lot that was sent, how much of it came, and why not all."""

    __tablename__ = "goods_shipment_lines"
    __table_args__ = (
        ForeignKeyConstraint(
            ["shipment_id", "organization_id"], ["goods_shipments.id", "goods_shipments.organization_id"]
        ),
        UniqueConstraint("shipment_id", "lot_id"),
        CheckConstraint(f"count between 1 and {COUNT_MAX}", name="count"),
        CheckConstraint("value_minor >= 0", name="value"),
        CheckConstraint("received_count between 0 and count", name="received"),
        CheckConstraint("received_count = count or difference_reason is not null", name="difference"),
        CheckConstraint("(received_count > 0) = (received_lot_id is not null)", name="received_lot"),
        Index("goods_shipment_lines_lot_id_idx", "lot_id"),
    )

    organization_id: Mapped[UUID]
    shipment_id: Mapped[UUID]
    lot_id: Mapped[UUID] = mapped_column(ForeignKey("goods_lots.id"))
    count: Mapped[int]
    value_minor: Mapped[int]
    received_count: Mapped[int | None] = mapped_column(default=None)
    difference_reason: Mapped[str | None] = mapped_column(default=None)
    received_lot_id: Mapped[UUID | None] = mapped_column(ForeignKey("goods_lots.id"), default=None)
