"""Statements: what a village's fund took in and spent in a quarter, told to everybody and then kept."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, case, func, select

from app.kit.clock import today
from app.kit.database import ReadSession, WriteSession
from app.projects.models import BookKind, Village, VillageBookLine, VillageStatement
from app.projects.villages import books, homes
from app.projects.villages.errors import QuarterOutOfOrder, QuarterRunning


async def publish(
    session: WriteSession, village: Village, *, year: int, quarter: int, by: str
) -> VillageStatement:
    """Publish a quarter's statement; from now on nothing is booked into it. Quarters follow one another."""
    first, last = bounds(year, quarter)
    if last >= today():
        raise QuarterRunning(ends_on=last)
    kept = await books.fund(session, village, lock=True)
    before = await _last(session, village)
    begun = kept.closed_to + timedelta(days=1) if kept.closed_to else await _first(session, village)
    if begun is not None and first != begun and not (kept.closed_to is None and first <= begun <= last):
        raise QuarterOutOfOrder(begins_on=begun)
    opening = before.closing_minor if before else 0
    sums = await _sums(session, village, first, last)
    row = VillageStatement(
        village_id=village.id,
        year=year,
        quarter=quarter,
        opening_minor=opening,
        income_minor=sums[0],
        expense_minor=sums[1],
        closing_minor=opening + sums[0] - sums[1],
        received_minor=sums[2],
        given_back_minor=sums[3],
        line_count=sums[4],
        published_by=by,
    )
    kept.closed_to = last
    session.add(row)
    await session.flush()
    told: dict[str, object] = {"year": year, "quarter": quarter, "closing_minor": row.closing_minor}
    await homes.tell(session, village, "statement_published", told)
    return row


def bounds(year: int, quarter: int) -> tuple[date, date]:
    """Return the first and the last day of a quarter."""
    first = date(year, 3 * quarter - 2, 1)
    after = date(year + 1, 1, 1) if quarter == 4 else date(year, 3 * quarter + 1, 1)
    return first, after - timedelta(days=1)


async def of(session: ReadSession, village: Village) -> Sequence[VillageStatement]:
    """Return the statements of a village, the first one first."""
    query = select(VillageStatement).where(VillageStatement.village_id == village.id)
    return (await session.scalars(query.order_by(VillageStatement.year, VillageStatement.quarter))).all()


async def _last(session: ReadSession, village: Village) -> VillageStatement | None:
    told = await of(session, village)
    return told[-1] if told else None


async def _first(session: ReadSession, village: Village) -> date | None:
    query = select(func.min(VillageBookLine.booked_on)).where(VillageBookLine.village_id == village.id)
    return await session.scalar(query)


async def _sums(session: ReadSession, village: Village, first: date, last: date) -> Sequence[int]:
    moved = VillageBookLine.disbursement_id.is_not(None)
    query = select(
        total(BookKind.income),
        total(BookKind.expense),
        total(BookKind.income, moved),
        total(BookKind.expense, moved),
        func.count(),
    ).where(VillageBookLine.village_id == village.id, VillageBookLine.booked_on.between(first, last))
    return [int(one) for one in (await session.execute(query)).one()]


def total(kind: BookKind, *which: ColumnElement[bool]) -> ColumnElement[int]:
    """Return what came in or went out by the lines of a book, or by those of them for which this holds."""
    amount = case((and_(VillageBookLine.kind == kind, *which), VillageBookLine.amount_minor), else_=0)
    return func.coalesce(func.sum(amount), 0)
