"""What receivers give back of transfers, over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy import select

from app.accounting import channels
from app.kit.database import Reading, Writing
from app.kit.http import pages, problems
from app.kit.http.idempotency import MoneyRoute
from app.kit.http.pages import Page, PageQuery
from app.ledger.errors import AccountShort, FundShort, NothingToReturn
from app.organizations.access import Asking, Permission
from app.organizations.signin import may
from app.projects.models import TransferReturn
from app.projects.schemas.transfers.transfers import (
    TransferReturnIn,
    TransferReturnOut,
    TransferReturnReceiptIn,
)
from app.projects.transfers import errors, requests, returns
from app.projects.transfers.returns import Back

router = APIRouter(
    prefix="/v1/projects/transfers/{transfer_id}/returns", tags=["transfers"], route_class=MoneyRoute
)

Cashier = Annotated[Asking, may(Permission.payments_execute)]
_MOVING = problems.responses(
    errors.TransferNotInState, errors.TransferPartsApart, errors.TransferDayUnfit, errors.ReturnReceived
)


@router.post(
    "",
    operation_id="return_transfer",
    summary="Give money of a transfer back",
    status_code=201,
    responses=_MOVING | problems.responses(NothingToReturn, FundShort, AccountShort),
)
async def return_transfer(
    session: Writing, caller: Cashier, transfer_id: UUID, body: TransferReturnIn
) -> TransferReturnOut:
    """Give back, as the receiver, what is not needed of a transfer; on its way until the sender has it."""
    transfer = await requests.get(session, transfer_id, lock=True)
    caller.must(at=transfer.receiver_id)
    channel = await channels.get(session, body.channel_id)
    back = Back(channel=channel, amount=body.amount.amount, on=body.sent_on, reason=body.reason)
    return TransferReturnOut.of(await returns.give(session, transfer, back, actor=caller.label))


@router.get("", operation_id="list_transfer_returns", summary="List what was given back of a transfer")
async def list_transfer_returns(
    session: Reading,
    caller: Annotated[Asking, may(Permission.projects_read)],
    transfer_id: UUID,
    asked: Annotated[PageQuery, Query()],
) -> Page[TransferReturnOut]:
    """List what was given back of a transfer, and what of it is still on its way."""
    transfer = await requests.seen(session, transfer_id, caller.visible())
    query = select(TransferReturn).where(TransferReturn.transfer_id == transfer.id)
    found = await pages.page(session, query, [TransferReturn.id], asked, amount=TransferReturn.amount)
    return found.told([TransferReturnOut.of(one) for one in found.items])


@router.post(
    "/{return_id}/receipt",
    operation_id="record_transfer_return_receipt",
    summary="Confirm that money is back",
    responses=_MOVING,
)
async def record_transfer_return_receipt(
    session: Writing, caller: Cashier, transfer_id: UUID, return_id: UUID, body: TransferReturnReceiptIn
) -> TransferReturnOut:
    """Confirm, as the sender, that money is back: the fund that it had left has it again."""
    transfer = await requests.get(session, transfer_id, lock=True)
    caller.must(at=transfer.sender_id)
    made = await returns.get(session, transfer, return_id)
    channel = await channels.get(session, body.channel_id)
    await returns.take(session, transfer, made, channel, on=body.received_on, actor=caller.label)
    return TransferReturnOut.of(made)
