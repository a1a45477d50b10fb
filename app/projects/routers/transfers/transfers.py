"""Transfers between members over HTTP: each side does its own part, with its own people."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy import select

from app.accounting import channels
from app.accounting.parties.errors import MandateEnded
from app.kit.database import Reading, Writing
from app.kit.http import pages, problems
from app.kit.http.idempotency import MoneyRoute
from app.kit.http.pages import Page, PageQuery, Slice
from app.ledger.errors import AccountShort, FundNotUsable, FundShort, TransferNotWaiting
from app.organizations import organizations
from app.organizations.access import Asking, Permission
from app.organizations.signin import may
from app.projects.models import Transfer, TransferStep
from app.projects.schemas.transfers.transfers import (
    TransferAccountIn,
    TransferDetail,
    TransferIn,
    TransferOut,
    TransferQuery,
    TransferReceiptIn,
    TransferSendingIn,
    TransferStepOut,
)
from app.projects.transfers import errors, lists, requests, sending
from app.projects.transfers.sending import Into

router = APIRouter(prefix="/v1/projects/transfers", tags=["transfers"], route_class=MoneyRoute)

Reader = Annotated[Asking, may(Permission.projects_read)]
Officer = Annotated[Asking, may(Permission.disbursements_request)]
Cashier = Annotated[Asking, may(Permission.payments_execute)]
_MOVING = problems.responses(
    errors.TransferNotInState, errors.TransferPartsApart, errors.TransferDayUnfit, errors.TransferMoved
)


@router.post(
    "",
    operation_id="submit_transfer",
    summary="Ask for a transfer",
    status_code=201,
    responses=problems.responses(
        *(errors.TransferPartsApart, FundShort, FundNotUsable), *(errors.MandateShort, MandateEnded)
    ),
)
async def submit_transfer(session: Writing, caller: Officer, body: TransferIn) -> TransferDetail:
    """Ask to send money to another member, and put it before those who decide at the sender."""
    caller.must(at=body.sender_id)
    transfer = await requests.ask(session, body.as_transfer(), by=caller.label)
    return TransferDetail.whole(transfer, caller.caller)


@router.get("", operation_id="list_transfers", summary="List transfers", response_model=Page[TransferOut])
async def list_transfers(
    session: Reading, caller: Reader, asked: Annotated[TransferQuery, Query()]
) -> Page[TransferOut]:
    """List the transfers that the organizations in your sight send or receive; `state=sent` is in transit."""
    query = lists.found(caller.visible(), asked.model_dump(exclude_none=True))
    found = await pages.listed(session, query, lists.ORDERS, asked, amount=Transfer.amount)
    items = [TransferOut.of(one) for one in found.items]
    return found.told(items)


@router.get("/{transfer_id}", operation_id="read_transfer", summary="Read a transfer")
async def read_transfer(session: Reading, caller: Reader, transfer_id: UUID) -> TransferDetail:
    """Read a transfer, and what you may do about it on either side."""
    transfer = await requests.seen(session, transfer_id, caller.visible())
    return TransferDetail.whole(transfer, caller.caller)


@router.get(
    "/{transfer_id}/steps",
    operation_id="list_transfer_steps",
    summary="List a transfer's steps",
    response_model=Page[TransferStepOut],
)
async def list_transfer_steps(
    session: Reading, caller: Reader, transfer_id: UUID, asked: Annotated[PageQuery, Query()]
) -> Slice[TransferStep]:
    """List every state that a transfer came into: who of which side brought it there, and why."""
    transfer = await requests.seen(session, transfer_id, caller.visible())
    query = select(TransferStep).where(TransferStep.transfer_id == transfer.id)
    return await pages.page(session, query, [TransferStep.number, TransferStep.id], asked)


@router.post(
    "/{transfer_id}/withdrawal",
    operation_id="withdraw_transfer",
    summary="Take a request for a transfer back",
    responses=_MOVING,
)
async def withdraw_transfer(session: Writing, caller: Officer, transfer_id: UUID) -> TransferDetail:
    """Take a transfer back that has not been sent, whether it was decided already or not."""
    # Not locked here: whoever decides takes the request for approval before the transfer.
    transfer = await requests.get(session, transfer_id)
    caller.must(at=transfer.sender_id)
    await requests.withdraw(session, transfer, by=caller.label)
    return TransferDetail.whole(transfer, caller.caller)


@router.post(
    "/{transfer_id}/sending",
    operation_id="record_transfer_sending",
    summary="Send a transfer",
    responses=_MOVING | problems.responses(FundShort, FundNotUsable, AccountShort),
)
async def record_transfer_sending(
    session: Writing, caller: Cashier, transfer_id: UUID, body: TransferSendingIn
) -> TransferDetail:
    """Pay an approved transfer from a bank account of the sender; its money is in transit from then on."""
    transfer = await requests.get(session, transfer_id, lock=True)
    caller.must(at=transfer.sender_id)
    channel = await channels.get(session, body.channel_id)
    await sending.send(session, transfer, channel, on=body.sent_on, actor=caller.label)
    return TransferDetail.whole(transfer, caller.caller)


@router.post(
    "/{transfer_id}/receipt",
    operation_id="record_transfer_receipt",
    summary="Confirm a transfer's arrival",
    responses=_MOVING | problems.responses(TransferNotWaiting, MandateEnded),
)
async def record_transfer_receipt(
    session: Writing, caller: Cashier, transfer_id: UUID, body: TransferReceiptIn
) -> TransferDetail:
    """Confirm, as the receiver, that a transfer has come: a grant to a fund, agency money for a mandate."""
    transfer = await requests.get(session, transfer_id, lock=True)
    caller.must(at=transfer.receiver_id)
    channel = await channels.get(session, body.channel_id)
    into = Into(
        channel=channel,
        fund=await requests.fund(session, body.fund_id),
        mandate=await requests.mandate(session, body.mandate_id),
    )
    await sending.receive(session, transfer, into, on=body.received_on, actor=caller.label)
    return TransferDetail.whole(transfer, caller.caller)


@router.post(
    "/{transfer_id}/account",
    operation_id="submit_transfer_account",
    summary="Account for an advance",
    responses=_MOVING,
)
async def submit_transfer_account(
    session: Writing, caller: Officer, transfer_id: UUID, body: TransferAccountIn
) -> TransferDetail:
    """Account, as the receiver, for an advance: what was done with it, and which of your funds takes it."""
    transfer = await requests.get(session, transfer_id, lock=True)
    caller.must(at=transfer.receiver_id)
    fund = await requests.must_be_fund(session, body.fund_id)
    await sending.account(session, transfer, fund, content=body.content, actor=caller.label)
    return TransferDetail.whole(transfer, caller.caller)


@router.post(
    "/{transfer_id}/settlement",
    operation_id="approve_transfer_account",
    summary="Settle an advance",
    responses=_MOVING | problems.responses(TransferNotWaiting),
)
async def approve_transfer_account(
    session: Writing,
    caller: Annotated[Asking, may(Permission.disbursements_approve)],
    transfer_id: UUID,
) -> TransferDetail:
    """Accept, as the sender, what the receiver accounts for: the advance is a cost here and income there."""
    transfer = await requests.get(session, transfer_id, lock=True)
    caller.must(at=transfer.sender_id)
    sender = await organizations.get(session, transfer.sender_id)
    await sending.settle(session, transfer, chart=sender.chart_version, actor=caller.label)
    return TransferDetail.whole(transfer, caller.caller)
