"""Runs: long work that somebody asked for over HTTP: how far it is, and what came of it."""

import functools
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import select, update

from app.kit import jobs
from app.kit.clock import now
from app.kit.database import ReadSession, Transactions, WriteSession
from app.kit.errors import NotFound, Refusal, Unavailable
from app.kit.http import problems
from app.kit.jobs import Job
from app.kit.models import JobRun, RunState

ATTEMPTS_MAX = 5
_GOING = (RunState.waiting, RunState.running)


class WorkBrokenOff(Refusal):
    """The work failed again and again; nothing of it was kept."""

    title_zh = "后台任务多次失败，未保存任何结果"


class Progress:
    """How far a run is, told in transactions of its own: whoever looks sees it before the work commits."""

    def __init__(self, database: Transactions, run_id: UUID) -> None:
        self._database, self.run_id = database, run_id

    async def tell(self, done: int, total: int | None = None, words: str | None = None) -> None:
        """Tell that so many of so many are done; now and then, not at every one."""
        values = {"done_count": done, "total_count": total, "words": words, "changed_at": now()}
        async with self._database.writing() as session:
            await session.execute(update(JobRun).where(JobRun.id == self.run_id).values(values))


Work = Callable[..., Awaitable[Mapping[str, Any] | None]]
"""A function of the database, its progress and ids. It commits by itself and must be safe to repeat."""


def long_job() -> Callable[[Work], Job]:
    """Declare long work. What it returns becomes the run's result; a refusal its problem."""

    def declare(work: Work) -> Job:
        @functools.wraps(work)
        async def run(database: Transactions, run_id: str, **ids: Any) -> None:  # noqa: ANN401
            await _run(database, UUID(run_id), work, ids)

        return jobs.job()(run)

    return declare


async def begin(
    session: WriteSession,
    task: Job,
    *,
    caller: str,
    organization_id: UUID | None = None,
    **ids: str | int | UUID,
) -> JobRun:
    """Ask for long work inside the caller's transaction; answer 202 with what this returns."""
    kind = str(task.name).rpartition(".")[2]
    run = JobRun(caller=caller, kind=kind, organization_id=organization_id)
    session.add(run)
    await session.flush()
    await jobs.defer(session, task, once=None, run_id=run.id, **ids)
    return run


async def get(session: ReadSession, run_id: UUID, *, caller: str) -> JobRun:
    """Return a caller's own run, or refuse."""
    run = await session.scalar(select(JobRun).filter_by(id=run_id, caller=caller))
    if run is None:
        raise NotFound
    return run


async def _run(database: Transactions, run_id: UUID, work: Work, ids: Mapping[str, Any]) -> None:
    begun = (
        update(JobRun)
        .where(JobRun.id == run_id, JobRun.state.in_(_GOING))
        .values(state=RunState.running, attempt_count=JobRun.attempt_count + 1, changed_at=now())
        .returning(JobRun.attempt_count)
    )
    async with database.writing() as session:
        attempt = await session.scalar(begun)
    if attempt is None:
        # It ended, and the worker died before it could say so to the queue.
        return
    try:
        result = await work(database, Progress(database, run_id), **ids)
    except Unavailable:
        raise
    except Refusal as refusal:
        await _end(database, run_id, state=RunState.failed, problem=_told(refusal))
    except Exception:
        if attempt < ATTEMPTS_MAX:
            raise
        await _end(database, run_id, state=RunState.failed, problem=_told(WorkBrokenOff()))
        raise
    else:
        await _end(database, run_id, state=RunState.done, result=dict(result or {}))


async def _end(database: Transactions, run_id: UUID, **values: Any) -> None:  # noqa: ANN401
    ended = update(JobRun).where(JobRun.id == run_id, JobRun.state.in_(_GOING))
    async with database.writing() as session:
        await session.execute(ended.values(changed_at=now(), ended_at=now(), **values))


def _told(refusal: Refusal) -> dict[str, Any]:
    both = {language: problems.document(refusal, language=language) for language in ("zh", "en")}
    return dict(orjson.loads(orjson.dumps(both, default=str)))
