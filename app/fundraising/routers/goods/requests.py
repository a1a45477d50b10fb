"""Requests for hand-outs over HTTP; they are decided and withdrawn at `/v1/approvals`."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request

from app.accounting.parties.errors import NotACounterparty
from app.fundraising.goods import errors, names
from app.fundraising.goods.asking import requests
from app.fundraising.models.goods import RequestedHandout
from app.fundraising.routers.goods.handouts import OUT_OF_STOCK
from app.fundraising.schemas.goods.requests import (
    AskedFor,
    GoodsRequestDetail,
    GoodsRequestIn,
    GoodsRequestOut,
    GoodsRequestQuery,
)
from app.kit.database import Reading, ReadSession, Writing
from app.kit.http import idempotency, pages, problems
from app.kit.http.idempotency import MoneyRoute
from app.kit.http.pages import Page
from app.ledger.errors import FundNotUsable, PurposeNotAllowed
from app.organizations.access import Asking, Permission
from app.organizations.signin import may

router = APIRouter(prefix="/v1/fundraising/goods/requests", tags=["goods"], route_class=MoneyRoute)

Reader = Annotated[Asking, may(Permission.goods_read)]
Recorder = Annotated[Asking, may(Permission.goods_record)]


@router.post(
    "",
    operation_id="request_goods_handout",
    summary="Ask for a hand-out",
    status_code=201,
    responses=problems.responses(
        *OUT_OF_STOCK, errors.GoodsExpired, NotACounterparty, PurposeNotAllowed, FundNotUsable
    ),
)
async def request_goods_handout(
    session: Writing, caller: Recorder, body: GoodsRequestIn, request: Request
) -> GoodsRequestDetail:
    """Set goods aside and ask for their hand-out: once approved, they are handed out that day and booked."""
    caller.must(at=body.organization_id)
    asked = await requests.ask(session, body.as_handout(), asked_by=caller.label)
    idempotency.concerns(request, asked.id)
    return await _whole(session, caller, asked)


@router.get("", operation_id="list_goods_requests", summary="List requests for hand-outs")
async def list_goods_requests(
    session: Reading, caller: Reader, asked: Annotated[GoodsRequestQuery, Query()]
) -> Page[GoodsRequestOut]:
    """List requests for hand-outs, the latest first."""
    query = requests.listing(caller.visible(), asked.model_dump())
    found = await pages.page(
        session, query, [RequestedHandout.id], asked, newest_first=True, amount=RequestedHandout.value_minor
    )
    said = await _said(session, caller, found.items)
    return found.told([GoodsRequestOut.of(one, said[one.id]) for one in found.items])


@router.get("/{request_id}", operation_id="read_goods_request", summary="Read a request for a hand-out")
async def read_goods_request(session: Reading, caller: Reader, request_id: UUID) -> GoodsRequestDetail:
    """Read a request with what is set aside for it, or was, and why it was rejected."""
    asked = await requests.get(session, request_id)
    caller.must(at=asked.organization_id)
    return await _whole(session, caller, asked)


async def _whole(session: ReadSession, caller: Asking, asked: RequestedHandout) -> GoodsRequestDetail:
    [said] = (await _said(session, caller, [asked])).values()
    return GoodsRequestDetail.whole(asked, await requests.lines_of(session, asked), said)


async def _said(
    session: ReadSession, caller: Asking, found: Sequence[RequestedHandout]
) -> dict[UUID, AskedFor]:
    clear_in = caller.caller.holds(Permission.donors_read)
    recipients = await names.of_recipients(session, found, clear_in=clear_in)
    why = await requests.why_rejected(session, found, clear_in=clear_in)
    return {one.id: AskedFor(recipients[one.id], why.get(one.id)) for one in found}
