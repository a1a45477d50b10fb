"""Settlements: what a platform pays out to a bank account, net of its fee."""

from uuid import UUID

from app.accounting import channels
from app.accounting.bank import decisions
from app.accounting.bank.decisions import Decision
from app.accounting.bank.errors import LineGoesTheOtherWay
from app.accounting.models import BankLine, ChannelKind, LineKind
from app.fundraising.banking import fees
from app.fundraising.errors import (
    ChannelOfAnotherOrganization,
    SettlementExceedsBalance,
    SettlementNeedsMerchant,
)
from app.kit.database import WriteSession
from app.ledger import accounts, journal
from app.ledger.journal import Line
from app.ledger.models import EntryKind


async def record(
    session: WriteSession, line_id: UUID, merchant_id: UUID, *, fee: int, actor: str
) -> BankLine:
    """Book a line as a platform's payout: Dr 1002 net, Dr 5401 fee / Cr 1009 (J3, J4: gross).

    Raises SettlementExceedsBalance if the platform holds less for us than it pays out.
    """
    line, channel = await decisions.hold(session, line_id)
    decisions.must_be_open(line)
    decisions.must_be_unmatched(line)
    if line.amount < 0:
        raise LineGoesTheOtherWay(line=line.id, kind=LineKind.settlement)
    merchant = await channels.lock(session, merchant_id)
    if merchant.kind is not ChannelKind.merchant:
        raise SettlementNeedsMerchant(channel=merchant.id)
    if merchant.organization_id != line.organization_id:
        raise ChannelOfAnotherOrganization(channel=merchant.id)
    held = (await accounts.standing(session, [merchant.account_id]))[merchant.account_id]
    if held < line.amount + fee:
        raise SettlementExceedsBalance(asked=line.amount + fee, held=held)
    event = decisions.event(line, channel, actor)
    drafted = [Line(debit=channel.account_id, credit=merchant.account_id, amount=line.amount)]
    if fee:
        drafted.append(await fees.line(session, merchant, fee))
    name = await decisions.reference(session, line)
    draft = event.draft(line.organization_id, EntryKind.settlement, name, drafted)
    [receipt] = await journal.post(session, [draft])
    decision = Decision(kind=LineKind.settlement, channel_id=merchant.id)
    await decisions.conclude(session, line, channel, decision, actor=actor, entry_id=receipt.entry_id)
    return line
