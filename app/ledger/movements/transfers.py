"""Transfers: money between two members of the federation, booked by each in its own books under one id.

A grant is the sender's cost and the receiver's income; agency money is nobody's; an advance is the sender's
claim until it is settled. What is not needed is given back by the same way, from the end of what was sent.
The first posting of an entry is the pair's. A second one tells for whom a member holds agency money: what is
owed by its mandate goes to the account that names the other member, or comes from there.
"""

import enum
from dataclasses import dataclass, replace
from uuid import UUID

from app.kit.database import WriteSession
from app.ledger import accounts, funds, journal
from app.ledger.accounts import Leaf
from app.ledger.errors import EntryUnfit, TransferNotWaiting
from app.ledger.events import Event
from app.ledger.journal import Draft, Follow, Line, Receipt
from app.ledger.models import Direction, EntryKind, FollowKind, Fund
from app.ledger.movements.pairs import Half, carry, find, reference


class Nature(enum.StrEnum):
    """What a transfer is in the books of both sides."""

    grant = "grant"
    agency = "agency"
    advance = "advance"


SENT_TO = {Nature.grant: "5101", Nature.agency: "2601", Nature.advance: "1141"}
RECEIVED_AS = {Nature.grant: "4101", Nature.agency: "2601", Nature.advance: "2209"}
NATURES = {code: nature for nature, code in SENT_TO.items()}
AGENCY_SUB = "agency"
"""The sub-account of a bank account on which money lies that is only handed on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """What one member sends to another; agency money from no fund, but off what a mandate's account owes."""

    id: UUID
    nature: Nature
    sender_id: UUID
    receiver_id: UUID
    amount: int
    pay_from: UUID
    fund: Fund | None = None
    owed_id: UUID | None = None


async def send(session: WriteSession, sending: Sending, event: Event) -> Receipt:
    """Book a transfer in the sender's books; from now on its money is in transit.

    Raises FundShort, FundNotUsable, and EntryUnfit if the fund is missing, not the sender's, or not expected;
    AccountShort for more agency money than its mandate, or the bank account, holds.
    """
    fund = sending.fund
    if (fund is None) != (sending.nature is Nature.agency) or sending.sender_id == sending.receiver_id:
        raise EntryUnfit(
            "only agency money is sent from no fund", "只有受托代理资金可不从基金拨出", nature=sending.nature
        )
    if fund is not None:
        if fund.organization_id != sending.sender_id:
            raise EntryUnfit("the fund is not the sender's", "该基金不属于拨出方", fund=fund.code)
        funds.check_day(fund, event.day)
    code = SENT_TO[sending.nature]
    to = event.leaf(
        sending.sender_id, code, fund_id=fund.id if fund else None, counterparty_id=sending.receiver_id
    )
    money = money_leaf(event, sending.sender_id, sending.pay_from, sending.nature)
    opened = await accounts.open_all(session, [to, money])
    line = Line(
        debit=opened[to],
        credit=opened[money],
        amount=sending.amount,
        fund_id=fund.id if fund else None,
        direction=Direction.outflow if fund else None,
    )
    name = reference("transfer", sending.id, "out")
    lines = [line, *_owed(sending.owed_id, opened[to], sending.amount)]
    [receipt] = await journal.post(session, [event.draft(sending.sender_id, EntryKind.transfer, name, lines)])
    return receipt


def money_leaf(event: Event, organization_id: UUID, channel_id: UUID, nature: Nature) -> Leaf:
    """Return the account of a bank account on which money of this nature lies."""
    leaf = event.leaf(organization_id, "1002", channel_id=channel_id)
    return replace(leaf, sub=AGENCY_SUB) if nature is Nature.agency else leaf


