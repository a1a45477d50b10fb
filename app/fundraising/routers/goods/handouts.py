"""Hand-outs of goods over HTTP."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request

from app.accounting.parties.errors import NotACounterparty
from app.fundraising.goods import errors, handouts, names, registers
from app.fundraising.goods.asking import requests
from app.fundraising.models.goods import GoodsHandout
from app.fundraising.schemas.goods.handouts import (
    GoodsHandoutDetail,
    GoodsHandoutIn,
    GoodsHandoutOut,
    GoodsHandoutQuery,
    GoodsReceiptIn,
    GoodsReversalIn,
    Said,
)
from app.kit.attachments.errors import AttachmentNotFree
from app.kit.database import Reading, ReadSession, Writing
from app.kit.http import idempotency, pages, problems
from app.kit.http.idempotency import MoneyRoute
from app.kit.http.pages import Page
from app.ledger.errors import FundNotUsable, PurposeNotAllowed
from app.organizations.access import Asking, Permission
from app.organizations.signin import may

router = APIRouter(prefix="/v1/fundraising/goods/handouts", tags=["goods"], route_class=MoneyRoute)

Reader = Annotated[Asking, may(Permission.goods_read)]
Recorder = Annotated[Asking, may(Permission.goods_record)]
OUT_OF_STOCK = (
    errors.StockShort,
    errors.GoodsNotInspected,
    errors.LotUnknown,
    errors.UnitUnknown,
    errors.DayUnfit,
    errors.GoodsReferenceTaken,
    errors.GoodsOfAnotherOrganization,
)


@router.post(
    "",
    operation_id="record_goods_handout",
    status_code=201,
    responses=problems.responses(
        *OUT_OF_STOCK,
        errors.ApprovalNeeded,
        errors.GoodsExpired,
        NotACounterparty,
        PurposeNotAllowed,
        FundNotUsable,
    ),
)
async def record_goods_handout(
    session: Writing, caller: Recorder, body: GoodsHandoutIn, request: Request
) -> GoodsHandoutDetail:
    """Hand goods out for their purpose, never more than is left; what they were worth is booked as used.

    Above what a member's policy for `goods_handout` leaves to one person, it is asked for as a request.
    """
    caller.must(at=body.organization_id)
    handout = await requests.hand_out(session, body.as_handout(), actor=caller.label)
    idempotency.concerns(request, handout.id)
    return await _whole(session, caller, handout)


@router.get("", operation_id="list_goods_handouts")
async def list_goods_handouts(
    session: Reading, caller: Reader, asked: Annotated[GoodsHandoutQuery, Query()]
) -> Page[GoodsHandoutOut]:
    """List hand-outs, those written down last first."""
    query = registers.handouts(caller.visible(), asked.model_dump())
    found = await pages.page(
        session, query, [GoodsHandout.id], asked, newest_first=True, amount=GoodsHandout.value_minor
    )
    said = await _said(session, caller, found.items)
    return found.told([GoodsHandoutOut.of(one, said[one.id], caller.caller) for one in found.items])


@router.get("/{handout_id}", operation_id="read_goods_handout")
async def read_goods_handout(session: Reading, caller: Reader, handout_id: UUID) -> GoodsHandoutDetail:
    """Read a hand-out with everything that was handed out."""
    handout = await handouts.get(session, handout_id)
    caller.must(at=handout.organization_id)
    return await _whole(session, caller, handout)


@router.post(
    "/{handout_id}/receipt",
    operation_id="record_goods_receipt",
    responses=problems.responses(
        errors.HandoutSigned, errors.HandoutTakenBack, errors.DayUnfit, AttachmentNotFree
    ),
)
async def record_goods_receipt(
    session: Writing, caller: Recorder, handout_id: UUID, body: GoodsReceiptIn
) -> GoodsHandoutDetail:
    """Write down that the recipient has signed: what the goods were worth has reached the beneficiary."""
    handout = await handouts.get(session, handout_id, lock=True)
    caller.must(at=handout.organization_id)
    await handouts.sign(
        session, handout, on=body.signed_on, attachment_ids=body.attachment_ids, actor=caller.label
    )
    return await _whole(session, caller, handout)


@router.post(
    "/{handout_id}/reversal",
    operation_id="reverse_goods_handout",
    summary="Take a hand-out back",
    responses=problems.responses(errors.HandoutSigned, errors.HandoutTakenBack),
)
async def reverse_goods_handout(
    session: Writing, caller: Recorder, handout_id: UUID, body: GoodsReversalIn, request: Request
) -> GoodsHandoutDetail:
    """Take back what was a mistake or reached nobody: the goods lie there again, the entry is mirrored."""
    handout = await handouts.get(session, handout_id, lock=True)
    caller.must(at=handout.organization_id)
    await handouts.take_back(session, handout, reason=body.reason, actor=caller.label)
    idempotency.concerns(request, handout.id)
    return await _whole(session, caller, handout)


async def _whole(session: ReadSession, caller: Asking, handout: GoodsHandout) -> GoodsHandoutDetail:
    [said] = (await _said(session, caller, [handout])).values()
    return GoodsHandoutDetail.whole(handout, await handouts.lines_of(session, handout), said, caller.caller)


async def _said(session: ReadSession, caller: Asking, found: Sequence[GoodsHandout]) -> dict[UUID, Said]:
    clear_in = caller.caller.holds(Permission.donors_read)
    recipients = await names.of_recipients(session, found, clear_in=clear_in)
    why = await handouts.why(session, found, clear_in=clear_in)
    return {one.id: Said(recipients[one.id], why.get(one.id)) for one in found}
