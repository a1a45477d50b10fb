"""Disposals of goods over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query
from sqlalchemy import select

from app.accounting import channels
from app.accounting.errors import ChannelNotFound
from app.fundraising.goods import disposals, errors
from app.fundraising.models.goods import GoodsDisposal
from app.fundraising.routers.goods.handouts import OUT_OF_STOCK
from app.fundraising.schemas.goods.disposals import GoodsDisposalIn, GoodsDisposalOut, GoodsDisposalQuery
from app.kit.database import Reading, Writing
from app.kit.http import pages, problems
from app.kit.http.idempotency import MoneyRoute
from app.kit.http.pages import FRAME, Page
from app.ledger.errors import FundNotUsable, PurposeNotAllowed
from app.organizations.access import Asking, Permission
from app.organizations.signin import may

router = APIRouter(prefix="/v1/fundraising/goods/disposals", tags=["goods"], route_class=MoneyRoute)

Reader = Annotated[Asking, may(Permission.goods_read)]
Recorder = Annotated[Asking, may(Permission.goods_record)]


@router.post(
    "",
    operation_id="record_goods_disposal",
    status_code=201,
    responses=problems.responses(
        *OUT_OF_STOCK, errors.DisposalOfSeveralPurposes, PurposeNotAllowed, FundNotUsable, ChannelNotFound
    ),
)
async def record_goods_disposal(
    session: Writing, caller: Recorder, body: GoodsDisposalIn
) -> GoodsDisposalOut:
    """Take goods out of stock that were sold, destroyed or lost; proceeds keep the purpose."""
    caller.must(at=body.organization_id)
    channel = await channels.get(session, body.channel_id) if body.channel_id else None
    made = await disposals.record(session, body.as_disposal(channel), actor=caller.label)
    return GoodsDisposalOut.of(made)


@router.get("", operation_id="list_goods_disposals")
async def list_goods_disposals(
    session: Reading, caller: Reader, asked: Annotated[GoodsDisposalQuery, Query()]
) -> Page[GoodsDisposalOut]:
    """List disposals, the latest first."""
    exact = asked.model_dump(exclude=FRAME, exclude_none=True)
    query = select(GoodsDisposal).where(GoodsDisposal.organization_id.in_(caller.visible()))
    found = await pages.page(session, query.filter_by(**exact), [GoodsDisposal.id], asked, newest_first=True)
    return found.told([GoodsDisposalOut.of(one) for one in found.items])
