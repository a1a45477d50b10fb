"""Deposits: cash taken to the bank, with its slip."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.accounting.bank import statements
from app.accounting.bank.errors import LineOfAnotherAccount
from app.accounting.cash import sessions
from app.accounting.cash.errors import SlipTaken
from app.accounting.models import CashDeposit, Channel
from app.kit import constraints
from app.kit.database import WriteSession
from app.kit.ids import new_id
from app.ledger import journal
from app.ledger.events import Event
from app.ledger.journal import Line
from app.ledger.models import EntryKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """What a deposit slip says; its number is unique at the bank account."""

    number: str
    amount: int
    deposited_at: datetime


async def make(session: WriteSession, box: Channel, bank: Channel, slip: Slip, *, actor: str) -> CashDeposit:
    """Book a deposit: Dr 1002 / Cr 1001. The bank's own line is matched with it when it comes.

    Raises AccountShort if the box is guarded and holds less, SlipTaken if the slip was recorded before.
    """
    sessions.must_be_cash_box(box)
    statements.must_be_bank(bank)
    if bank.organization_id != box.organization_id:
        raise LineOfAnotherAccount(channel=bank.id)
    # A slip told twice is told so, also when the first one has emptied the box; of two at once the unique
    # constraint below decides.
    same = select(CashDeposit.id).filter_by(bank_id=bank.id, slip_number=slip.number)
    if await session.scalar(same) is not None:
        raise SlipTaken(slip=slip.number)
    event = Event(occurred_at=slip.deposited_at, actor=actor, chart=bank.chart)
    line = Line(debit=bank.account_id, credit=box.account_id, amount=slip.amount)
    draft = event.draft(bank.organization_id, EntryKind.voucher, f"cash-deposit:{new_id()}", [line])
    [receipt] = await journal.post(session, [draft])
    deposit = CashDeposit(
        organization_id=box.organization_id,
        box_id=box.id,
        bank_id=bank.id,
        slip_number=slip.number,
        amount=slip.amount,
        deposited_on=event.day,
        actor=actor,
        entry_id=receipt.entry_id,
    )
    taken = {"cash_deposits_bank_id_slip_number_key": SlipTaken(slip=slip.number)}
    async with constraints.told(session, taken):
        session.add(deposit)
    return deposit
