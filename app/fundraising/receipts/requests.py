"""Requests: a receipt asked for, waived or withdrawn. One over several gifts, one active one per gift."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from app.fundraising import givers
from app.fundraising.models import Donation, DonationState, Receipt, ReceiptGift, ReceiptState
from app.fundraising.receipts import words
from app.fundraising.receipts.errors import (
    GiftReceipted,
    GiftsOfSeveralDonors,
    NothingToReceipt,
    ReceiptSent,
    ReceiptStateOther,
)
from app.fundraising.receipts.words import Payer
from app.kit import constraints, outbox
from app.kit.database import ReadSession, WriteSession
from app.kit.ids import new_code
from app.organizations.errors import OutOfSight


async def hold(session: WriteSession, donation_ids: Sequence[UUID]) -> Sequence[Donation]:
    """Return these gifts, locked: none is refunded, corrected or erased while a receipt is asked for."""
    await givers.hold(session, donation_ids)
    query = select(Donation).where(Donation.id.in_(donation_ids)).order_by(Donation.id).with_for_update()
    gifts = (await session.scalars(query.execution_options(populate_existing=True))).all()
    if len(gifts) != len(set(donation_ids)):
        raise OutOfSight
    return gifts


async def request(
    session: WriteSession,
    gifts: Sequence[Donation],
    payer: Payer,
    *,
    actor: str,
    replaces: Receipt | None = None,
) -> Receipt:
    """Ask for a receipt over what is left of these gifts, which are held; the finance system issues it."""
    _refuse(gifts)
    asked = await words.asked(session, gifts, payer)
    receipt = _receipt(gifts, ReceiptState.requested, actor)
    receipt.replaces_id = replaces and replaces.id
    await _add(session, receipt, gifts)
    await words.keep(session, receipt, asked)
    return receipt


async def waive(
    session: WriteSession,
    gifts: Sequence[Donation],
    state: ReceiptState,
    *,
    note: str | None,
    actor: str,
) -> Receipt:
    """Record that these gifts, which are held, get no receipt: waived by their donor, or anonymous."""
    _refuse(gifts)
    receipt = _receipt(gifts, state, actor)
    await _add(session, receipt, gifts)
    await words.note(session, receipt, note)
    return receipt


async def withdraw(session: WriteSession, receipt: Receipt) -> None:
    """Take a request or a waiver back; what the finance system has in hand waits for its answer."""
    if receipt.state not in {ReceiptState.requested, ReceiptState.waived, ReceiptState.anonymous}:
        raise ReceiptStateOther(state=receipt.state)
    if receipt.batch_id is not None:
        raise ReceiptSent
    await move(session, receipt, ReceiptState.withdrawn)


async def move(session: WriteSession, receipt: Receipt, state: ReceiptState) -> None:
    """Bring a receipt into a state and tell of it."""
    receipt.state = state
    receipt.active = state in {
        ReceiptState.requested,
        ReceiptState.issued,
        ReceiptState.waived,
        ReceiptState.anonymous,
    }
    await session.flush()
    await tell(session, receipt)


async def tell(session: WriteSession, receipt: Receipt) -> None:
    """Tell what became of a receipt, by ids and amounts."""
    await outbox.tell(
        session,
        f"receipt.{receipt.state.value}",
        organization_id=receipt.organization_id,
        subject=str(receipt.id),
        payload={"receipt_id": str(receipt.id), "amount": receipt.amount},
    )


async def get(session: ReadSession, receipt_id: UUID, *, lock: bool = False) -> Receipt:
    """Return a receipt, or refuse; with `lock` nobody else changes it until the transaction ends."""
    found = await session.get(Receipt, receipt_id, with_for_update=lock or None, populate_existing=lock)
    if found is None:
        raise OutOfSight
    return found


async def lines(session: ReadSession, receipt: Receipt) -> Sequence[ReceiptGift]:
    """Return the gifts on a receipt."""
    query = select(ReceiptGift).where(ReceiptGift.receipt_id == receipt.id)
    return (await session.scalars(query.order_by(ReceiptGift.donation_id))).all()


def _refuse(gifts: Sequence[Donation]) -> None:
    # A donor of a platform is one person; who gave at the counter is a new one each time, and the clerk
    # who enters the title knows that it is the same.
    if len({(gift.organization_id, gift.donor_id) for gift in gifts}) != 1:
        raise GiftsOfSeveralDonors
    for gift in gifts:
        if gift.state is not DonationState.posted or gift.refunded >= gift.amount:
            raise NothingToReceipt(donation=gift.id, state=gift.state)


def _receipt(gifts: Sequence[Donation], state: ReceiptState, actor: str) -> Receipt:
    return Receipt(
        organization_id=gifts[0].organization_id,
        person_id=gifts[0].person_id,
        reference=new_code(12),
        amount=sum(gift.amount - gift.refunded for gift in gifts),
        state=state,
        requested_by=actor,
    )


async def _add(session: WriteSession, receipt: Receipt, gifts: Sequence[Donation]) -> None:
    refusals = {
        "receipt_gifts_active_idx": GiftReceipted(),
        "receipts_replaces_id_idx": ReceiptStateOther(state="replaced"),
    }
    async with constraints.told(session, refusals):
        session.add(receipt)
        await session.flush()
        session.add_all(
            ReceiptGift(receipt_id=receipt.id, donation_id=gift.id, amount=gift.amount - gift.refunded)
            for gift in gifts
        )
    await tell(session, receipt)
