"""Reversals: an issued receipt is never altered, but reversed by a red-letter one and replaced by a new."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select, update

from app.fundraising.models import (
    Donation,
    DonationState,
    Receipt,
    ReceiptGift,
    ReceiptState,
    ReversalReason,
)
from app.fundraising.receipts import requests, words
from app.fundraising.receipts.errors import ReceiptNotReversed, ReceiptStateOther
from app.fundraising.receipts.words import Payer
from app.kit.clock import now
from app.kit.database import ReadSession, WriteSession


async def ask(
    session: WriteSession, receipt: Receipt, reason: ReversalReason, *, note: str | None, actor: str
) -> None:
    """Ask for an issued receipt's reversal; the next batch takes it along. The books do not move."""
    if receipt.state is not ReceiptState.issued or receipt.reversal_reason is not None:
        raise ReceiptStateOther(state=receipt.state, reversal_reason=receipt.reversal_reason)
    await _flag(session, receipt, reason, actor)
    await words.note(session, receipt, note)


async def replace(session: WriteSession, receipt: Receipt, payer: Payer, *, actor: str) -> Receipt:
    """Ask for the receipt that stands in a reversed one's place, over what is left of the same gifts.

    The reversed one becomes `replaced` once that is issued.
    """
    if receipt.state is not ReceiptState.red_reversed:
        raise ReceiptStateOther(state=receipt.state)
    covered = [line.donation_id for line in await requests.lines(session, receipt)]
    held = await requests.hold(session, covered)
    left = [gift for gift in held if _left(gift)] or held
    return await requests.request(session, left, payer, actor=actor, replaces=receipt)


async def refuse(session: ReadSession, donation: Donation) -> None:
    """Refuse to change a gift, which is held, while a receipt over it is issued or on its way.

    One that was only asked for, and is not sent yet, follows the gift (`follow`).
    """
    for receipt in await _over(session, [donation.id]):
        if receipt.state is ReceiptState.issued or receipt.batch_id is not None:
            raise ReceiptNotReversed(receipt=receipt.id, state=receipt.state)


async def refunded(session: WriteSession, gifts: Sequence[Donation], *, actor: str) -> None:
    """Let the receipts follow gifts that went back: a fact is booked whatever was receipted."""
    await follow(session, gifts, ReversalReason.refunded, actor=actor)


async def follow(
    session: WriteSession, gifts: Sequence[Donation], reason: ReversalReason, *, actor: str
) -> None:
    """Let the receipts over gifts follow what became of these, which are held.

    One that is not sent yet takes the new amount, or is withdrawn when nothing is left. One that is issued,
    or on its way, is flagged for reversal.
    """
    for receipt in await _over(session, [gift.id for gift in gifts], lock=True):
        sent = receipt.state is ReceiptState.issued or receipt.batch_id is not None
        if not sent:
            await resize(session, receipt, gifts)
        elif receipt.reversal_reason is None:
            await _flag(session, receipt, reason, actor)


async def resize(session: WriteSession, receipt: Receipt, gifts: Sequence[Donation]) -> None:
    """Let a receipt that is not sent take what is left of these gifts; withdraw it if that is nothing."""
    for gift in gifts:
        await session.execute(
            update(ReceiptGift)
            .where(ReceiptGift.receipt_id == receipt.id, ReceiptGift.donation_id == gift.id)
            .values(amount=_left(gift))
        )
    query = select(ReceiptGift).where(ReceiptGift.receipt_id == receipt.id)
    lines = await session.scalars(query.execution_options(populate_existing=True))
    left = sum(line.amount for line in lines)
    if left == 0:
        receipt.amount, receipt.active, receipt.state = 0, False, ReceiptState.withdrawn
        await session.flush()
        await requests.tell(session, receipt)
    receipt.amount = left
    await session.flush()


def _left(gift: Donation) -> int:
    return gift.amount - gift.refunded if gift.state is DonationState.posted else 0


async def _flag(session: WriteSession, receipt: Receipt, reason: ReversalReason, actor: str) -> None:
    receipt.reversal_reason, receipt.reversal_by, receipt.reversal_at = reason, actor, now()
    await session.flush()


async def _over(session: ReadSession, ids: Sequence[UUID], *, lock: bool = False) -> Sequence[Receipt]:
    """Return the active receipts over some gifts, in the order of their ids."""
    covering = select(ReceiptGift.receipt_id).where(ReceiptGift.donation_id.in_(ids), ReceiptGift.active)
    query = select(Receipt).where(Receipt.id.in_(covering)).order_by(Receipt.id)
    if lock:
        query = query.with_for_update()
    return (await session.scalars(query.execution_options(populate_existing=True))).all()
