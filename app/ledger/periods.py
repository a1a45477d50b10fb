"""Periods: the months of an organization's books, and the day on which an event is booked.

Late events never wait and never fail: they are booked on the first day of the earliest open month.
"""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, tuple_
from sqlalchemy.dialects.postgresql import insert

from app.kit.bulk import Statement, together
from app.kit.clock import now, today
from app.kit.database import WriteSession
from app.ledger.errors import BooksNotOpened, PeriodNotClosable, PeriodNotOpen
from app.ledger.models.accounts import Period, PeriodState

_SHARE = (
    "select p.organization_id, p.month, p.state from periods p"
    " join unnest(%(organizations)s::uuid[], %(months)s::date[]) w (organization_id, month)"
    " using (organization_id, month) order by 1, 2 for share of p"
)


def month_of(day: date) -> date:
    """Return the first day of the month of `day`, by which months are named."""
    return day.replace(day=1)


def next_month(month: date) -> date:
    """Return the month after `month`."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


async def open_books(session: WriteSession, organization_id: UUID, books_from: date) -> None:
    """Open an organization's books with the month of `books_from`; nothing can be booked before it."""
    month = month_of(books_from)
    await session.execute(
        insert(Period).values(organization_id=organization_id, month=month).on_conflict_do_nothing()
    )


def sharing(wanted: Iterable[tuple[UUID, date]]) -> Statement:
    """Return the statement that holds the months of these (organization, day of the event) FOR SHARE."""
    months = sorted({(organization, month_of(day)) for organization, day in wanted})
    named = {"organizations": [key[0] for key in months], "months": [key[1] for key in months]}
    return Statement(_SHARE, named)


async def booking_days(
    session: WriteSession, wanted: Collection[tuple[UUID, date]], shared: Iterable[Any]
) -> dict[tuple[UUID, date], date]:
    """Return for each (organization, day of the event) the day on which it is booked.

    `shared` are the rows of `sharing`. Every month it answers with is held FOR SHARE until the transaction
    ends, so that none closes meanwhile.
    """
    landing = {(row.organization_id, row.month): row.month for row in shared if row.state == PeriodState.open}
    for key in sorted({(organization, month_of(day)) for organization, day in wanted}):
        if key not in landing:
            landing[key] = await _earliest_open(session, *key)
    return {
        (organization, day): max(day, landing[organization, month_of(day)]) for organization, day in wanted
    }


async def landing(
    session: WriteSession, wanted: Collection[tuple[UUID, date]]
) -> dict[tuple[UUID, date], date]:
    """Return for each (organization, day of the event) the day on which the journal is going to book it.

    For those whose lines depend on the year of their entry. The months are held as `booking_days` holds
    them: neither a close nor a reopening moves the entry into another year after they have asked.
    """
    [shared] = await together(session, [sharing(wanted)])
    return await booking_days(session, wanted, shared)


async def _earliest_open(session: WriteSession, organization_id: UUID, month: date) -> date:
    of_organization = Period.organization_id == organization_id
    first = await session.scalar(select(func.min(Period.month)).where(of_organization))
    if first is None:
        raise BooksNotOpened(organization=organization_id)
    while True:
        # A month without a row counts as closed when a later one is: the closed months have no gap.
        closed = select(Period.month).where(of_organization, Period.state == PeriodState.closed)
        # Held too: while the last of them stays closed, no reopening brings the event back before `month`.
        last = closed.order_by(Period.month.desc()).limit(1).with_for_update(read=True)
        last_closed = await session.scalar(last)
        month = max(month, first, next_month(last_closed) if last_closed else first)
        await open_books(session, organization_id, month)
        share = select(Period.state).where(of_organization, Period.month == month).with_for_update(read=True)
        if await session.scalar(share) is PeriodState.open:
            return month


async def close(session: WriteSession, organization_id: UUID, month: date) -> Period:
    """Close a month: nothing is booked in it from now on. Every earlier month must be closed already."""
    period = await _lock(session, organization_id, month)
    if period.state is not PeriodState.open:
        raise PeriodNotOpen(month=month)
    earlier = select(Period.month).where(
        Period.organization_id == organization_id, Period.month < month, Period.state == PeriodState.open
    )
    if month > today() or await session.scalar(earlier.limit(1)):
        raise PeriodNotClosable(month=month)
    period.state, period.closed_at, period.version = PeriodState.closed, now(), period.version + 1
    await session.flush()
    return period


async def reopen(session: WriteSession, organization_id: UUID, month: date) -> Period:
    """Open a closed month again; later months must be open, so that the closed ones stay without a gap."""
    period = await _lock(session, organization_id, month)
    later = select(Period.month).where(
        Period.organization_id == organization_id, Period.month > month, Period.state == PeriodState.closed
    )
    if period.state is PeriodState.open or await session.scalar(later.limit(1)):
        raise PeriodNotClosable(month=month)
    period.state, period.closed_at = PeriodState.open, None
    await session.flush()
    return period


async def _lock(session: WriteSession, organization_id: UUID, month: date) -> Period:
    period = await session.scalar(
        select(Period)
        .where(tuple_(Period.organization_id, Period.month) == (organization_id, month))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if period is None:
        raise PeriodNotOpen(month=month)
    return period
