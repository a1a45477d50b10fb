"""Lots: the stock of goods, what is left of each lot, and what leaves it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Select, select

from app.fundraising.goods import quantities
from app.fundraising.goods.errors import GoodsNotInspected, LotUnknown, StockShort
from app.fundraising.goods.quantities import Quantity
from app.fundraising.models.goods import (
    AssetClass,
    GoodsHandoutLine,
    GoodsLot,
    GoodsRequestLine,
    Warehouse,
)
from app.kit import constraints
from app.kit.database import ReadSession, WriteSession
from app.kit.http import pages
from app.organizations.errors import OutOfSight

ACCOUNTS = {
    AssetClass.inventory: "1201",
    AssetClass.fixed_asset: "1501",
    AssetClass.intangible: "1601",
    AssetClass.heritage: "1506",
}
"""On which account of the chart goods stand (J5)."""

ORDERS: pages.Orders = {
    "created_at": [GoodsLot.id],
    "item": [GoodsLot.item, GoodsLot.id],
    "expires_on": [GoodsLot.expires_on, GoodsLot.id],
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What is asked of the stock list; what is None does not matter."""

    organization_id: UUID | None = None
    warehouse_id: UUID | None = None
    fund_id: UUID | None = None
    gift_id: UUID | None = None
    in_stock: bool | None = None
    valued: bool | None = None
    expires_on_from: date | None = None
    expires_on_to: date | None = None
    q: str | None = None


def found(visible: Collection[UUID], search: Search) -> Select[GoodsLot]:
    """Return the query for the lots that a search finds among the organizations that are visible."""
    query = select(GoodsLot).where(GoodsLot.organization_id.in_(visible))
    for name in ("organization_id", "warehouse_id", "fund_id", "gift_id"):
        value = getattr(search, name)
        if value is not None:
            query = query.where(getattr(GoodsLot, name) == value)
    if search.in_stock is not None:
        query = query.where((GoodsLot.left_count > 0) == search.in_stock)
    if search.valued is not None:
        query = query.where(GoodsLot.value_minor.is_not(None) == search.valued)
    if search.expires_on_from is not None:
        query = query.where(GoodsLot.expires_on >= search.expires_on_from)
    if search.expires_on_to is not None:
        query = query.where(GoodsLot.expires_on <= search.expires_on_to)
    if search.q:
        query = query.where(pages.holding(search.q, GoodsLot.item, GoodsLot.batch_number))
    return query


async def get(session: ReadSession, lot_id: UUID) -> GoodsLot:
    """Return a lot, or refuse."""
    lot = await session.get(GoodsLot, lot_id)
    if lot is None:
        raise OutOfSight
    return lot


async def of_gift(session: ReadSession, gift_id: UUID, *, lock: bool = False) -> Sequence[GoodsLot]:
    """Return the lots of a gift in the order in which they were told, or locked, by their ids."""
    query = select(GoodsLot).where(GoodsLot.gift_id == gift_id).order_by(GoodsLot.id)
    query = query.with_for_update() if lock else query
    return (await session.scalars(query.execution_options(populate_existing=lock))).all()


async def hold(
    session: WriteSession, organization_id: UUID, lot_ids: Iterable[UUID]
) -> Mapping[UUID, GoodsLot]:
    """Lock lots of an organization, in the order of their ids; raises LotUnknown."""
    wanted = set(lot_ids)
    query = (
        select(GoodsLot)
        .where(GoodsLot.id.in_(wanted), GoodsLot.organization_id == organization_id)
        .order_by(GoodsLot.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    held = {lot.id: lot for lot in await session.scalars(query)}
    if len(held) != len(wanted):
        raise LotUnknown(lots=sorted(str(one) for one in wanted - set(held)))
    return held


@dataclass(frozen=True, slots=True)
class Taken:
    """So many pieces of a lot, with what they were worth in the books."""

    lot: GoodsLot
    count: int
    value_minor: int


async def take(session: WriteSession, lot: GoodsLot, quantity: Quantity) -> Taken:
    """Take goods out of a locked lot; the last piece takes what is left of the lot's value.

    Raises UnitUnknown, GoodsNotInspected, and StockShort, which the database says.
    """
    if lot.accepted_count is None:
        raise GoodsNotInspected(lot=lot.id)
    count = quantities.pieces(lot, quantity)
    whole = count >= lot.left_count
    value = lot.left_minor if whole else lot.left_minor * count // lot.left_count
    short = StockShort(lot=lot.id, asked=count, left=lot.left_count)
    async with constraints.told(session, {"goods_lots_left_check": short}):
        lot.left_count -= count
        lot.left_minor -= value
    return Taken(lot, count, value)


Gone = GoodsHandoutLine | GoodsRequestLine
"""What keeps which pieces left which lot."""


async def put_back(session: WriteSession, organization_id: UUID, parts: Sequence[Gone]) -> None:
    """Put what was taken back into its lots, pieces and value; the lots are locked for it."""
    held = await hold(session, organization_id, [part.lot_id for part in parts])
    for part in parts:
        held[part.lot_id].left_count += part.count
        held[part.lot_id].left_minor += part.value_minor


def elsewhere(origin: GoodsLot, warehouse: Warehouse, fund_id: UUID, number: int) -> GoodsLot:
    """Return a lot of the same goods in another warehouse; how many, and worth what, is for others to say."""
    return GoodsLot(
        organization_id=warehouse.organization_id,
        warehouse_id=warehouse.id,
        fund_id=fund_id,
        number=number,
        item=origin.item,
        unit=origin.unit,
        received_count=origin.received_count,
        asset_class=origin.asset_class,
        origin_lot_id=origin.id,
        spec=origin.spec,
        batch_number=origin.batch_number,
        expires_on=origin.expires_on,
        package_unit=origin.package_unit,
        package_size=origin.package_size,
        method=origin.method,
        basis=origin.basis,
    )
