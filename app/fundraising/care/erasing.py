"""Erasing: donors forgotten at their own request, at once or when the law no longer keeps their receipts.

The books stay: they name nobody. Stubs of receipts are kept for five years (财综〔2024〕1号); PIPL 47 lets
them outlast the wish: until then what is kept is stored and shown to nobody.
"""

from collections.abc import Awaitable, Callable, Sequence
from datetime import date
from typing import cast
from uuid import UUID

from sqlalchemy import exists, func, select, update

from app.fundraising.care import contacts, requests
from app.fundraising.care.errors import ErasureAskedFor, NothingToErase
from app.fundraising.models import (
    Donation,
    Donor,
    DonorRequestKind,
    DonorRequestState,
    DonorWish,
    Receipt,
    ReceiptGift,
    ReceiptState,
    RetentionGround,
)
from app.fundraising.own import gifts
from app.kit import constraints
from app.kit.clock import today
from app.kit.database import ReadSession, Transactions, WriteSession
from app.organizations.visitors import identities

ERASE = "erase_giver"
"""Under this name lies in `session.info` what erases a person in every feature above as well."""

RECEIPTS_KEPT_YEARS = 5
Eraser = Callable[[WriteSession, UUID], Awaitable[None]]


async def ask(session: WriteSession, visitor_id: UUID, *, actor: str) -> list[DonorWish]:
    """Erase a visitor as the donors they are, or say until when the law forbids it; a line for each desk.

    Who asks while a receipt is being issued is refused for now: it would be made out to nobody.
    """
    donor_ids = await _held(session, visitor_id)
    places = await gifts.organizations(session, donor_ids)
    if not places:
        raise NothingToErase
    ground, until = await _kept(session, donor_ids)
    made = [_request(visitor_id, place, ground, until, actor) for place in places]
    async with constraints.told(session, {"donor_requests_erasure_idx": ErasureAskedFor()}):
        session.add_all(made)
    if ground is None:
        await _erase(session, visitor_id, donor_ids)
    elif ground is RetentionGround.receipt_retention:
        await _hide(session, donor_ids)
    for one in made:
        await requests.tell(session, one)
    return made


async def carry_out_due(database: Transactions) -> int:
    """Erase whose receipts the law no longer keeps; return how many requests that ended."""
    async with database.writing() as session:
        due = (
            select(DonorWish)
            .where(DonorWish.state == DonorRequestState.postponed, DonorWish.due_on <= today())
            .order_by(DonorWish.visitor_id, DonorWish.id)
            .with_for_update(skip_locked=True)
        )
        found = (await session.scalars(due)).all()
        ended = 0
        for visitor_id in sorted({one.visitor_id for one in found}):
            ended += await _carry_out(
                session, visitor_id, [one for one in found if one.visitor_id == visitor_id]
            )
        return ended


async def _carry_out(session: WriteSession, visitor_id: UUID, asked: Sequence[DonorWish]) -> int:
    donor_ids = await _held(session, visitor_id)
    ground, until = await _kept(session, donor_ids)
    if ground is not None:
        # A receipt was issued since: the clock runs from that one.
        for one in asked:
            one.due_on = until or today()
        return 0
    await _erase(session, visitor_id, donor_ids)
    for one in asked:
        requests.close(one, DonorRequestState.done, actor="system")
        await requests.tell(session, one)
    return len(asked)


def _request(
    visitor_id: UUID, place: UUID, ground: RetentionGround | None, until: date | None, actor: str
) -> DonorWish:
    made = DonorWish(
        organization_id=place,
        visitor_id=visitor_id,
        kind=DonorRequestKind.erasure,
        state=DonorRequestState.postponed,
        due_on=until,
        ground=ground,
    )
    if ground is None:
        requests.close(made, DonorRequestState.done, actor=actor)
    elif ground is RetentionGround.receipt_underway:
        requests.close(made, DonorRequestState.refused, actor="system")
    return made


async def _held(session: WriteSession, visitor_id: UUID) -> Sequence[UUID]:
    """Return the donors that a visitor is, whom nobody else merges or erases until the transaction ends."""
    seen = await gifts.donors(session, visitor_id)
    await session.execute(select(Donor.id).where(Donor.id.in_(seen)).order_by(Donor.id).with_for_update())
    # Whoever was erased while this waited is nobody any more.
    return await gifts.donors(session, visitor_id)


async def _kept(
    session: ReadSession, donor_ids: Sequence[UUID]
) -> tuple[RetentionGround | None, date | None]:
    theirs = exists().where(
        ReceiptGift.receipt_id == Receipt.id,
        ReceiptGift.donation_id == Donation.id,
        Donation.donor_id.in_(donor_ids),
    )
    underway = select(Receipt.id).where(theirs, Receipt.state == ReceiptState.requested).limit(1)
    if await session.scalar(underway) is not None:
        return RetentionGround.receipt_underway, None
    issued_on = await session.scalar(select(func.max(Receipt.issued_on)).where(theirs))
    if issued_on is None or (until := years_after(issued_on, RECEIPTS_KEPT_YEARS)) <= today():
        return None, None
    return RetentionGround.receipt_retention, until


def years_after(day: date, years: int) -> date:
    """Return the same day some years later; of a 29 February the first of March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


async def _hide(session: WriteSession, donor_ids: Sequence[UUID]) -> None:
    hidden = {"anonymous": True, "show_name": False, "show_message": False, "show_photo": False}
    await session.execute(
        update(Donation).where(Donation.donor_id.in_(donor_ids)).values(name_index=None, **hidden)
    )
    for donor_id in donor_ids:
        await contacts.forget(session, donor_id)


async def _erase(session: WriteSession, visitor_id: UUID, donor_ids: Sequence[UUID]) -> None:
    erase = cast("Eraser", session.info[ERASE])
    for donor_id in donor_ids:
        await erase(session, donor_id)
    # A sign-in that goes on holds their identities: it ends before this, or finds nobody.
    await identities.forget(session, visitor_id)
