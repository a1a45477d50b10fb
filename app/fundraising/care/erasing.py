"""Erasing: donors forgotten at their own request, at once or when the law no longer keeps their receipts.

The books stay: they name nobody. Stubs of receipts are kept for five years (财综〔2024〕1号); PIPL 47 lets
them outlast the wish: until then what is kept is stored and shown to nobody.
"""

from collections.abc import Awaitable, Callable, Sequence
from datetime import date, timedelta
from typing import cast
from uuid import UUID

from sqlalchemy import exists, func, select, update

from app.fundraising.care import cards, contacts, requests
from app.fundraising.care.errors import ErasureAskedFor, GaveElsewhere, NothingToErase, ReceiptKept
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
from app.kit import constraints, vault
from app.kit.calendars import terms
from app.kit.clock import today
from app.kit.database import ReadSession, Transactions, WriteSession
from app.organizations import approvals
from app.organizations.approvals import Matter
from app.organizations.models import Approval, ApprovalState
from app.organizations.visitors import identities

KIND = "donor_erasure"
"""What staff ask for, somebody else decides; donors themselves need nobody's leave."""

ERASE = "erase_giver"
"""Under this name lies in `session.info` what erases a person in every feature above as well."""

RECEIPTS_KEPT_YEARS = 5
DAY = timedelta(days=1)
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
            one.due_on = until + DAY if until else today()
        return 0
    await _erase(session, visitor_id, donor_ids)
    for one in asked:
        requests.close(one, DonorRequestState.done, actor="system")
        await requests.tell(session, one)
    return len(asked)


async def propose(session: WriteSession, donor: Donor, *, organization_id: UUID, asked_by: str) -> Approval:
    """Put a donor's erasure before somebody else, for who asked by letter or in person.

    Raises ReceiptKept, GaveElsewhere, and NothingToErase of who was erased before.
    """
    donor_ids = await _as_one(session, organization_id, donor.id)
    if not await vault.keys(session, donor_ids):
        raise NothingToErase
    await _must_be_free(session, organization_id, donor_ids)
    # The title names nobody: it is read by whoever sees approvals.
    matter = Matter(
        kind=KIND, organization_id=organization_id, subject_id=donor.id, title="捐赠人要求删除个人信息"
    )
    return await approvals.ask(session, matter, asked_by=asked_by)


async def ended(session: WriteSession, approval: Approval) -> None:
    """Erase whom somebody else has decided to erase; refused if a receipt has come in between."""
    if approval.state is not ApprovalState.approved:
        return
    donor_ids = await _as_one(session, approval.organization_id, approval.subject_id)
    mine = select(Donor.id).where(Donor.id.in_(donor_ids)).order_by(Donor.id)
    await session.execute(mine.with_for_update())
    await _must_be_free(session, approval.organization_id, donor_ids)
    erase = cast("Eraser", session.info[ERASE])
    for donor_id in donor_ids:
        await erase(session, donor_id)


async def _as_one(session: ReadSession, organization_id: UUID, donor_id: UUID) -> list[UUID]:
    merged = await cards.members(session, organization_id, [donor_id])
    return sorted({donor_id, *merged.get(donor_id, [])})


async def _must_be_free(session: ReadSession, organization_id: UUID, donor_ids: Sequence[UUID]) -> None:
    if set(await gifts.organizations(session, donor_ids)) - {organization_id}:
        raise GaveElsewhere
    ground, until = await _kept(session, donor_ids)
    if ground is not None:
        raise ReceiptKept(ground=ground, kept_until=until)


def _request(
    visitor_id: UUID, place: UUID, ground: RetentionGround | None, until: date | None, actor: str
) -> DonorWish:
    made = DonorWish(
        organization_id=place,
        visitor_id=visitor_id,
        kind=DonorRequestKind.erasure,
        state=DonorRequestState.postponed,
        due_on=until and until + DAY,
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
    if issued_on is None or (until := kept_until(issued_on)) < today():
        return None, None
    return RetentionGround.receipt_retention, until


def kept_until(issued_on: date) -> date:
    """Return the last day on which a receipt's stub is kept; the day of issue is not counted (CC 201)."""
    return terms.years_after(issued_on, RECEIPTS_KEPT_YEARS)


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
