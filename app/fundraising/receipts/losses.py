"""Losses: paper receipts that are missing, and by when they are declared void (财综〔2024〕1号).

How one got lost may name whoever it is made out to: the words are sealed with the giver if the receipt was
asked for here, and under a key of the loss's own if not.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Select, select

from app.fundraising.models import LostReceiptKind, Receipt, ReceiptLoss
from app.fundraising.receipts.errors import ReceiptLossDayWrong, ReceiptLossKnown, ReceiptLossOver
from app.kit import constraints, outbox
from app.kit.clock import today
from app.kit.database import ReadSession, WriteSession
from app.kit.persons import reasons
from app.kit.persons.reasons import About
from app.organizations.errors import OutOfSight

TOPIC = "receipt_loss.told"


async def record(session: WriteSession, loss: ReceiptLoss, *, circumstances: str) -> ReceiptLoss:
    """Record that a receipt was found missing on a day; of two at once one is told that it is known.

    A receipt that was asked for here is joined by its code and number.
    """
    if loss.lost_on > today():
        raise ReceiptLossDayWrong(day=loss.lost_on)
    ours = select(Receipt.id).where(
        Receipt.organization_id == loss.organization_id,
        Receipt.code == loss.code,
        Receipt.number == loss.number,
    )
    loss.receipt_id = await session.scalar(ours)
    async with constraints.told(session, {"receipt_losses_live_idx": ReceiptLossKnown()}):
        session.add(loss)
    await _tell(session, loss)
    await reasons.keep(session, _lost(loss, await _givers(session, [loss])), circumstances)
    return loss


async def get(session: ReadSession, loss_id: UUID, *, lock: bool = False) -> ReceiptLoss:
    """Return a lost receipt, or refuse."""
    found = await session.get(ReceiptLoss, loss_id, with_for_update=lock or None, populate_existing=lock)
    if found is None:
        raise OutOfSight
    return found


async def declare_void(session: WriteSession, loss: ReceiptLoss, *, on: date, where: str, by: str) -> None:
    """Record when and where a lost receipt was declared void."""
    _must_be_open(loss)
    if not loss.lost_on <= on <= today():
        raise ReceiptLossDayWrong(day=on)
    loss.declared_on, loss.declared_in, loss.declared_by = on, where, by
    await session.flush()
    await _tell(session, loss)


async def withdraw(session: WriteSession, loss: ReceiptLoss, *, reason: str, by: str) -> None:
    """Note that a receipt was found again, or was never lost; nothing is owed for it any more."""
    _must_be_open(loss)
    loss.withdrawn_on, loss.withdrawn_by = today(), by
    await session.flush()
    await _tell(session, loss)
    await reasons.keep(session, _withdrawn(loss, await _givers(session, [loss])), reason)


async def words(
    session: ReadSession, losses: Sequence[ReceiptLoss]
) -> Mapping[UUID, tuple[str | None, str | None]]:
    """Return by loss how receipts got lost and why that was withdrawn; nothing of a giver erased since."""
    giver_of = await _givers(session, losses)
    lost = await reasons.read(session, [_lost(one, giver_of) for one in losses])
    withdrawn = await reasons.read(session, [_withdrawn(one, giver_of) for one in losses])
    return {one.id: (lost.get(one.id), withdrawn.get(one.id)) for one in losses}


async def holder(session: ReadSession, loss: ReceiptLoss) -> UUID:
    """Return under whose key the words of a loss are sealed."""
    return _holder(loss, await _givers(session, [loss]))


def names_nobody(loss: ReceiptLoss) -> bool:
    """Tell whether nobody's name can have been on it."""
    return loss.kind is LostReceiptKind.blank and loss.receipt_id is None


async def fields(session: ReadSession, receipt: Receipt) -> list[str]:
    """Return under which names the vault keeps the words of a receipt's losses."""
    query = select(ReceiptLoss).where(ReceiptLoss.receipt_id == receipt.id)
    return [about(one, {}).field for one in await session.scalars(query) for about in (_lost, _withdrawn)]


async def _givers(session: ReadSession, losses: Sequence[ReceiptLoss]) -> Mapping[UUID, UUID]:
    ours = [one.receipt_id for one in losses if one.receipt_id is not None]
    if not ours:
        return {}
    rows = await session.execute(select(Receipt.id, Receipt.person_id).where(Receipt.id.in_(ours)))
    return {row.id: row.person_id for row in rows}


def _lost(loss: ReceiptLoss, giver_of: Mapping[UUID, UUID]) -> About:
    return About("receipt_loss", loss.id, _holder(loss, giver_of))


def _withdrawn(loss: ReceiptLoss, giver_of: Mapping[UUID, UUID]) -> About:
    return About("receipt_loss_withdrawal", loss.id, _holder(loss, giver_of))


def _holder(loss: ReceiptLoss, giver_of: Mapping[UUID, UUID]) -> UUID:
    return giver_of.get(loss.receipt_id, loss.id) if loss.receipt_id else loss.id


def matching(places: Collection[UUID], *, open_only: bool) -> Select[ReceiptLoss]:
    """Return the query for what some organizations lost; with `open_only` what still waits for its end."""
    query = select(ReceiptLoss).where(ReceiptLoss.organization_id.in_(places))
    if open_only:
        query = query.where(ReceiptLoss.declared_on.is_(None), ReceiptLoss.withdrawn_on.is_(None))
    return query


def _must_be_open(loss: ReceiptLoss) -> None:
    if loss.declared_on is not None or loss.withdrawn_on is not None:
        raise ReceiptLossOver(declared_on=loss.declared_on, withdrawn_on=loss.withdrawn_on)


async def _tell(session: WriteSession, loss: ReceiptLoss) -> None:
    # Three days are short: whoever makes obligations of it begins at once.
    await outbox.tell(
        session,
        TOPIC,
        organization_id=loss.organization_id,
        subject=f"receipt_loss:{loss.id}",
        payload={
            "loss_id": str(loss.id),
            "lost_on": loss.lost_on.isoformat(),
            "declared_on": loss.declared_on and loss.declared_on.isoformat(),
            "withdrawn_on": loss.withdrawn_on and loss.withdrawn_on.isoformat(),
        },
    )
