"""A job is there if and only if what asked for it was committed."""

from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text

from app.kit import database, jobs
from app.kit.database import Database, Transactions

ran: list[Any] = []


@jobs.job()
async def note(database: Transactions, donation_id: str) -> None:
    async with database.reading() as session:
        assert await session.scalar(text("select current_setting('transaction_read_only')")) == "on"
    ran.append(donation_id)


@jobs.job()
async def stumble(database: Transactions) -> None:
    ran.append("stumbled")
    raise RuntimeError("王小明")


@jobs.job()
async def look(_: Transactions) -> None:
    connector = jobs.queue.connector
    async with connector.pool.connection() as one, connector._get_standalone_connection() as listening:
        ran.extend(connection.info.get_parameters() for connection in (one, listening))


@pytest.fixture
async def url(committed: Database) -> str:
    ran.clear()
    return committed.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)


async def waiting(database: Database) -> int:
    async with database.reading() as session:
        return await session.scalar(text("select count(*) from procrastinate_jobs where status = 'todo'"))


async def test_a_committed_job_runs_once_with_its_ids(committed: Database, url: str) -> None:
    donation = uuid4()
    async with committed.writing() as session:
        await jobs.defer(session, note, donation_id=donation)
        assert await waiting(committed) == 0
    assert await waiting(committed) == 1

    await jobs.work(url, committed, until_empty=True)
    await jobs.work(url, committed, until_empty=True)

    assert ran == [str(donation)]
    assert await waiting(committed) == 0


async def test_no_commit_no_job(committed: Database) -> None:
    async def broken() -> None:
        async with committed.writing() as session:
            await jobs.defer(session, note, donation_id="x")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await broken()
    assert await waiting(committed) == 0


async def test_a_job_asked_for_once_waits_once_and_spoils_nothing(committed: Database, url: str) -> None:
    async with committed.writing() as session:
        for _ in range(2):
            await jobs.defer(session, note, once="sweep", donation_id="x")
        assert await session.scalar(text("select 1")) == 1
    async with committed.writing() as session:
        await jobs.defer(session, note, once="sweep", donation_id="y")
    assert await waiting(committed) == 1

    await jobs.work(url, committed, until_empty=True)
    async with committed.writing() as session:
        await jobs.defer(session, note, once="sweep", donation_id="z")
    await jobs.work(url, committed, until_empty=True)

    assert ran == ["x", "z"]


async def test_a_job_that_fails_is_tried_again_later(committed: Database, url: str) -> None:
    async with committed.writing() as session:
        await jobs.defer(session, stumble)

    await jobs.work(url, committed, until_empty=True)

    assert ran == ["stumbled"]
    async with committed.reading() as session:
        [(attempts, later)] = await session.execute(
            text("select attempts, scheduled_at > now() from procrastinate_jobs where status = 'todo'")
        )
    assert (attempts, later) == (1, True)


async def test_a_worker_gives_up_a_server_that_is_gone_without_a_word(committed: Database, url: str) -> None:
    async with committed.writing() as session:
        await jobs.defer(session, look)

    await jobs.work(url, committed, until_empty=True)

    # The address of tests is more patient than the service, and has the last word.
    expected = {name: str(value) for name, value in database.PATIENCE.items()} | {"connect_timeout": "120"}
    assert [{name: said.get(name) for name in expected} for said in ran] == [expected] * 2
