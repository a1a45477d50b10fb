"""Warehouses: where an organization keeps goods."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from app.fundraising.goods.errors import (
    GoodsOfAnotherOrganization,
    WarehouseClosed,
    WarehouseCodeTaken,
    WarehouseNotEmpty,
)
from app.fundraising.models.goods import GoodsLot, Warehouse
from app.kit import constraints
from app.kit.clock import now
from app.kit.database import ReadSession, WriteSession
from app.organizations.errors import OutOfSight


@dataclass(frozen=True, slots=True, kw_only=True)
class NewWarehouse:
    """What is told of a warehouse when it is opened."""

    organization_id: UUID
    code: str
    name: str
    address: str | None = None


async def create(session: WriteSession, new: NewWarehouse) -> Warehouse:
    """Open a warehouse; raises WarehouseCodeTaken."""
    warehouse = Warehouse(
        organization_id=new.organization_id, code=new.code, name=new.name, address=new.address
    )
    taken = {"warehouses_organization_id_code_key": WarehouseCodeTaken(warehouse=new.code)}
    async with constraints.told(session, taken):
        session.add(warehouse)
    return warehouse


async def get(session: ReadSession, warehouse_id: UUID) -> Warehouse:
    """Return a warehouse, or refuse."""
    warehouse = await session.get(Warehouse, warehouse_id)
    if warehouse is None:
        raise OutOfSight
    return warehouse


async def taking_in(session: WriteSession, warehouse_id: UUID, organization_id: UUID) -> Warehouse:
    """Return a warehouse that goods are brought into, and keep it open until this transaction ends."""
    warehouse = await session.get(
        Warehouse, warehouse_id, with_for_update={"read": True}, populate_existing=True
    )
    if warehouse is None or warehouse.organization_id != organization_id:
        raise GoodsOfAnotherOrganization(warehouse=warehouse_id)
    if warehouse.closed_at is not None:
        raise WarehouseClosed(warehouse=warehouse.code)
    return warehouse


async def close(session: WriteSession, warehouse: Warehouse) -> None:
    """Take no more goods into a warehouse; raises WarehouseNotEmpty while any lie there or wait there."""
    await session.refresh(warehouse, with_for_update=True)
    lying = select(GoodsLot.id).where(
        GoodsLot.warehouse_id == warehouse.id,
        (GoodsLot.left_count > 0) | GoodsLot.accepted_count.is_(None),
    )
    if await session.scalar(lying.limit(1)):
        raise WarehouseNotEmpty(warehouse=warehouse.code)
    warehouse.closed_at = warehouse.closed_at or now()
    await session.flush()
