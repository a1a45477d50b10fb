"""Reconciliations: at a month's end bank and books differ by what is in transit, and by nothing else."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import rfc8785
from sqlalchemy import Row, func, select, text

from app.accounting import channels
from app.accounting.bank import cheques
from app.accounting.bank.errors import (
    ReconciliationReviewed,
    ReconciliationSigned,
    ReconciliationUnequal,
    ReviewerPrepared,
)
from app.accounting.models import BankReconciliation, BankStatement, Channel, ChequeDirection
from app.kit import bulk, constraints
from app.kit.clock import now
from app.kit.database import ReadSession, WriteSession
from app.ledger.models import Balance
from app.ledger.periods import next_month
from app.organizations.errors import OutOfSight


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Money that one side knows and the other does not yet: fen, always above zero."""

    id: UUID
    on: date
    amount: int
    about: str
    cheque: str | None = None
    """The numbers of the cheques by which it was paid, if any are outstanding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconcilement:
    """A month's 余额调节表: two balances, what each side does not know yet, and what they then are."""

    month: date
    until: date
    covered_until: date | None
    bank_balance: int
    ledger_balance: int
    received_by_bank: Sequence[Item]
    paid_by_bank: Sequence[Item]
    received_in_books: Sequence[Item]
    paid_in_books: Sequence[Item]
    cheques_received: Sequence[Item] = ()
    """What others gave us and no bank has paid yet: in mind only, and in no sum."""

    @property
    def adjusted_bank(self) -> int:
        """What the bank will show once it knows what the books know."""
        return self.bank_balance + _sum(self.received_in_books) - _sum(self.paid_in_books)

    @property
    def adjusted_ledger(self) -> int:
        """What the books will show once they know what the bank knows."""
        return self.ledger_balance + _sum(self.received_by_bank) - _sum(self.paid_by_bank)

    @property
    def difference(self) -> int:
        """What nothing explains: an opening balance that differs, or lines that are missing."""
        return self.adjusted_bank - self.adjusted_ledger


def _sum(items: Sequence[Item]) -> int:
    return sum(item.amount for item in items)


# What is matched only with something of a later month was in transit at the end of this one.
_LINES = text(
    """
    select l.id, l.happened_on as on, l.amount, coalesce(l.kind, 'undecided') as about,
           abs(l.amount) - coalesce(m.amount, 0) as left
    from bank_lines l left join lateral (
      select sum(b.amount)::bigint as amount from bank_matches b
      join postings p on p.id = b.posting_id join entries e on e.id = p.entry_id
      where b.line_id = l.id and b.undone_at is null and e.booked_on <= :until
    ) m on true
    where l.channel_id = :channel and l.happened_on <= :until and abs(l.amount) > coalesce(m.amount, 0)
    order by l.happened_on, l.id
    """
)
# An opening balance was never a line; a reversed entry and its reversal never were at the bank, nor was what
# moved within the account, between our money and that which we only hand on.
_POSTINGS = text(
    """
    select p.id, e.booked_on as on, e.reference as about,
           case when p.debit_account_id = any(:accounts) then p.amount else -p.amount end as amount,
           p.amount - coalesce(m.amount, 0) as left, (
             select string_agg(c.number, ', ' order by c.number) from cheques c
             where c.entry_id = e.id and c.channel_id = :channel and c.cancelled_at is null
               and p.credit_account_id = any(:accounts)
           ) as cheque
    from postings p join entries e on e.id = p.entry_id
    left join lateral (
      select sum(b.amount)::bigint as amount from bank_matches b join bank_lines l on l.id = b.line_id
      where b.posting_id = p.id and b.undone_at is null and l.channel_id = :channel
        and l.happened_on <= :until
    ) m on true
    where (p.debit_account_id = any(:accounts) or p.credit_account_id = any(:accounts))
      and not (p.debit_account_id = any(:accounts) and p.credit_account_id = any(:accounts))
      and e.booked_on <= :until and e.kind <> 'opening' and p.amount > coalesce(m.amount, 0)
      and not exists (
        select from entries r where r.booked_on <= :until and (r.reverses_id = e.id or r.id = e.reverses_id)
      )
    order by e.booked_on, p.id
    """
)


