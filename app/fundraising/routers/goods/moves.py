"""Moves of goods between an organization's warehouses over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy import select

from app.fundraising.goods import errors
from app.fundraising.goods.storage import moves
from app.fundraising.models.goods import GoodsMove
from app.fundraising.routers.goods.handouts import OUT_OF_STOCK
from app.fundraising.schemas.goods.moves import GoodsMoveDetail, GoodsMoveIn, GoodsMoveOut, GoodsMoveQuery
from app.kit.database import Reading, Writing
from app.kit.http import pages, problems
from app.kit.http.idempotency import MoneyRoute
from app.kit.http.pages import Page
from app.organizations.access import Asking, Permission
from app.organizations.errors import OutOfSight
from app.organizations.signin import may

router = APIRouter(prefix="/v1/fundraising/goods/moves", tags=["goods"], route_class=MoneyRoute)

Reader = Annotated[Asking, may(Permission.goods_read)]
Recorder = Annotated[Asking, may(Permission.goods_record)]


@router.post(
    "",
    operation_id="record_goods_move",
    summary="Move goods",
    status_code=201,
    responses=problems.responses(*OUT_OF_STOCK, errors.MoveWithinWarehouse, errors.WarehouseClosed),
)
async def record_goods_move(session: Writing, caller: Recorder, body: GoodsMoveIn) -> GoodsMoveDetail:
    """Bring goods into another warehouse of the same organization; nothing is booked, for nothing is used."""
    caller.must(at=body.organization_id)
    move = await moves.record(session, body.as_move(), actor=caller.label)
    return GoodsMoveDetail.whole(move, await moves.lines_of(session, move))


@router.get("", operation_id="list_goods_moves", summary="List moves of goods")
async def list_goods_moves(
    session: Reading, caller: Reader, asked: Annotated[GoodsMoveQuery, Query()]
) -> Page[GoodsMoveOut]:
    """List moves of goods, those written down last first."""
    exact = asked.model_dump(include={"organization_id", "warehouse_id"}, exclude_none=True)
    query = select(GoodsMove).where(GoodsMove.organization_id.in_(caller.visible())).filter_by(**exact)
    found = await pages.page(session, query, [GoodsMove.id], asked, newest_first=True)
    return Page[GoodsMoveOut].model_validate(found)


@router.get("/{move_id}", operation_id="read_goods_move", summary="Read a move of goods")
async def read_goods_move(session: Reading, caller: Reader, move_id: UUID) -> GoodsMoveDetail:
    """Read a move with everything that was moved."""
    move = await session.get(GoodsMove, move_id)
    if move is None:
        raise OutOfSight
    caller.must(at=move.organization_id)
    return GoodsMoveDetail.whole(move, await moves.lines_of(session, move))
