"""Warehouses over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from app.fundraising.goods import errors, registers, warehouses
from app.fundraising.models.goods import Warehouse
from app.fundraising.schemas.goods.warehouses import WarehouseIn, WarehouseOut, WarehouseQuery
from app.kit.database import Reading, Writing
from app.kit.http import pages, problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page
from app.organizations.access import Asking, Permission
from app.organizations.signin import may

router = APIRouter(prefix="/v1/fundraising/goods/warehouses", tags=["goods"], route_class=IdempotentRoute)

Reader = Annotated[Asking, may(Permission.goods_read)]
Recorder = Annotated[Asking, may(Permission.goods_record)]


@router.post(
    "",
    operation_id="open_warehouse",
    status_code=201,
    responses=problems.responses(errors.WarehouseCodeTaken),
)
async def open_warehouse(session: Writing, caller: Recorder, body: WarehouseIn) -> WarehouseOut:
    """Open a warehouse of an organization."""
    caller.must(at=body.organization_id)
    return WarehouseOut.of(await warehouses.create(session, body.as_warehouse()), caller.caller)


@router.get("", operation_id="list_warehouses")
async def list_warehouses(
    session: Reading, caller: Reader, asked: Annotated[WarehouseQuery, Query()]
) -> Page[WarehouseOut]:
    """List the warehouses of the organizations that you can see, by code."""
    query = registers.warehouses(caller.visible(), asked.organization_id)
    found = await pages.page(session, query, [Warehouse.code, Warehouse.id], asked)
    items = [WarehouseOut.of(one, caller.caller) for one in found.items]
    return found.told(items)


@router.post(
    "/{warehouse_id}/closing",
    operation_id="close_warehouse",
    responses=problems.responses(errors.WarehouseNotEmpty),
)
async def close_warehouse(session: Writing, caller: Recorder, warehouse_id: UUID) -> WarehouseOut:
    """Take no more goods into a warehouse; what lies there must have gone."""
    warehouse = await warehouses.get(session, warehouse_id)
    caller.must(at=warehouse.organization_id)
    await warehouses.close(session, warehouse)
    return WarehouseOut.of(warehouse, caller.caller)
