"""Returns: what the receiver of a transfer does not need, on its way back until the sender has it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from app.accounting.models import Channel
from app.kit.clock import today
from app.kit.database import ReadSession, WriteSession
from app.ledger.movements import givebacks
from app.ledger.movements.givebacks import Giveback, Takeback
from app.organizations.errors import OutOfSight
from app.projects.models import Transfer, TransferReturn, TransferState
from app.projects.transfers import sending
from app.projects.transfers.errors import ReturnReceived, TransferDayUnfit, TransferNotInState

GIVABLE = frozenset({TransferState.received, TransferState.settled})


@dataclass(frozen=True, slots=True, kw_only=True)
class Back:
    """What is given back: how much, from which of the receiver's bank accounts, when and why."""

    channel: Channel
    amount: int
    on: date
    reason: str


async def give(session: WriteSession, transfer: Transfer, back: Back, *, actor: str) -> TransferReturn:
    """Pay back a part of a transfer (locked by the caller), out of the fund that had taken it.

    Raises NothingToReturn for more than is left, and for a part of money that lies in no fund; FundShort.
    """
    if transfer.state not in GIVABLE or transfer.received_on is None:
        raise TransferNotInState(transfer=transfer.code, state=transfer.state)
    sending.must_be_bank_of(back.channel, transfer.receiver_id)
    if not transfer.received_on <= back.on <= today():
        raise TransferDayUnfit(day=back.on)
    made = TransferReturn(
        transfer_id=transfer.id, amount=back.amount, sent_on=back.on, reason=back.reason, given_by=actor
    )
    giving = Giveback(id=made.id, transfer_id=transfer.id, amount=back.amount, pay_from=back.channel.id)
    await givebacks.give_back(session, giving, sending.event(back.channel, transfer, back.on, actor))
    session.add(made)
    await session.flush()
    return made


async def get(session: ReadSession, transfer: Transfer, return_id: UUID) -> TransferReturn:
    """Return what was given back of a transfer, or refuse."""
    made = await session.get(TransferReturn, return_id, populate_existing=True)
    if made is None or made.transfer_id != transfer.id:
        raise OutOfSight
    return made


async def take(
    session: WriteSession, transfer: Transfer, made: TransferReturn, channel: Channel, *, on: date, actor: str
) -> UUID:
    """Take what was given back into the sender's bank: its fund has it again. Returns the entry."""
    if made.received_on is not None:
        raise ReturnReceived(received_on=made.received_on)
    sending.must_be_bank_of(channel, transfer.sender_id)
    if not made.sent_on <= on <= today():
        raise TransferDayUnfit(day=on)
    taking = Takeback(id=made.id, transfer_id=transfer.id, into=channel.id)
    receipt = await givebacks.take_back(session, taking, sending.event(channel, transfer, on, actor))
    made.received_on, made.received_by = on, actor
    transfer.returned_minor += made.amount
    await session.flush()
    return receipt.entry_id


async def on_their_way(session: ReadSession, transfer_ids: list[UUID]) -> dict[UUID, tuple[int, date]]:
    """Return what of each transfer is on its way back, in fen, and since when."""
    query = (
        select(TransferReturn.transfer_id, func.sum(TransferReturn.amount), func.min(TransferReturn.sent_on))
        .where(TransferReturn.transfer_id.in_(transfer_ids), TransferReturn.received_on.is_(None))
        .group_by(TransferReturn.transfer_id)
    )
    return {row[0]: (int(row[1]), row[2]) for row in await session.execute(query)}
