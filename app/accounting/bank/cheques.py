"""Cheques: numbers in mind until the bank has paid; outstanding ones explain a difference from the books."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from app.accounting import channels
from app.accounting.bank import decisions, matches, statements
from app.accounting.bank.errors import (
    ChequeEnded,
    ChequeNumberTaken,
    ChequeUnfit,
    LinePaidAnother,
)
from app.accounting.models import BankLine, Channel, Cheque, ChequeDirection
from app.kit import constraints
from app.kit.clock import now
from app.kit.database import ReadSession, WriteSession
from app.ledger.models import Posting
from app.organizations.errors import OutOfSight


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCheque:
    """What a cheque says; one that we drew names the entry by which it was paid out."""

    direction: ChequeDirection
    number: str
    amount: int
    written_on: date
    entry_id: UUID | None = None


async def record(session: WriteSession, channel: Channel, new: NewCheque, *, actor: str) -> Cheque:
    """Record a cheque on a bank account; nothing is booked.

    Raises ChequeUnfit if one that we drew is not what its entry pays from the account, ChequeNumberTaken.
    """
    statements.must_be_bank(channel)
    if (new.direction is ChequeDirection.drawn) is (new.entry_id is None):
        raise ChequeUnfit(number=new.number)
    if new.entry_id is not None:
        paid = select(func.sum(Posting.amount)).where(
            Posting.entry_id == new.entry_id,
            Posting.credit_account_id.in_(await channels.whole(session, channel)),
        )
        given = select(func.sum(Cheque.amount)).where(
            Cheque.entry_id == new.entry_id, Cheque.cancelled_at.is_(None)
        )
        # Who gives cheques out of one account comes in turn: together they never exceed what was paid.
        await session.refresh(channel, with_for_update={"key_share": True})
        if new.amount > (await session.scalar(paid) or 0) - (await session.scalar(given) or 0):
            raise ChequeUnfit(number=new.number)
    cheque = Cheque(
        organization_id=channel.organization_id,
        channel_id=channel.id,
        direction=new.direction,
        number=new.number,
        amount=new.amount,
        written_on=new.written_on,
        recorded_by=actor,
        entry_id=new.entry_id,
    )
    async with constraints.told(session, {"cheques_number_key": ChequeNumberTaken(number=new.number)}):
        session.add(cheque)
    return cheque


async def present(session: WriteSession, cheque: Cheque, line_id: UUID, *, actor: str) -> None:
    """Say which line of the bank paid a cheque; one that we drew is matched with its entry at once.

    Raises ChequeEnded, ChequeUnfit if the line is of another account, amount or direction, LinePaidAnother.
    """
    line, channel = await decisions.hold(session, line_id)
    await session.refresh(cheque, with_for_update=True)
    _must_stand(cheque)
    signed = -cheque.amount if cheque.direction is ChequeDirection.drawn else cheque.amount
    if line.channel_id != cheque.channel_id or line.amount != signed:
        raise ChequeUnfit(number=cheque.number, line=line.id)
    async with constraints.told(session, {"cheques_line_id_key": LinePaidAnother(line=line.id)}):
        cheque.line_id, cheque.presented_by = line.id, actor
    if cheque.entry_id is not None and line.matched_minor == 0:
        await matches.with_entry(session, line, channel, cheque.entry_id, actor=actor)


async def cancel(session: WriteSession, cheque: Cheque, *, because: str, actor: str) -> None:
    """Give a cheque up that the bank has not paid; its number may be used again, what is booked stays."""
    await session.refresh(cheque, with_for_update=True)
    _must_stand(cheque)
    cheque.cancelled_at, cheque.cancelled_by, cheque.cancelled_because = now(), actor, because
    await session.flush()


def _must_stand(cheque: Cheque) -> None:
    if cheque.line_id is not None or cheque.cancelled_at is not None:
        raise ChequeEnded(number=cheque.number)


async def get(session: ReadSession, cheque_id: UUID) -> Cheque:
    """Return a cheque, or refuse."""
    cheque = await session.get(Cheque, cheque_id)
    if cheque is None:
        raise OutOfSight
    return cheque


async def outstanding(session: ReadSession, channel: Channel, until: date) -> Sequence[Cheque]:
    """Return the cheques of an account that were written by a day and that the bank had not paid on it."""
    query = (
        select(Cheque)
        .outerjoin(BankLine, BankLine.id == Cheque.line_id)
        .where(
            Cheque.channel_id == channel.id,
            Cheque.written_on <= until,
            Cheque.cancelled_at.is_(None),
            BankLine.id.is_(None) | (BankLine.happened_on > until),
        )
    )
    return (await session.scalars(query.order_by(Cheque.written_on, Cheque.id))).all()
