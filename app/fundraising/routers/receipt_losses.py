"""Lost receipts over HTTP."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request

from app.fundraising.models import ReceiptLoss
from app.fundraising.receipts import errors, losses
from app.fundraising.schemas.receipt_losses import (
    ReceiptLossDeclarationIn,
    ReceiptLossIn,
    ReceiptLossOut,
    ReceiptLossQuery,
    ReceiptLossWithdrawalIn,
)
from app.kit.database import Reading, ReadSession, Writing
from app.kit.http import idempotency, pages, problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page
from app.organizations.access import Asking, Permission
from app.organizations.errors import OutOfSight
from app.organizations.signin import may

router = APIRouter(
    prefix="/v1/fundraising/receipts/losses", tags=["donation receipts"], route_class=IdempotentRoute
)

Reader = Annotated[Asking, may(Permission.gifts_read)]
Issuer = Annotated[Asking, may(Permission.receipts_issue)]


@router.post(
    "",
    operation_id="record_receipt_loss",
    summary="Record a lost receipt",
    status_code=201,
    responses=problems.responses(errors.ReceiptLossKnown, errors.ReceiptLossDayWrong),
)
async def record_receipt_loss(
    session: Writing, caller: Issuer, body: ReceiptLossIn, request: Request
) -> ReceiptLossOut:
    """Record that a paper receipt is missing; it has to be declared void within three days."""
    caller.must(at=body.organization_id)
    loss = await losses.record(session, body.as_loss(caller.label), circumstances=body.circumstances)
    return await _answer(request, session, caller, loss)


@router.get("", operation_id="list_receipt_losses", summary="List lost receipts")
async def list_receipt_losses(
    session: Reading, caller: Reader, asked: Annotated[ReceiptLossQuery, Query()]
) -> Page[ReceiptLossOut]:
    """List the receipts that your organizations lost, the first lost first."""
    visible = caller.visible()
    if asked.organization_id:
        visible &= {asked.organization_id}
    query = losses.matching(visible, open_only=asked.state == "open")
    found = await pages.page(session, query, [ReceiptLoss.lost_on, ReceiptLoss.id], asked)
    return found.told(await _shown(session, caller, found.items))


@router.post(
    "/{loss_id}/declaration",
    operation_id="record_receipt_loss_declaration",
    summary="Record that a lost receipt was declared void",
    responses=problems.responses(errors.ReceiptLossOver, errors.ReceiptLossDayWrong, OutOfSight),
)
async def record_receipt_loss_declaration(
    session: Writing, caller: Issuer, loss_id: UUID, body: ReceiptLossDeclarationIn, request: Request
) -> ReceiptLossOut:
    """Record when and where a lost receipt was declared void."""
    loss = await losses.get(session, loss_id, lock=True)
    caller.must(at=loss.organization_id)
    await losses.declare_void(session, loss, on=body.declared_on, where=body.declared_in, by=caller.label)
    return await _answer(request, session, caller, loss)


@router.post(
    "/{loss_id}/withdrawal",
    operation_id="withdraw_receipt_loss",
    summary="Withdraw a loss",
    responses=problems.responses(errors.ReceiptLossOver, OutOfSight),
)
async def withdraw_receipt_loss(
    session: Writing, caller: Issuer, loss_id: UUID, body: ReceiptLossWithdrawalIn, request: Request
) -> ReceiptLossOut:
    """Note that a receipt was found again, or was never lost: nothing is owed for it any more."""
    loss = await losses.get(session, loss_id, lock=True)
    caller.must(at=loss.organization_id)
    await losses.withdraw(session, loss, reason=body.reason, by=caller.label)
    return await _answer(request, session, caller, loss)


async def _answer(
    request: Request, session: ReadSession, caller: Asking, loss: ReceiptLoss
) -> ReceiptLossOut:
    idempotency.concerns(request, await losses.holder(session, loss))
    [shown] = await _shown(session, caller, [loss])
    return shown


async def _shown(session: ReadSession, caller: Asking, found: Sequence[ReceiptLoss]) -> list[ReceiptLossOut]:
    clear_in = caller.caller.holds(Permission.donors_read)
    readable = [one for one in found if losses.names_nobody(one) or one.organization_id in clear_in]
    words = await losses.words(session, readable)
    return [ReceiptLossOut.of(one, words.get(one.id, (None, None))) for one in found]
