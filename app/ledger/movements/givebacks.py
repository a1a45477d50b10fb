"""Givebacks: unspent money that one member returns to the member who sent it, in both books under one id."""

from dataclasses import dataclass
from uuid import UUID

from app.kit.database import ReadSession, WriteSession
from app.ledger import accounts, journal
from app.ledger.errors import NothingToReturn, TransferNotWaiting
from app.ledger.events import Event
from app.ledger.journal import Follow, Line, Receipt
from app.ledger.models import Direction, EntryKind, FollowKind
from app.ledger.movements.pairs import Half, carry, find, reference
from app.ledger.movements.transfers import NATURES, Nature, money_leaf


@dataclass(frozen=True, slots=True, kw_only=True)
class Giveback:
    """What is given back of a transfer, with an id of its own, and the channel that pays it."""

    id: UUID
    transfer_id: UUID
    amount: int
    pay_from: UUID


async def give_back(session: WriteSession, giving: Giveback, event: Event) -> Receipt:
    """Book in the receiver's books what it gives back: the end of what it was sent, out of the same fund.

    Raises NothingToReturn if more is given than is left, or an unsettled advance in part; FundShort.
    """
    sent, received = await _halves(session, giving.transfer_id)
    if received.fund_id is None:
        _must_be_whole(sent, received, giving.amount)
    offset = received.amount - received.exchanged - giving.amount
    if offset < 0 or giving.amount < 1:
        raise NothingToReturn(asked=giving.amount, left=received.amount - received.exchanged)
    received = await carry(session, received, event.chart)
    money = money_leaf(event, received.organization_id, giving.pay_from, NATURES[sent.code])
    follows = Follow(posting_id=received.posting_id, offset=offset, kind=FollowKind.exchange)
    line = Line(
        debit=received.credit_account_id,
        credit=await accounts.open_one(session, money),
        amount=giving.amount,
        fund_id=received.fund_id,
        direction=Direction.outflow if received.fund_id else None,
        follows=follows if received.fund_id else None,
    )
    name = reference("return", giving.id, "out")
    lines = [line, *_owed_again(received)]
    draft = event.draft(received.organization_id, EntryKind.returned, name, lines)
    [receipt] = await journal.post(session, [draft])
    return receipt


def _must_be_whole(sent: Half, received: Half, amount: int) -> None:
    # Agency money and unsettled advances have no numbers at the receiver that could tell two parts apart.
    if amount != received.amount or sent.returned:
        raise NothingToReturn(
            "without a fund only the whole is given back", "未指定基金时只能全额退回", left=received.amount
        )


def _owed_again(half: Half) -> list[Line]:
    """Return the posting that undoes what a pair moved of a mandate's debt: only the whole is given back."""
    if half.owed_debit_id is None or half.owed_credit_id is None:
        return []
    return [Line(debit=half.owed_credit_id, credit=half.owed_debit_id, amount=half.amount)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Takeback:
    """The same money as it arrives at the member who had sent it."""

    id: UUID
    transfer_id: UUID
    into: UUID


async def take_back(session: WriteSession, taking: Takeback, event: Event) -> Receipt:
    """Book in the sender's books what came back: into the fund it had left, as the end of what was sent.

    Raises TransferNotWaiting if no such return is on its way.
    """
    sent, received = await _halves(session, taking.transfer_id)
    given = await find(session, "return", taking.id, "out")
    taken = await find(session, "return", taking.id, "in")
    if given is None or taken or not await _gives(session, given, received):
        raise TransferNotWaiting(transfer=taking.transfer_id)
    money = money_leaf(event, sent.organization_id, taking.into, NATURES[sent.code])
    # A settled advance is no claim any more but a cost, and the cost becomes less.
    used = await find(session, "transfer", taking.transfer_id, "used")
    sent = await carry(session, sent, event.chart)
    less = await carry(session, used, event.chart) if used else sent
    follows = Follow(posting_id=sent.posting_id, offset=given.follows_offset or 0, kind=FollowKind.returned)
    line = Line(
        debit=await accounts.open_one(session, money),
        credit=less.debit_account_id,
        amount=given.amount,
        fund_id=sent.fund_id,
        direction=Direction.inflow if sent.fund_id else None,
        follows=follows if sent.fund_id else None,
    )
    name = reference("return", taking.id, "in")
    draft = event.draft(sent.organization_id, EntryKind.returned, name, [line, *_owed_again(sent)])
    [receipt] = await journal.post(session, [draft])
    return receipt


async def _gives(session: WriteSession, given: Half, received: Half) -> bool:
    """Whether this is the return of what was received: by its numbers, or the whole of what has none."""
    if received.fund_id:
        return given.follows_posting_id == received.posting_id
    # It may have been received on one chart of accounts and given back on the next.
    then = await carry(session, received, given.chart)
    return given.debit_account_id == then.credit_account_id and given.amount == received.amount


async def _halves(session: ReadSession, transfer_id: UUID) -> tuple[Half, Half]:
    sent = await find(session, "transfer", transfer_id, "out")
    received = await find(session, "transfer", transfer_id, "in")
    if sent is not None and NATURES[sent.code] is Nature.advance:
        received = await find(session, "transfer", transfer_id, "settled") or received
    if sent is None or received is None:
        raise TransferNotWaiting(transfer=transfer_id)
    return sent, received
