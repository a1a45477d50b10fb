"""Bookkeeping: how each unit keeps its books, which are part of its organization's whichever way it does.

No text that we have read says how; what contradicts itself is refused.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select

from app.disclosure.governance.errors import (
    BooksKnown,
    BooksUnfit,
    FundKeptElsewhere,
    ReplacedAlready,
)
from app.disclosure.models import Bookkeeping, OrganizationUnit, UnitBooks
from app.kit import constraints
from app.kit.clock import today
from app.kit.database import ReadSession, WriteSession
from app.ledger.models import Fund
from app.organizations.errors import OutOfSight


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """How a unit keeps its books from a day on: in which fund of the organization's, or who keeps its own."""

    bookkeeping: Bookkeeping
    effective_from: date
    fund_id: UUID | None = None
    keeper: str | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """How a unit keeps or kept its books, with the code of the fund if it is one."""

    books: UnitBooks
    fund_code: str | None


async def say(session: WriteSession, unit: OrganizationUnit, said: Said, *, by: str) -> UnitBooks:
    """Say how a unit keeps its books from a day on; how it did before ends the day before, and stays.

    Raises BooksUnfit for what contradicts itself: a department with books of its own, a fund that is not
    restricted, days on which there was no such unit. FundKeptElsewhere if another unit is in that fund.
    """
    if unit.replaced_on is not None:
        raise ReplacedAlready(replaced_on=unit.replaced_on)
    day = said.effective_from
    if day > today() or day < unit.founded_on or (unit.closed_on is not None and day > unit.closed_on):
        raise BooksUnfit(founded_on=unit.founded_on, closed_on=unit.closed_on)
    if said.fund_id is not None:
        await _must_be_restricted(session, unit, said.fund_id)
    known = {
        "unit_books_one_way_excl": BooksKnown(),
        "unit_books_dates_check": BooksKnown(),
        "unit_books_one_unit_excl": FundKeptElsewhere(),
        "unit_books_fund_check": BooksUnfit(bookkeeping=said.bookkeeping),
        "unit_books_keeper_check": BooksUnfit(bookkeeping=said.bookkeeping),
        "unit_books_department_check": BooksUnfit(bookkeeping=said.bookkeeping, kind=unit.kind),
    }
    async with constraints.told(session, known):
        await end(session, unit, on=day - timedelta(days=1))
        books = UnitBooks(
            organization_id=unit.organization_id,
            unit_id=unit.id,
            unit_kind=unit.kind,
            bookkeeping=said.bookkeeping,
            effective_from=day,
            fund_id=said.fund_id,
            keeper=said.keeper,
            # Said of a closed unit, it ends with it.
            effective_to=unit.closed_on,
            recorded_by=by,
        )
        session.add(books)
    return books


async def end(session: WriteSession, unit: OrganizationUnit, *, on: date) -> None:
    """End the way in which a unit keeps its books now, if anything was said of it."""
    now = select(UnitBooks).where(UnitBooks.unit_id == unit.id, UnitBooks.effective_to == unit.closed_on)
    if unit.closed_on is None:
        now = select(UnitBooks).where(UnitBooks.unit_id == unit.id, UnitBooks.effective_to.is_(None))
    last = await session.scalar(now)
    if last is not None:
        last.effective_to = on
        await session.flush()


async def hand_over(session: WriteSession, wrong: OrganizationUnit, right: OrganizationUnit) -> None:
    """Let how a unit keeps its books be said of the row that stands in its place; BooksUnfit if it can't."""
    rows = (await session.scalars(select(UnitBooks).where(UnitBooks.unit_id == wrong.id))).all()
    if any(books.effective_from < right.founded_on for books in rows):
        raise BooksUnfit(founded_on=right.founded_on)
    async with constraints.told(session, {"unit_books_department_check": BooksUnfit(kind=right.kind)}):
        for books in rows:
            books.unit_id, books.unit_kind = right.id, right.kind


async def of(session: ReadSession, unit_ids: Collection[UUID]) -> Mapping[UUID, Sequence[Kept]]:
    """Return how units keep and kept their books, by unit, the earliest first."""
    query = (
        select(UnitBooks, Fund.code)
        .outerjoin(Fund, Fund.id == UnitBooks.fund_id)
        .where(UnitBooks.unit_id.in_(unit_ids))
        .order_by(UnitBooks.effective_from)
    )
    found: dict[UUID, list[Kept]] = defaultdict(list)
    for books, code in await session.execute(query):
        found[books.unit_id].append(Kept(books, code))
    return found


def on(day: date) -> ColumnElement[bool]:
    """Return what is true of the ways of keeping books that held on a day, the last one included."""
    return (UnitBooks.effective_from <= day) & or_(
        UnitBooks.effective_to.is_(None), UnitBooks.effective_to >= day
    )


def at(kept: Sequence[Kept], day: date) -> Kept | None:
    """Return how a unit kept its books on a day; None if nobody said."""
    return next(
        (
            one
            for one in kept
            if one.books.effective_from <= day and (one.books.effective_to or date.max) >= day
        ),
        None,
    )


async def _must_be_restricted(session: ReadSession, unit: OrganizationUnit, fund_id: UUID) -> None:
    fund = await session.get(Fund, fund_id)
    if fund is None or fund.organization_id != unit.organization_id:
        raise OutOfSight
    if not fund.restricted:
        raise BooksUnfit(fund=fund.code)
