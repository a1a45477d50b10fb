"""Tables of stock: lots of goods, each of one kind, with what is left of it and what that is worth."""

import enum
from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.database import Base, Record
from app.kit.money import AMOUNT_MINOR_MAX

COUNT_MAX = 10**12
"""The largest number of pieces in one lot."""

NEVER = date(9999, 12, 31)
"""When goods expire that do not; a day, so that lists can be sorted by it and continued from it."""


class AssetClass(enum.StrEnum):
    """On which account goods stand."""

    inventory = "inventory"
    fixed_asset = "fixed_asset"
    intangible = "intangible"
    heritage = "heritage"


class ValuationMethod(enum.StrEnum):
    """How a value was found: what the giver's papers say, else fair value; one yuan where there is neither.

    会计制度 art. 18, 19. Only fixed and intangible assets and heritage are carried at one yuan.
    """

    document = "document"
    fair_value = "fair_value"
    nominal = "nominal"


class GoodsLot(Record, Base):
    """Goods of one kind that came in together, counted in their smallest unit.

    Nothing is left to hand out before the inspection; what was not valued is counted, and not booked.
    """

    __tablename__ = "goods_lots"
    __table_args__ = (
        ForeignKeyConstraint(
            ["warehouse_id", "organization_id"], ["warehouses.id", "warehouses.organization_id"]
        ),
        ForeignKeyConstraint(["fund_id", "organization_id"], ["funds.id", "funds.organization_id"]),
        ForeignKeyConstraint(
            ["gift_id", "organization_id"], ["goods_gifts.id", "goods_gifts.organization_id"]
        ),
        UniqueConstraint("gift_id", "number"),
        CheckConstraint(f"received_count between 1 and {COUNT_MAX}", name="received"),
        CheckConstraint("accepted_count between 0 and received_count", name="accepted"),
        # The referee of all who hand out, ship or dispose of the same goods at once.
        CheckConstraint("left_count between 0 and coalesce(accepted_count, 0)", name="left"),
        CheckConstraint("left_minor between 0 and coalesce(value_minor, 0)", name="left_value"),
        CheckConstraint("left_count > 0 or left_minor = 0", name="nothing_left"),
        CheckConstraint(f"value_minor between 1 and {AMOUNT_MINOR_MAX}", name="value"),
        CheckConstraint("num_nulls(method, value_minor, basis) in (0, 3)", name="valued"),
        CheckConstraint(
            "method <> 'nominal' or (asset_class <> 'inventory' and value_minor = 100 * accepted_count)",
            name="nominal",
        ),
        CheckConstraint("num_nulls(package_unit, package_size) in (0, 2)", name="package"),
        CheckConstraint("package_size >= 2 and package_unit <> unit", name="package_size"),
        CheckConstraint("num_nulls(gift_id, origin_lot_id) = 1", name="origin"),
        Index("goods_lots_organization_id_idx", "organization_id", "warehouse_id", "item", "id"),
        Index("goods_lots_expires_on_idx", "organization_id", "expires_on", "id"),
    )

    organization_id: Mapped[UUID]
    warehouse_id: Mapped[UUID]
    fund_id: Mapped[UUID]
    number: Mapped[int]
    item: Mapped[str]
    unit: Mapped[str]
    received_count: Mapped[int]
    asset_class: Mapped[AssetClass] = mapped_column(default=AssetClass.inventory)
    gift_id: Mapped[UUID | None] = mapped_column(default=None)
    origin_lot_id: Mapped[UUID | None] = mapped_column(ForeignKey("goods_lots.id"), default=None)
    spec: Mapped[str | None] = mapped_column(default=None)
    batch_number: Mapped[str | None] = mapped_column(default=None)
    expires_on: Mapped[date] = mapped_column(default=NEVER)
    package_unit: Mapped[str | None] = mapped_column(default=None)
    package_size: Mapped[int | None] = mapped_column(default=None)
    accepted_count: Mapped[int | None] = mapped_column(default=None)
    refused_reason: Mapped[str | None] = mapped_column(default=None)
    left_count: Mapped[int] = mapped_column(default=0)
    method: Mapped[ValuationMethod | None] = mapped_column(default=None)
    basis: Mapped[str | None] = mapped_column(default=None)
    value_minor: Mapped[int | None] = mapped_column(default=None)
    left_minor: Mapped[int] = mapped_column(default=0)
