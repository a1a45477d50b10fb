"""Requests: a village asks for money by a resolution of its committee, and the county decides."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from app.kit import constraints
from app.kit.attachments import files, retention
from app.kit.attachments.files import Owner
from app.kit.clock import now
from app.kit.database import ReadSession, WriteSession
from app.kit.models import Attachment
from app.organizations.errors import OutOfSight
from app.projects.models import BookKind, Village, VillageDrawdown, VillageRequestState
from app.projects.villages import books, homes
from app.projects.villages.books import Booked
from app.projects.villages.errors import (
    RequestByYou,
    RequestNotInState,
    RequestSpent,
    ResolutionNotCarried,
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
    attachment_ids: Sequence[UUID] = ()


OWNER = "village_request"
"""Under this name requests own the minutes of the committee, and who signed them."""


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
    if said.attachment_ids:
        owner = Owner(OWNER, row.id, village.organization_id)
        for file in sorted(await files.attach(session, said.attachment_ids, owner, by=by), key=_id):
            await retention.hold(session, file.id, f"{OWNER}:{row.id}")
    return row


def _id(file: Attachment) -> UUID:
    return file.id


async def papers(session: ReadSession, asked: Sequence[VillageDrawdown]) -> dict[UUID, list[UUID]]:
    """Return the files of each request, in the order in which they were uploaded."""
    query = select(Attachment.owner_id, Attachment.id).where(
        Attachment.owner_kind == OWNER, Attachment.owner_id.in_([one.id for one in asked])
    )
    found: dict[UUID, list[UUID]] = {one.id: [] for one in asked}
    for owner_id, file_id in await session.execute(query.order_by(Attachment.id)):
        if owner_id is not None:
            found[owner_id].append(file_id)
    return found


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
class Moved:
    """Money of a request that came to the village, or went back: fen, on which day, by which disbursement."""

    amount_minor: int
    on: date
    disbursement_id: UUID
    reference: str
    by: str


async def mark_paid(session: WriteSession, village: Village, request_id: UUID, paid: Moved) -> None:
    """Mark an approved request as paid by its disbursement: its money comes into the village's public book.

    It is a fact: it stands in the book on the first day that no statement has told yet, also of a village
    that ended meanwhile.
    """
    # The fund before the request, as whoever spends the request takes them.
    kept = await books.fund(session, village, lock=True)
    request = await get(session, village, request_id, lock=True)
    if request.state is not S.approved:
        raise RequestNotInState(request=request.id, state=request.state)
    request.state, request.paid_on, request.payment_reference = S.paid, paid.on, paid.reference
    await session.flush()
    await books.receive(session, kept, _line(request, BookKind.income, paid, request.purpose))
    told: dict[str, object] = {"number": request.number, "amount_minor": request.amount_minor}
    await homes.tell(session, village, "paid", told)


async def give_back(
    session: WriteSession, village: Village, request_id: UUID, back: Moved, *, reopen: bool
) -> None:
    """Take what came back of a request's money out of the village's book; with `reopen` it was all of it.

    A reopened request can be paid again. Raises VillageFundShort, RequestSpent: what the book says was spent
    did not come back.
    """
    kept = await books.fund(session, village, lock=True)
    request = await get(session, village, request_id, lock=True)
    async with constraints.told(session, {"village_requests_spent_check": RequestSpent()}):
        request.spent_minor += back.amount_minor
    if reopen:
        # Nothing of it is left or spent: what was noted as given back before is forgotten with it.
        request.spent_minor, request.state = 0, S.approved
        request.paid_on = request.payment_reference = None
        await session.flush()
    await books.receive(session, kept, _line(request, BookKind.expense, back, "退回拨付款"))
    told: dict[str, object] = {"number": request.number, "amount_minor": back.amount_minor}
    await homes.tell(session, village, "gave_back", told)


def _line(request: VillageDrawdown, kind: BookKind, moved: Moved, words: str) -> Booked:
    return Booked(
        kind=kind,
        on=moved.on,
        amount_minor=moved.amount_minor,
        words=words,
        by=moved.by,
        request_id=request.id,
        disbursement_id=moved.disbursement_id,
    )