def _owed(debit: UUID | None, credit: UUID | None, amount: int) -> list[Line]:
    return [] if debit is None or credit is None else [Line(debit=debit, credit=credit, amount=amount)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiving:
    """Where a member takes in what was sent to it; only a grant goes into a fund at once.

    What is owed of agency money may stand with a mandate of the receiver, by which it hands the money on.
    """

    transfer_id: UUID
    receiver_id: UUID
    into: UUID
    fund: Fund | None = None
    owed_id: UUID | None = None


async def receive(session: WriteSession, receiving: Receiving, event: Event) -> Receipt:
    """Book a transfer in the receiver's books, as it was sent.

    Raises TransferNotWaiting if nothing (or no more) is on its way, EntryUnfit if the fund does not suit.
    """
    sent = await find(session, "transfer", receiving.transfer_id, "out")
    if sent is None or sent.counterparty_id != receiving.receiver_id or sent.returned:
        raise TransferNotWaiting(transfer=receiving.transfer_id)
    if await find(session, "transfer", receiving.transfer_id, "in"):
        raise TransferNotWaiting(
            "it has been received already", "该笔划拨已被接收", transfer=receiving.transfer_id
        )
    nature = NATURES[sent.code]
    fund = _fitting(receiving.fund, receiving.receiver_id, wanted=nature is Nature.grant)
    if receiving.owed_id is not None and nature is not Nature.agency:
        raise EntryUnfit(
            "only agency money is owed by a mandate", "只有受托代理资金可由委托承担", nature=nature
        )
    money = money_leaf(event, receiving.receiver_id, receiving.into, nature)
    income = event.leaf(
        receiving.receiver_id,
        RECEIVED_AS[nature],
        fund_id=fund.id if fund else None,
        counterparty_id=sent.organization_id,
    )
    opened = await accounts.open_all(session, [money, income])
    line = _received(sent, opened[money], opened[income], fund)
    name = reference("transfer", receiving.transfer_id, "in")
    lines = [line, *_owed(opened[income], receiving.owed_id, sent.amount)]
    draft = event.draft(receiving.receiver_id, EntryKind.transfer, name, lines)
    [receipt] = await journal.post(session, [draft])
    return receipt


def _fitting(fund: Fund | None, organization_id: UUID, *, wanted: bool) -> Fund | None:
    if wanted != (fund is not None) or (fund and fund.organization_id != organization_id):
        raise EntryUnfit(
            "a grant, or a settled advance, goes into a fund of the receiver; no other money does",
            "只有拨款或已结算的预拨款进入接收方的基金",
        )
    return fund


def _received(sent: Half, debit: UUID, credit: UUID, fund: Fund | None) -> Line:
    return Line(
        debit=debit,
        credit=credit,
        amount=sent.amount,
        fund_id=fund.id if fund else None,
        direction=Direction.inflow if fund else None,
        follows=Follow(posting_id=sent.posting_id, offset=0, kind=FollowKind.transfer) if fund else None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """An advance that the receiver has accounted for: its fund takes the money, the sender's cost is real.

    The event is the sender's; the receiver's books may stand on another chart of accounts.
    """

    transfer_id: UUID
    fund: Fund
    project_id: UUID | None = None
    receiver_chart: str | None = None


async def settle(session: WriteSession, settlement: Settlement, event: Event) -> list[Receipt]:
    """Turn an advance into cost at the sender and income at the receiver, both at once and whole.

    What is left of it is given back afterwards. Raises TransferNotWaiting if it is no open advance.
    """
    sent = await find(session, "transfer", settlement.transfer_id, "out")
    received = await find(session, "transfer", settlement.transfer_id, "in")
    if (
        sent is None
        or received is None
        or sent.code != SENT_TO[Nature.advance]
        or sent.followed
        or sent.returned
    ):
        raise TransferNotWaiting(transfer=settlement.transfer_id)
    fund = _fitting(settlement.fund, received.organization_id, wanted=True)
    theirs = replace(event, chart=settlement.receiver_chart or event.chart)
    sent = await carry(session, sent, event.chart)
    received = await carry(session, received, theirs.chart)
    cost = event.leaf(
        sent.organization_id,
        "5101",
        fund_id=sent.fund_id,
        project_id=settlement.project_id,
        counterparty_id=received.organization_id,
    )
    income = theirs.leaf(
        received.organization_id, "4101", fund_id=settlement.fund.id, counterparty_id=sent.organization_id
    )
    opened = await accounts.open_all(session, [cost, income])
    # The money left the sender's fund when it was advanced; only accounts change, so the kind is clearing.
    used = Line(debit=opened[cost], credit=sent.debit_account_id, amount=sent.amount)
    drafts: list[Draft] = [
        event.draft(
            sent.organization_id,
            EntryKind.clearing,
            reference("transfer", settlement.transfer_id, "used"),
            [used],
        ),
        theirs.draft(
            received.organization_id,
            EntryKind.transfer,
            reference("transfer", settlement.transfer_id, "settled"),
            [_received(sent, received.credit_account_id, opened[income], fund)],
        ),
    ]
    return await journal.post(session, drafts)
