"""Requests: a village asks for money by a resolution of its committee, and the county decides."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from app.kit import constraints
from app.kit.clock import now
from app.kit.database import ReadSession, WriteSession
from app.kit.errors import Refusal
from app.organizations.errors import OutOfSight
from app.projects.models import BookKind, Village, VillageDrawdown, VillageRequestState
from app.projects.villages import books, homes
from app.projects.villages.books import Booked
from app.projects.villages.errors import (
    RequestByYou,
    RequestNotInState,
    ResolutionNotCarried,
    VillagePaymentTaken,
)

S = VillageRequestState


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """What a committee resolved, on which day, and how many of those present were for it."""

    amount_minor: int
    purpose: str
    resolved_on: date
    resolution: str
    present_count: int
    for_count: int


async def ask(session: WriteSession, village: Village, said: Resolution, *, by: str) -> VillageDrawdown:
    """Take down what a village (locked by the caller) asks for."""
    homes.must_run(village, said.resolved_on)
    await books.fund(session, village)
    counted = select(func.count()).where(VillageDrawdown.village_id == village.id)
    row = VillageDrawdown(
        village_id=village.id,
        number=(await session.scalar(counted) or 0) + 1,
        amount_minor=said.amount_minor,
        purpose=said.purpose,
        resolved_on=said.resolved_on,
        resolution=said.resolution,
        present_count=said.present_count,
        for_count=said.for_count,
        asked_by=by,
    )
    async with constraints.told(session, {"village_requests_majority_check": ResolutionNotCarried()}):
        session.add(row)
    return row


async def get(
    session: ReadSession, village: Village, request_id: UUID, *, lock: bool = False
) -> VillageDrawdown:
    """Return a request of a village, or refuse; with `lock` nobody else changes it until the end."""
    for_update = {"key_share": True} if lock else None
    found = await session.get(VillageDrawdown, request_id, with_for_update=for_update, populate_existing=lock)
    if found is None or found.village_id != village.id:
        raise OutOfSight
    return found


async def decide(
    session: WriteSession, request: VillageDrawdown, *, by: str, refused_for: str | None = None
) -> VillageDrawdown:
    """Approve a request (locked by the caller), or refuse it with the reason; who asked does not decide."""
    if request.state is not S.asked:
        raise RequestNotInState(request=request.id, state=request.state)
    async with constraints.told(session, {"village_requests_another_check": RequestByYou()}):
        request.state = S.approved if refused_for is None else S.refused
        request.decided_by, request.decided_at, request.refusal_reason = by, now(), refused_for
    return request


@dataclass(frozen=True, slots=True, kw_only=True)
class Paid:
    """On which day a request was paid, and by which payment."""

    on: date
    reference: str
    by: str


async def mark_paid(session: WriteSession, village: Village, request_id: UUID, paid: Paid) -> VillageDrawdown:
    """Mark an approved request as paid: its money comes into the village's public book.

    The payment itself is a transfer to the collective, which calls this once the village has confirmed it.
    """
    # The fund before the request, as whoever spends the request takes them.
    await books.fund(session, village, lock=True)
    request = await get(session, village, request_id, lock=True)
    if request.state is not S.approved:
        raise RequestNotInState(request=request.id, state=request.state)
    refusals: dict[str, Refusal] = {"village_requests_payment_reference_key": VillagePaymentTaken()}
    async with constraints.told(session, refusals):
        request.state, request.paid_on, request.payment_reference = S.paid, paid.on, paid.reference
    income = Booked(
        kind=BookKind.income,
        on=paid.on,
        amount_minor=request.amount_minor,
        words=request.purpose,
        by=paid.by,
        request_id=request.id,
    )
    await books.book(session, village, income)
    told: dict[str, object] = {"number": request.number, "amount_minor": request.amount_minor}
    await homes.tell(session, village, "paid", told)
    return request
