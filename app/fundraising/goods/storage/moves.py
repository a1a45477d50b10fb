"""Moves: goods brought from one warehouse of an organization to another (移库); nothing is booked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from app.fundraising.goods import days, lots, warehouses
from app.fundraising.goods.errors import GoodsReferenceTaken, MoveWithinWarehouse
from app.fundraising.goods.lots import Taken
from app.fundraising.goods.quantities import Quantity
from app.fundraising.models.goods import GoodsLot, GoodsMove, GoodsMoveLine, Warehouse
from app.kit import constraints, outbox
from app.kit.database import ReadSession, WriteSession
from app.kit.ids import new_id


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMove:
    """What is told of a move: into which warehouse, when, and how much of which lots."""

    organization_id: UUID
    warehouse_id: UUID
    moved_on: date
    parts: Sequence[tuple[UUID, Quantity]]
    reference: str | None = None


async def record(session: WriteSession, new: NewMove, *, actor: str) -> GoodsMove:
    """Bring goods into another warehouse: each part of a lot is a lot there, of the same purpose and worth.

    Raises StockShort, GoodsNotInspected, LotUnknown, UnitUnknown, WarehouseClosed, MoveWithinWarehouse,
    GoodsReferenceTaken, DayUnfit.
    """
    days.must_have_come(new.moved_on)
    warehouse = await warehouses.taking_in(session, new.warehouse_id, new.organization_id)
    held = await lots.hold(session, new.organization_id, [lot_id for lot_id, _ in new.parts])
    if any(lot.warehouse_id == warehouse.id for lot in held.values()):
        raise MoveWithinWarehouse(warehouse=warehouse.code)
    move = GoodsMove(
        organization_id=new.organization_id,
        warehouse_id=warehouse.id,
        reference=new.reference or str(new_id()),
        moved_on=new.moved_on,
        actor=actor,
    )
    known = GoodsReferenceTaken(reference=move.reference)
    async with constraints.told(session, {"goods_moves_organization_id_reference_key": known}):
        session.add(move)
    for number, (lot_id, quantity) in enumerate(new.parts, 1):
        taken = await lots.take(session, held[lot_id], quantity)
        await _put(session, move, taken, _there(taken, warehouse, number))
    await outbox.tell(
        session,
        "goods.moved",
        organization_id=move.organization_id,
        subject=str(move.id),
        payload={"move_id": str(move.id), "warehouse_id": str(warehouse.id)},
    )
    return move


def _there(taken: Taken, warehouse: Warehouse, number: int) -> GoodsLot:
    lot = lots.elsewhere(taken.lot, warehouse, taken.lot.fund_id, number)
    lot.received_count = lot.accepted_count = lot.left_count = taken.count
    if taken.value_minor:
        lot.value_minor = lot.left_minor = taken.value_minor
    else:
        lot.method = lot.basis = None
    return lot


async def _put(session: WriteSession, move: GoodsMove, taken: Taken, lot: GoodsLot) -> None:
    session.add(lot)
    # The line points to it, and the unit of work knows of no relationship between them.
    await session.flush()
    session.add(
        GoodsMoveLine(
            organization_id=move.organization_id,
            move_id=move.id,
            lot_id=taken.lot.id,
            moved_lot_id=lot.id,
            count=taken.count,
            value_minor=taken.value_minor,
        )
    )
    await session.flush()


async def lines_of(session: ReadSession, move: GoodsMove) -> Sequence[GoodsMoveLine]:
    """Return what was moved, in the order in which it was written down."""
    query = select(GoodsMoveLine).where(GoodsMoveLine.move_id == move.id)
    return (await session.scalars(query.order_by(GoodsMoveLine.id))).all()