async def draw(session: ReadSession, channel: Channel, month: date) -> Reconcilement:
    """Return the reconciliation of an account at the end of a month, from what is known now.

    It is of all the money that the bank holds there: of our own, and of what we only hand on.
    """
    until = next_month(month) - timedelta(days=1)
    held = await channels.whole(session, channel)
    asked = {"channel": channel.id, "accounts": bulk.array(held), "until": until}
    lines = (await session.execute(_LINES, asked)).all()
    postings = (await session.execute(_POSTINGS, asked)).all()
    stood = select(func.coalesce(func.sum(Balance.debit - Balance.credit), 0))
    ledger = await session.scalar(stood.where(Balance.account_id.in_(held), Balance.month <= month))
    return Reconcilement(
        month=month,
        until=until,
        covered_until=await session.scalar(
            select(func.max(BankStatement.ends_on)).where(BankStatement.channel_id == channel.id)
        ),
        bank_balance=await _bank_balance(session, channel, until),
        ledger_balance=int(ledger or 0),
        received_by_bank=[_item(row) for row in lines if row.amount > 0],
        paid_by_bank=[_item(row) for row in lines if row.amount < 0],
        received_in_books=[_item(row) for row in postings if row.amount > 0],
        paid_in_books=[_item(row, row.cheque) for row in postings if row.amount < 0],
        cheques_received=[
            Item(id=one.id, on=one.written_on, amount=one.amount, about=one.number)
            for one in await cheques.outstanding(session, channel, until)
            if one.direction is ChequeDirection.received
        ],
    )


def _item(row: Row[Any], cheque: str | None = None) -> Item:
    return Item(id=row.id, on=row.on, amount=int(row.left), about=row.about, cheque=cheque)


_BANK_BALANCE = text(
    """
    select coalesce((
      select opening_minor from bank_statements where channel_id = :channel order by begins_on, id limit 1
    ), 0) + coalesce((
      select sum(amount) from bank_lines where channel_id = :channel and happened_on <= :until
    ), 0)
    """
)


async def _bank_balance(session: ReadSession, channel: Channel, until: date) -> int:
    return int(await session.scalar(_BANK_BALANCE, {"channel": channel.id, "until": until}) or 0)


async def sign(session: WriteSession, channel: Channel, month: date, *, actor: str) -> BankReconciliation:
    """Keep a month's reconciliation as it is drawn now, signed by who prepared it.

    Raises ReconciliationUnequal if anything is unexplained, or if no statement reaches the month's end;
    ReconciliationSigned if the month has one.
    """
    drawn = await draw(session, channel, month)
    if drawn.difference or drawn.covered_until is None or drawn.covered_until < drawn.until:
        raise ReconciliationUnequal(difference=drawn.difference, covered_until=drawn.covered_until)
    content = rfc8785.dumps(plain(drawn))
    signed = BankReconciliation(
        organization_id=channel.organization_id,
        channel_id=channel.id,
        month=month,
        content=content,
        sha256=hashlib.sha256(content).digest(),
        prepared_by=actor,
    )
    async with constraints.told(
        session, {"bank_reconciliations_month_key": ReconciliationSigned(month=month)}
    ):
        session.add(signed)
    return signed


async def review(session: WriteSession, signed: BankReconciliation, *, actor: str) -> None:
    """Put a second person's name under a reconciliation."""
    await session.refresh(signed, with_for_update=True)
    if signed.reviewed_by is not None:
        raise ReconciliationReviewed(month=signed.month)
    if signed.prepared_by == actor:
        raise ReviewerPrepared(month=signed.month)
    signed.reviewed_by, signed.reviewed_at = actor, now()
    await session.flush()


async def get(session: ReadSession, reconciliation_id: UUID) -> BankReconciliation:
    """Return a signed reconciliation, or refuse."""
    signed = await session.get(BankReconciliation, reconciliation_id)
    if signed is None:
        raise OutOfSight
    return signed


async def of_month(session: ReadSession, channel: Channel, month: date) -> BankReconciliation | None:
    """Return the reconciliation that was signed for a month, if one was."""
    query = select(BankReconciliation).filter_by(channel_id=channel.id, month=month)
    return await session.scalar(query)


def plain(drawn: Reconcilement) -> dict[str, Any]:
    """Return a reconciliation as the JSON that is kept and hashed."""
    told: dict[str, Any] = {name: getattr(drawn, name) for name in (*_AMOUNTS, *_CLASSES)}
    for name in _CLASSES:
        items: Sequence[Item] = told[name]
        told[name] = [
            {
                "id": str(one.id),
                "on": one.on.isoformat(),
                "amount": one.amount,
                "about": one.about,
                "cheque": one.cheque,
            }
            for one in items
        ]
    days = {"month": drawn.month, "until": drawn.until, "covered_until": drawn.covered_until}
    return told | {name: day and day.isoformat() for name, day in days.items()}


_AMOUNTS = ("bank_balance", "ledger_balance", "adjusted_bank", "adjusted_ledger", "difference")
_CLASSES = ("received_by_bank", "paid_by_bank", "received_in_books", "paid_in_books", "cheques_received")
