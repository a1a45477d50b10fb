"""Jobs: work for later, which exists only if the transaction that asked for it commits."""

import asyncio
import contextlib
import functools
from collections.abc import Awaitable, Callable
from typing import Any, cast
from uuid import UUID

from procrastinate import App, JobContext, PsycopgConnector, RetryStrategy
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from procrastinate.tasks import Task

from app.kit.database import Transactions, WriteSession, patience

Job = Task[Any, Any, Any]
Work = Callable[..., Awaitable[None]]

queue = App(connector=PsycopgConnector())
_REVIVED_EVERY_SECONDS = 30
_STALLED_SECONDS = 60
_RETRY = RetryStrategy(max_attempts=12, exponential_wait=3)
"""Pauses of 3, 9, 27 ... seconds: about nine days until a job is given up."""


def job(**options: Any) -> Callable[[Work], Job]:  # noqa: ANN401 - procrastinate's own options
    """Declare a job: an async function of the database and of ids, which must be safe to repeat."""

    def declare(work: Work) -> Job:
        @functools.wraps(work)
        async def run(context: JobContext, **ids: Any) -> None:  # noqa: ANN401
            await work(cast("Any", context).additional_context["database"], **ids)

        name = f"{work.__module__}.{work.__name__}"
        declared = queue.task(name=name, pass_context=True, retry=_RETRY, **options)
        return cast("Job", declared(cast("Any", run)))

    return declare


async def defer(
    session: WriteSession, task: Job, *, once: str | None = None, **ids: str | int | UUID
) -> None:
    """Queue a job inside the caller's transaction; with `once`, unless one of that name waits already."""
    plain = {name: str(value) if isinstance(value, UUID) else value for name, value in ids.items()}
    try:
        # A savepoint, because the job that waits already would otherwise break the caller's transaction.
        async with session.begin_nested():
            # Asked for inside: the session sets the savepoint when its connection is first wanted.
            connection = await (await session.connection()).get_raw_connection()
            deferrer = task.configure(connection=connection.driver_connection, queueing_lock=once)
            await deferrer.defer_async(**plain)
    except AlreadyEnqueued:
        return


async def work(url: str, database: Transactions, *, concurrency: int = 4, until_empty: bool = False) -> None:
    """Run jobs until cancelled, or until none is waiting; what has begun is finished first."""
    connector = PsycopgConnector(conninfo=url, kwargs=patience(url), min_size=1, max_size=concurrency + 2)
    with queue.replace_connector(connector) as app:
        async with app.open_async():
            await _revive(app)
            reviving = asyncio.ensure_future(_keep_reviving(app))
            try:
                await app.run_worker_async(
                    concurrency=concurrency,
                    wait=not until_empty,
                    listen_notify=not until_empty,
                    additional_context={"database": database},
                    install_signal_handlers=False,
                )
            finally:
                reviving.cancel()


async def _keep_reviving(app: App) -> None:
    while True:
        await asyncio.sleep(_REVIVED_EVERY_SECONDS)
        with contextlib.suppress(ConnectorException):
            await _revive(app)


async def _revive(app: App) -> None:
    """Queue again what a worker was doing when it died: its heart has not beaten for a while."""
    board = app.job_manager
    for stalled in await board.get_stalled_jobs(seconds_since_heartbeat=_STALLED_SECONDS):
        await board.retry_job(stalled)
