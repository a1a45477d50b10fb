"""The worker's round: each step is taken, whatever became of the others, and who breaks it off is obeyed."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from app import worker
from app.kit.database import Database


async def _wrong(database: Database) -> None:
    async with database.writing() as session:
        await session.execute(text("select '某人'::int"))


async def test_a_step_that_fails_holds_up_no_other_and_is_named(committed: Database) -> None:
    taken: list[str] = []

    async def right(database: Database) -> None:
        async with database.reading() as session:
            taken.append(str(await session.scalar(text("select 1"))))

    with capture_logs() as logged:
        failed = await worker.once(committed, {"wrong": _wrong, "right": right, "again": right})

    assert (failed, taken) == (["wrong"], ["1", "1"])
    [told] = logged
    assert (told["event"], told["step"], told["error"]) == ("round_failed", "wrong", "DataError")
    # The words of an error may quote a row.
    assert "某人" not in str(told)


async def test_a_round_that_is_broken_off_takes_no_further_step(committed: Database) -> None:
    begun, taken = asyncio.Event(), list[str]()

    async def waits(database: Database) -> None:
        async with database.writing() as session:
            begun.set()
            await session.execute(text("select pg_sleep(600)"))

    async def after(_database: Database) -> None:
        taken.append("after")

    ending = asyncio.ensure_future(worker.once(committed, {"waits": waits, "after": after}))
    await asyncio.wait_for(begun.wait(), 60)
    ending.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(ending, 60)
    assert taken == []


async def test_every_step_does_nothing_where_nothing_waits(committed: Database) -> None:
    taken = worker.steps(timedelta(days=180), unclaimed_days=30)
    assert "bank_gifts" in taken
    assert "bank_gifts" not in worker.steps(timedelta(days=180))
    assert await worker.once(committed, taken | worker.sweeps(timedelta(days=180))) == []
