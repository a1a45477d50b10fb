"""The stock of goods over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from app.fundraising.goods import lots
from app.fundraising.models.goods import GoodsLot
from app.fundraising.schemas.goods.lots import GoodsLotOut, GoodsLotQuery
from app.kit.database import Reading
from app.kit.http import pages
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page
from app.organizations.access import Asking, Permission
from app.organizations.signin import may

router = APIRouter(prefix="/v1/fundraising/goods/lots", tags=["goods"], route_class=IdempotentRoute)

Reader = Annotated[Asking, may(Permission.goods_read)]


@router.get("", operation_id="list_goods_lots")
async def list_goods_lots(
    session: Reading, caller: Reader, asked: Annotated[GoodsLotQuery, Query()]
) -> Page[GoodsLotOut]:
    """List the stock by warehouse, lot and expiry; the summary's amount is what is left of their value."""
    query = lots.found(caller.visible(), asked.search())
    found = await pages.listed(session, query, lots.ORDERS, asked, amount=GoodsLot.left_minor)
    items = [GoodsLotOut.of(lot, caller.caller) for lot in found.items]
    return found.told(items)


@router.get("/{lot_id}", operation_id="read_goods_lot")
async def read_goods_lot(session: Reading, caller: Reader, lot_id: UUID) -> GoodsLotOut:
    """Read a lot: what came in, what was accepted, what is left."""
    lot = await lots.get(session, lot_id)
    caller.must(at=lot.organization_id)
    return GoodsLotOut.of(lot, caller.caller)
