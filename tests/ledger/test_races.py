"""Fifty at once can't overspend a fund, and a month that closes takes nothing more."""

import asyncio
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from app.kit.clock import legal_day
from app.kit.database import Database
from app.ledger import funds, journal, periods
from app.ledger.errors import FundShort
from app.ledger.journal import Line
from app.ledger.models import Direction, Entry, EntryKind, Period
from tests.factories import ledger as make


async def test_of_fifty_spends_of_a_tenth_exactly_ten_succeed(committed: Database) -> None:
    async with committed.writing() as session:
        books = await make.books(session)
        fund = await make.fund(session, books)
        await make.gift(session, books, fund, 1000)
        cost = await make.account(session, books, "5101", fund_id=fund.id, project_id=books.project_id)
        bank = await make.account(session, books, "1002", channel_id=books.bank_id)

    async def spend() -> bool:
        line = Line(debit=cost, credit=bank, amount=100, fund_id=fund.id, direction=Direction.outflow)
        try:
            async with committed.writing() as session:
                await journal.post(session, [make.draft(books, EntryKind.disbursement, line)])
        except FundShort:
            return False
        return True

    results = await asyncio.gather(*(spend() for _ in range(50)))

    assert sum(results) == 10
    async with committed.reading() as session:
        assert await funds.left(session, [fund.id]) == {fund.id: 0}


async def test_a_gift_and_a_closing_month_do_not_cross(committed: Database) -> None:
    async with committed.writing() as session:
        books = await make.books(session)
        fund = await make.fund(session, books)
        draft = await make.gift_draft(session, books, fund, 1)
        at = {"occurred_at": datetime(2026, 1, 15, tzinfo=UTC)}
        line = draft.lines[0]

    async def give() -> date:
        async with committed.writing() as session:
            [receipt] = await journal.post(session, [make.draft(books, EntryKind.donation, line, **at)])
            return receipt.booked_on

    async def close() -> None:
        await asyncio.sleep(0.01)
        async with committed.writing() as session:
            await periods.close(session, books.organization_id, date(2026, 1, 1))

    days = await asyncio.gather(*(give() for _ in range(10)), close(), *(give() for _ in range(20)))
    assert {day for day in days if day} <= {date(2026, 1, 15), date(2026, 2, 1)}
    after = await give()

    assert after == date(2026, 2, 1)
    async with committed.reading() as session:
        count = select(func.count()).select_from(Entry).where(Entry.booked_on >= date(2026, 2, 1))
        late = await session.scalar(count)
        in_january = await session.scalar(select(func.count()).where(Entry.booked_on < date(2026, 2, 1)))
        assert (late or 0) + (in_january or 0) == 31
        assert legal_day(at["occurred_at"]) == date(2026, 1, 15)


async def test_the_day_on_which_an_entry_will_be_booked_stays_that_day(committed: Database) -> None:
    """Who asked holds that month against a close, and the closed one before it against a reopening."""
    december, january, february = date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1)
    async with committed.writing() as session:
        books = await make.books(session, books_from=december)
        key = (books.organization_id, date(2025, 12, 30))
        for month in (december, january):
            await periods.open_books(session, books.organization_id, month)
            await periods.close(session, books.organization_id, month)
        await periods.open_books(session, books.organization_id, february)

    async with committed.writing() as session:
        landing = await periods.landing(session, {key})
        for month in (december, january, february):
            held = select(Period).where(Period.organization_id == key[0], Period.month == month)
            async with committed.writing() as other:
                with pytest.raises(OperationalError, match="LockNotAvailable"):
                    await other.scalar(held.with_for_update(nowait=True))
                await other.rollback()

    assert landing == {key: february}
