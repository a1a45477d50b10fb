"""What is done item by item: one that fails sinks no other, and is told of all the same."""

import asyncio
from uuid import UUID

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DataError, OperationalError

from app.kit import batches, outbox
from app.kit.database import Database, WriteSession
from app.kit.errors import Conflict
from app.kit.models import OutboxEvent


async def _note(session: WriteSession, number: int) -> int:
    """Tell of a number; of 13 the database refuses to hear."""
    await outbox.tell(session, "number", organization_id=None, subject=f"{number}", payload={})
    if number == 13:
        await session.execute(text("select 1 / 0"))
    return number


async def told(database: Database) -> list[int]:
    async with database.reading() as session:
        return sorted(int(one.subject) for one in await session.scalars(select(OutboxEvent)))


async def test_each_item_has_a_transaction_of_its_own(committed: Database) -> None:
    assert await batches.apart(committed, [1, 2, 3], _note) == 6
    assert await told(committed) == [1, 2, 3]


async def test_what_fails_is_raised_when_all_others_are_done(committed: Database) -> None:
    with pytest.raises(DataError):
        await batches.apart(committed, [1, 13, 2, 13, 3], _note)
    assert await told(committed) == [1, 2, 3]


async def test_a_walk_goes_through_a_table_once(committed: Database) -> None:
    await batches.apart(committed, range(5), _note)
    parts: list[int] = []

    async def step(session: WriteSession, last: UUID) -> UUID | None:
        query = select(OutboxEvent.id).where(OutboxEvent.id > last).order_by(OutboxEvent.id).limit(2)
        found = (await session.scalars(query)).all()
        parts.append(len(found))
        return found[-1] if len(found) == 2 else None

    await batches.walk(committed, step)
    assert parts == [2, 2, 1]


async def test_where_the_database_is_away_nobody_tries_on() -> None:
    tried: list[int] = []

    async def away(number: int) -> int:
        tried.append(number)
        if number == 1:
            raise Conflict
        raise OperationalError("select", {}, OSError("no route"))

    with pytest.raises(OperationalError):
        await batches.each([1, 2, 3], away)
    assert tried == [1, 2]


async def test_whoever_breaks_it_off_is_obeyed_in_the_middle_of_a_query(committed: Database) -> None:
    begun, tried = asyncio.Event(), list[int]()

    async def wait(session: WriteSession, number: int) -> int:
        tried.append(number)
        begun.set()
        await session.execute(text("select pg_sleep(600)"))
        return number

    working = asyncio.ensure_future(batches.apart(committed, [1, 2], wait))
    await asyncio.wait_for(begun.wait(), 60)
    working.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(working, 60)
    assert tried == [1]
