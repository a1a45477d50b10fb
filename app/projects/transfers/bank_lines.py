"""Bank lines: a bank's own word for a transfer's payment or arrival, and for money that a payee gave back."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from app.accounting.bank import decisions
from app.accounting.bank.decisions import Decision
from app.accounting.bank.errors import LineDecided
from app.accounting.models import AgencyMandate, BankLine, Channel, LineKind
from app.kit.database import WriteSession
from app.ledger.models import Entry, Fund
from app.ledger.movements import pairs
from app.projects.models import Transfer, TransferReturn
from app.projects.transfers import returns, sending
from app.projects.transfers.errors import LineIsNotThisTransfer
from app.projects.transfers.sending import Into


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Which transfer (locked by the caller) a line is, for which fund or mandate, or which of its returns."""

    transfer: Transfer
    fund: Fund | None = None
    mandate: AgencyMandate | None = None
    back: TransferReturn | None = None


async def take(session: WriteSession, line_id: UUID, named: Named, *, actor: str) -> BankLine:
    """Let a line be a transfer: booked as the bank tells it, or matched with what is booked already.

    Money out is the sender's payment or the receiver's return, money in the receiver's arrival or the
    sender's return. Raises LineIsNotThisTransfer, LineDecided, LineMatched.
    """
    line, channel = await decisions.hold(session, line_id)
    if line.kind not in {None, LineKind.member_transfer} or line.entry_id is not None:
        raise LineDecided(line=line.id, kind=line.kind, entry=line.entry_id)
    decisions.must_be_unmatched(line)
    transfer, back = named.transfer, named.back
    if abs(line.amount) != (back.amount if back else transfer.amount):
        raise LineIsNotThisTransfer(line=line.id, amount=line.amount)
    way = ("return", back.id) if back else ("transfer", transfer.id)
    payer = transfer.receiver_id if back else transfer.sender_id
    payee = transfer.sender_id if back else transfer.receiver_id
    side = "out" if line.amount < 0 else "in"
    if line.organization_id != (payer if side == "out" else payee):
        raise LineIsNotThisTransfer(line=line.id, organization=line.organization_id)
    name = pairs.reference(way[0], way[1], side)
    entry_id = await session.scalar(select(Entry.id).where(Entry.reference == name))
    entry_id = entry_id or await _book(session, line, channel, named, actor)
    decision = Decision(kind=LineKind.member_transfer, note=transfer.code)
    await decisions.conclude(session, line, channel, decision, actor=actor, entry_id=entry_id)
    if line.matched_minor != abs(line.amount):
        # It is booked on another account than the one that this bank tells of.
        raise LineIsNotThisTransfer(line=line.id, entry=entry_id)
    return line


async def _book(session: WriteSession, line: BankLine, channel: Channel, named: Named, actor: str) -> UUID:
    transfer, on = named.transfer, line.happened_on
    if named.back is not None:
        # What the receiver pays back it says itself first: how much and why a bank cannot tell.
        if line.amount < 0:
            raise LineIsNotThisTransfer(line=line.id)
        return await returns.take(session, transfer, named.back, channel, on=on, actor=actor)
    if line.amount < 0:
        return await sending.send(session, transfer, channel, on=on, actor=actor)
    into = Into(channel=channel, fund=named.fund, mandate=named.mandate)
    return await sending.receive(session, transfer, into, on=on, actor=actor)
