"""Sending: a transfer leaves one member and arrives at the other, each in its own books, by its people."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from app.accounting.models import AgencyMandate, Channel, ChannelKind
from app.accounting.parties import mandates
from app.accounting.parties.errors import MandateEnded
from app.kit import constraints
from app.kit.clock import LEGAL_ZONE, now, today
from app.kit.database import WriteSession
from app.ledger.events import Event
from app.ledger.models import Fund
from app.ledger.movements import transfers
from app.ledger.movements.transfers import Nature, Receiving, Sending, Settlement
from app.organizations import organizations
from app.projects.models import Transfer, TransferState
from app.projects.transfers import requests
from app.projects.transfers.errors import TransferDayUnfit, TransferNotInState, TransferPartsApart


def event(channel: Channel, transfer: Transfer, on: date, actor: str) -> Event:
    """Return when something of a transfer happened; of a day the noon, as banks tell the day alone."""
    at = datetime.combine(on, time(12), LEGAL_ZONE)
    return Event(occurred_at=at, actor=actor, chart=channel.chart, summary=f"划拨 {transfer.code}")


def must_be_bank_of(channel: Channel, organization_id: UUID) -> None:
    """Refuse a channel that is no bank account of this member."""
    if channel.organization_id != organization_id or channel.kind is not ChannelKind.bank:
        raise TransferPartsApart(channel=channel.code)


async def send(session: WriteSession, transfer: Transfer, channel: Channel, *, on: date, actor: str) -> UUID:
    """Pay an approved transfer (locked by the caller) from the sender's bank; it is in transit from then on.

    Raises FundShort, FundNotUsable; AccountShort, also for more than its mandate holds. Returns the entry.
    """
    if transfer.state is not TransferState.approved:
        raise TransferNotInState(transfer=transfer.code, state=transfer.state)
    must_be_bank_of(channel, transfer.sender_id)
    if on > today():
        raise TransferDayUnfit(day=on)
    sending = Sending(
        id=transfer.id,
        nature=transfer.nature,
        sender_id=transfer.sender_id,
        receiver_id=transfer.receiver_id,
        amount=transfer.amount,
        pay_from=channel.id,
        fund=await session.get_one(Fund, transfer.fund_id) if transfer.fund_id else None,
        owed_id=await _owed(session, transfer.mandate_id, channel),
    )
    receipt = await transfers.send(session, sending, event(channel, transfer, on, actor))
    await requests.move(session, transfer, TransferState.sent, by=actor, sent_on=on)
    return receipt.entry_id


async def _owed(session: WriteSession, mandate_id: UUID | None, channel: Channel) -> UUID | None:
    if mandate_id is None:
        return None
    mandate = await session.get_one(AgencyMandate, mandate_id)
    return await mandates.owed(session, mandate, channel.id, channel.chart)


@dataclass(frozen=True, slots=True, kw_only=True)
class Into:
    """Where a receiver takes money in: a bank account, and the fund or the mandate that it is for."""

    channel: Channel
    fund: Fund | None = None
    mandate: AgencyMandate | None = None


async def receive(session: WriteSession, transfer: Transfer, into: Into, *, on: date, actor: str) -> UUID:
    """Take a sent transfer (locked by the caller) into the receiver's bank, a grant into one of its funds.

    Agency money may go to a mandate of the receiver, who hands it on by that. Raises TransferPartsApart if it
    goes where it should not, or not where it should; MandateEnded. Returns the entry.
    """
    channel, fund, mandate = into.channel, into.fund, into.mandate
    if transfer.state is not TransferState.sent or transfer.sent_on is None:
        raise TransferNotInState(transfer=transfer.code, state=transfer.state)
    must_be_bank_of(channel, transfer.receiver_id)
    if not transfer.sent_on <= on <= today():
        raise TransferDayUnfit(day=on)
    if (fund is not None) != (transfer.nature is Nature.grant):
        raise TransferPartsApart(
            "a grant goes into a fund of the receiver, no other money does", "只有拨款进入接收方的基金"
        )
    _must_be_its(transfer, into)
    receiving = Receiving(
        transfer_id=transfer.id,
        receiver_id=transfer.receiver_id,
        into=channel.id,
        fund=fund,
        owed_id=await _owed(session, mandate.id if mandate else None, channel),
    )
    receipt = await transfers.receive(session, receiving, event(channel, transfer, on, actor))
    facts: dict[str, Any] = {
        "receiver_fund_id": fund.id if fund else None,
        "receiver_mandate_id": mandate.id if mandate else None,
    }
    await requests.move(session, transfer, TransferState.received, by=actor, received_on=on, **facts)
    return receipt.entry_id


def _must_be_its(transfer: Transfer, into: Into) -> None:
    fund, mandate = into.fund, into.mandate
    if fund is not None and fund.organization_id != transfer.receiver_id:
        raise TransferPartsApart(fund=fund.code)
    if mandate is None:
        return
    if mandate.organization_id != transfer.receiver_id or transfer.nature is not Nature.agency:
        raise TransferPartsApart(mandate=mandate.code)
    if mandate.ended_at is not None:
        raise MandateEnded(mandate=mandate.code)


async def account(session: WriteSession, transfer: Transfer, fund: Fund, *, content: str, actor: str) -> None:
    """Let the receiver account for an advance: what was done with it, and which fund takes it."""
    if transfer.nature is not Nature.advance:
        raise TransferNotInState(transfer=transfer.code, state=transfer.state)
    apart = {"transfers_receiver_fund_id_receiver_id_fkey": TransferPartsApart(fund=fund.code)}
    async with constraints.told(session, apart):
        to = TransferState.accounted
        await requests.move(session, transfer, to, by=actor, account=content, receiver_fund_id=fund.id)


async def settle(session: WriteSession, transfer: Transfer, *, chart: str, actor: str) -> None:
    """Accept the receiver's account of an advance: a cost at the sender, income at the receiver, at once."""
    if transfer.state is not TransferState.accounted or transfer.receiver_fund_id is None:
        raise TransferNotInState(transfer=transfer.code, state=transfer.state)
    fund = await session.get_one(Fund, transfer.receiver_fund_id)
    happened = Event(occurred_at=now(), actor=actor, chart=chart, summary=f"划拨核销 {transfer.code}")
    receiver = await organizations.get(session, transfer.receiver_id)
    settlement = Settlement(transfer_id=transfer.id, fund=fund, receiver_chart=receiver.chart_version)
    await transfers.settle(session, settlement, happened)
    await requests.move(session, transfer, TransferState.settled, by=actor)
