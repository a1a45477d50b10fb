"""Long work: whoever asked sees how far it is; it survives a worker's death and ends once."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from app.kit import jobs, runs
from app.kit.database import Database, Transactions
from app.kit.errors import Conflict, NotFound
from app.kit.models import JobRun, RunState
from app.kit.runs import Progress

seen: list[tuple[str, int, int | None]] = []
stumbling: list[str] = []


class TooManyThings(Conflict):
    """There are too many things."""

    title_zh = "东西太多"


@runs.long_job()
async def count_things(database: Transactions, progress: Progress, *, things: int) -> dict[str, Any]:
    for number in range(1, things + 1):
        await progress.tell(number, things, f"thing {number}")
        async with database.reading() as session:
            run = await session.get_one(JobRun, progress.run_id)
            seen.append((run.state, run.done_count, run.total_count))
    return {"things": things}


@runs.long_job()
async def refuse_things(database: Transactions, progress: Progress) -> None:
    raise TooManyThings(things=3)


@runs.long_job()
async def stumble_over_things(database: Transactions, progress: Progress) -> None:
    stumbling.append("x")
    raise RuntimeError("王小明")


@pytest.fixture
async def url(committed: Database) -> str:
    seen.clear()
    stumbling.clear()
    return committed.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)


async def begun(database: Database, task: jobs.Job, **ids: Any) -> UUID:
    async with database.writing() as session:
        return (await runs.begin(session, task, caller="staff:1", **ids)).id


async def state_of(database: Database, run_id: UUID) -> JobRun:
    async with database.reading() as session:
        return await runs.get(session, run_id, caller="staff:1")


async def test_progress_is_seen_while_it_works_and_the_result_when_it_is_done(
    committed: Database, url: str
) -> None:
    run_id = await begun(committed, count_things, things=2)
    assert (await state_of(committed, run_id)).state is RunState.waiting

    await jobs.work(url, committed, until_empty=True)

    assert seen == [("running", 1, 2), ("running", 2, 2)]
    run = await state_of(committed, run_id)
    assert (run.state, run.result, run.kind) == (RunState.done, {"things": 2}, "count_things")
    assert run.ended_at is not None


async def test_only_who_asked_sees_it(committed: Database, url: str) -> None:
    run_id = await begun(committed, count_things, things=1)

    async with committed.reading() as session:
        with pytest.raises(NotFound):
            await runs.get(session, run_id, caller="staff:2")


async def test_a_refusal_is_told_in_both_languages_and_not_tried_again(committed: Database, url: str) -> None:
    run_id = await begun(committed, refuse_things)

    await jobs.work(url, committed, until_empty=True)

    run = await state_of(committed, run_id)
    assert run.state is RunState.failed
    assert run.problem is not None
    assert run.problem["zh"]["title"] == "东西太多"
    assert run.problem["en"]["code"] == "too-many-things"
    async with committed.reading() as session:
        assert await session.scalar(text("select status from procrastinate_jobs")) == "succeeded"


async def test_what_fails_is_tried_again_and_given_up_in_the_end(committed: Database, url: str) -> None:
    run_id = await begun(committed, stumble_over_things)
    for _ in range(runs.ATTEMPTS_MAX):
        assert (await state_of(committed, run_id)).ended_at is None
        await jobs.work(url, committed, until_empty=True)
        async with committed.writing() as session:
            await session.execute(text("update procrastinate_jobs set scheduled_at = null"))

    run = await state_of(committed, run_id)
    assert len(stumbling) == runs.ATTEMPTS_MAX
    assert run.state is RunState.failed
    assert "王小明" not in str(run.problem)


async def test_the_work_of_a_worker_that_died_is_taken_up_again(committed: Database, url: str) -> None:
    run_id = await begun(committed, count_things, things=1)
    async with committed.writing() as session:
        # As it stands after a kill -9: the job is being done by a worker whose heart has stopped.
        await session.execute(
            text("insert into procrastinate_workers (last_heartbeat) values (now() - interval '1 hour');")
        )
        await session.execute(
            text(
                "update procrastinate_jobs set status = 'doing', attempts = 0,"
                " worker_id = (select max(id) from procrastinate_workers)"
            )
        )
        await session.execute(text("update job_runs set state = 'running', attempt_count = 1"))

    await jobs.work(url, committed, until_empty=True)

    run = await state_of(committed, run_id)
    assert (run.state, run.attempt_count) == (RunState.done, 2)


async def test_work_that_ended_is_not_done_twice(committed: Database, url: str) -> None:
    run_id = await begun(committed, count_things, things=1)
    await jobs.work(url, committed, until_empty=True)
    async with committed.writing() as session:
        await jobs.defer(session, count_things, run_id=run_id, things=1)

    await jobs.work(url, committed, until_empty=True)

    assert len(seen) == 1
