"""Books: a village fund's lines, numbered without gaps, each with what the fund held after it.

The book is the village collective's and kept for it by the county; it is no ledger of ours. What the county
pays to the collective stands in the county's own books, and here as the income of the request it was for.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import exists, select

from app.kit import constraints
from app.kit.database import ReadSession, WriteSession
from app.kit.errors import Refusal
from app.organizations.errors import OutOfSight
from app.projects.models import (
    BookKind,
    Village,
    VillageBookLine,
    VillageDrawdown,
    VillageFund,
    VillageRequestState,
)
from app.projects.villages import homes
from app.projects.villages.errors import (
    LineReversed,
    QuarterClosed,
    RequestNotInState,
    RequestSpent,
    VillageFundMissing,
    VillageFundShort,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Booked:
    """Money that came into a village's fund or left it."""

    kind: BookKind
    on: date
    amount_minor: int
    words: str
    by: str
    request_id: UUID | None = None
    disbursement_id: UUID | None = None


async def fund(session: ReadSession, village: Village, *, lock: bool = False) -> VillageFund:
    """Return a village's fund, or refuse; with `lock` nobody else books until the transaction ends."""
    for_update = {"key_share": True} if lock else None
    found = await session.get(VillageFund, village.id, with_for_update=for_update, populate_existing=lock)
    if found is None:
        raise VillageFundMissing(village=village.id)
    return found


async def book(session: WriteSession, village: Village, booked: Booked) -> VillageBookLine:
    """Book a line; an expense may name the request whose money it spends.

    Lines of one village come one after another, by the lock of its fund. Raises VillageFundMissing,
    VillageFundShort, QuarterClosed, RequestSpent.
    """
    homes.must_run(village, booked.on)
    kept = await fund(session, village, lock=True)
    if booked.request_id is not None and booked.kind is BookKind.expense:
        await _spend(session, village, booked.request_id, booked.amount_minor)
    return await _write(session, kept, _row(kept, booked, booked.on))


async def receive(session: WriteSession, kept: VillageFund, booked: Booked) -> VillageBookLine:
    """Book what a bank has moved between the county and a village's fund (locked by the caller).

    What belongs into a quarter that has been told already stands on the first day after it.
    """
    after = kept.closed_to + timedelta(days=1) if kept.closed_to else booked.on
    return await _write(session, kept, _row(kept, booked, max(booked.on, after)))


def _row(kept: VillageFund, booked: Booked, on: date) -> VillageBookLine:
    return VillageBookLine(
        village_id=kept.village_id,
        number=kept.line_count + 1,
        kind=booked.kind,
        booked_on=on,
        amount_minor=booked.amount_minor,
        balance_minor=0,
        words=booked.words,
        recorded_by=booked.by,
        request_id=booked.request_id,
        disbursement_id=booked.disbursement_id,
    )


async def reverse(
    session: WriteSession, village: Village, line: VillageBookLine, *, on: date, words: str, by: str
) -> VillageBookLine:
    """Take a line back by another one that says why; nothing in the book is ever changed."""
    homes.must_run(village, on)
    kept = await fund(session, village, lock=True)
    if line.reverses_id is not None or line.disbursement_id is not None:
        raise LineReversed(line=line.id)
    # Under the lock of the fund nobody takes it back meanwhile; the unique key would refuse them too.
    taken_back = select(VillageBookLine.id).where(VillageBookLine.reverses_id == line.id)
    if await session.scalar(select(exists(taken_back))):
        raise LineReversed(line=line.id)
    if line.request_id is not None:
        await _spend(session, village, line.request_id, -line.amount_minor)
    row = VillageBookLine(
        village_id=village.id,
        number=kept.line_count + 1,
        kind=line.kind,
        booked_on=on,
        amount_minor=-line.amount_minor,
        balance_minor=0,
        words=words,
        recorded_by=by,
        request_id=line.request_id,
        reverses_id=line.id,
    )
    return await _write(session, kept, row)


async def _write(session: WriteSession, kept: VillageFund, row: VillageBookLine) -> VillageBookLine:
    if kept.closed_to is not None and row.booked_on <= kept.closed_to:
        raise QuarterClosed(closed_to=kept.closed_to)
    added = row.amount_minor if row.kind is BookKind.income else -row.amount_minor
    refusals: dict[str, Refusal] = {
        "village_funds_balance_check": VillageFundShort(balance_minor=kept.balance_minor),
        "village_book_lines_reverses_id_key": LineReversed(),
    }
    async with constraints.told(session, refusals):
        kept.balance_minor += added
        kept.line_count = row.number
        row.balance_minor = kept.balance_minor
        session.add(row)
    return row


async def _spend(session: WriteSession, village: Village, request_id: UUID, amount: int) -> None:
    request = await session.get(
        VillageDrawdown, request_id, with_for_update={"key_share": True}, populate_existing=True
    )
    if request is None or request.village_id != village.id:
        raise OutOfSight
    if request.state is not VillageRequestState.paid:
        raise RequestNotInState(request=request.id, state=request.state)
    async with constraints.told(session, {"village_requests_spent_check": RequestSpent()}):
        request.spent_minor += amount


async def line(session: ReadSession, village: Village, line_id: UUID) -> VillageBookLine:
    """Return a line of a village's book, or refuse."""
    found = await session.scalar(
        select(VillageBookLine).where(VillageBookLine.id == line_id, VillageBookLine.village_id == village.id)
    )
    if found is None:
        raise OutOfSight
    return found
