"""Gifts in kind over HTTP: taken in, inspected, valued."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request

from app.fundraising import errors as fundraising_errors
from app.fundraising.filings.errors import EmergencyClosed, FilingDateWrong
from app.fundraising.goods import errors, intake, lots, names, registers, valuations
from app.fundraising.models.goods import GoodsGift
from app.fundraising.schemas.goods.gifts import (
    GoodsGiftIn,
    GoodsGiftOut,
    GoodsGiftQuery,
    GoodsValuationIn,
    GoodsValuationOut,
    InspectionIn,
)
from app.kit.attachments.errors import AttachmentNotFree
from app.kit.database import Reading, ReadSession, Writing
from app.kit.http import idempotency, pages, problems
from app.kit.http.idempotency import IdempotentRoute, KeyRequired
from app.kit.http.pages import Page
from app.organizations.access import Asking, Permission
from app.organizations.signin import may

router = APIRouter(prefix="/v1/fundraising/goods/gifts", tags=["goods"], route_class=IdempotentRoute)

Reader = Annotated[Asking, may(Permission.goods_read)]
Recorder = Annotated[Asking, may(Permission.goods_record)]
Valuer = Annotated[Asking, may(Permission.goods_value)]


@router.post(
    "",
    operation_id="receive_goods",
    status_code=201,
    responses=problems.responses(
        errors.GoodsReferenceTaken,
        errors.WarehouseClosed,
        errors.GoodsOfAnotherOrganization,
        errors.DayUnfit,
        fundraising_errors.DesignationNotFound,
        fundraising_errors.EmergencyNotFound,
        *(EmergencyClosed, FilingDateWrong, AttachmentNotFree),
    ),
)
async def receive_goods(
    session: Writing, caller: Recorder, body: GoodsGiftIn, request: Request
) -> GoodsGiftOut:
    """Write down goods that came in, line by line; they are in stock once they are inspected."""
    caller.must(at=body.organization_id)
    gift = await intake.receive(session, body.as_gift(), actor=caller.label)
    idempotency.concerns(request, gift.id)
    return await _told(session, caller, gift)


@router.get("", operation_id="list_goods_gifts")
async def list_goods_gifts(
    session: Reading, caller: Reader, asked: Annotated[GoodsGiftQuery, Query()]
) -> Page[GoodsGiftOut]:
    """List gifts in kind, those written down last first."""
    query = registers.gifts(caller.visible(), asked.model_dump())
    found = await pages.page(session, query, [GoodsGift.id], asked, newest_first=True)
    clear_in = caller.caller.holds(Permission.donors_read)
    givers = await names.of_gifts(session, found.items, clear_in=clear_in)
    items = [GoodsGiftOut.of(gift, givers[gift.id], caller.caller) for gift in found.items]
    return found.told(items)


@router.get("/{gift_id}", operation_id="read_goods_gift")
async def read_goods_gift(session: Reading, caller: Reader, gift_id: UUID) -> GoodsGiftOut:
    """Read a gift in kind; its lines are read at `/v1/fundraising/goods/lots?gift_id=`."""
    gift = await intake.get(session, gift_id)
    caller.must(at=gift.organization_id)
    return await _told(session, caller, gift)


@router.post(
    "/{gift_id}/inspection",
    operation_id="record_goods_inspection",
    responses=problems.responses(errors.GoodsInspected, errors.InspectionIncomplete, errors.DayUnfit),
)
async def record_goods_inspection(
    session: Writing, caller: Recorder, gift_id: UUID, body: InspectionIn
) -> GoodsGiftOut:
    """Write down what an inspection accepted of every lot: so much is in stock from now on."""
    gift = await intake.get(session, gift_id, lock=True)
    caller.must(at=gift.organization_id)
    here = await lots.of_gift(session, gift.id, lock=True)
    await intake.inspect(session, gift, here, body.accepted(), on=body.inspected_on, actor=caller.label)
    return await _told(session, caller, gift)


@router.post(
    "/{gift_id}/valuations",
    operation_id="record_goods_valuation",
    status_code=201,
    dependencies=[KeyRequired],
    responses=problems.responses(
        errors.GoodsNotInspected,
        errors.LotUnknown,
        errors.LotValued,
        errors.LotMoved,
        errors.ValuationUnfit,
        AttachmentNotFree,
    ),
)
async def record_goods_valuation(
    session: Writing, caller: Valuer, gift_id: UUID, body: GoodsValuationIn
) -> GoodsValuationOut:
    """Value lots of a gift by their papers, at fair value or at one yuan, and book them as income."""
    gift = await intake.get(session, gift_id, lock=True)
    caller.must(at=gift.organization_id)
    valuation = await valuations.record(
        session, gift, body.values(), attachment_ids=body.attachment_ids, actor=caller.label
    )
    return GoodsValuationOut.of(valuation)


async def _told(session: ReadSession, caller: Asking, gift: GoodsGift) -> GoodsGiftOut:
    clear_in = caller.caller.holds(Permission.donors_read)
    givers = await names.of_gifts(session, [gift], clear_in=clear_in)
    return GoodsGiftOut.of(gift, givers[gift.id], caller.caller)
