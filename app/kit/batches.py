"""Batches: many items in one transaction or in one each, none of which can sink its neighbours."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import TypeVar
from uuid import UUID

import structlog
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from app.kit.database import Transactions, WriteSession
from app.kit.errors import Unavailable

Item = TypeVar("Item")
Answer = TypeVar("Answer")
Work = Callable[[WriteSession, Sequence[Item]], Awaitable[Sequence[Answer]]]

TRIES_MAX = 8
RETRY_AFTER_SECONDS = 2
_AWAY = ("08", "53", "57")  # connection lost, server short of something, server going down
_AGAIN = ("40001", "40P01", "55P03")  # serialization, deadlock, lock timeout
_UNFIT = ("22", "23")  # a value or a row that the database refuses

log = structlog.get_logger(__name__)


class Repeat(Exception):  # noqa: N818 - a wish, not a fault
    """Raised by the work to be done again in a fresh transaction: another one was quicker."""


async def commit(
    database: Transactions, items: Sequence[Item], work: Work[Item, Answer]
) -> list[Answer | BaseException]:
    """Do the work for all items in one committed transaction; answers come in the items' order.

    A transaction that met another one is repeated. If the database refuses a value or a row, the batch is
    halved until the unfit item stands alone: its place holds the error, everything else is committed. If
    the database is away, every place of what was not committed holds Unavailable. A fresh connection is
    taken per transaction.
    """
    for attempt in range(TRIES_MAX):
        try:
            async with database.writing() as session:
                answers = await work(session, items)
        except (DBAPIError, Repeat, PoolTimeout, OSError) as error:
            state = _state(error)
            if state.startswith(_AWAY) or isinstance(error, PoolTimeout | OSError):
                log.warning("database_away", error=type(error).__name__, items=len(items))
                return [Unavailable(retry_after_seconds=RETRY_AFTER_SECONDS) for _ in items]
            if state in _AGAIN or isinstance(error, Repeat):
                await asyncio.sleep(random.uniform(0, 0.01) * attempt)  # noqa: S311 - no secret, a pause
                continue
            if state.startswith(_UNFIT) and len(items) > 1:
                middle = len(items) // 2
                first = await commit(database, items[:middle], work)
                return first + await commit(database, items[middle:], work)
            if state == "23505" and attempt == 0:
                continue  # a unique key was quicker: the next look finds its row
            return [error for _ in items]
        else:
            return list(answers)
    return [Unavailable(retry_after_seconds=RETRY_AFTER_SECONDS) for _ in items]


async def each(items: Iterable[Item], act: Callable[[Item], Awaitable[int]]) -> int:
    """Do something for each item, whatever became of those before it; return what they add up to.

    The first error is raised when all have been tried; at once, if the database is away or we are broken off.
    """
    done, errors = 0, list[Exception]()
    for item in items:
        try:
            done += await act(item)
        except Exception as error:
            end_if_told(error)
            if isinstance(error, PoolTimeout | OSError) or _state(error).startswith(_AWAY):
                raise
            errors.append(error)
    if errors:
        raise errors[0]
    return done


async def apart(
    database: Transactions, items: Iterable[Item], work: Callable[[WriteSession, Item], Awaitable[int]]
) -> int:
    """Do the work for each item in a transaction of its own, as `each` does."""

    async def act(item: Item) -> int:
        async with database.writing() as session:
            return await work(session, item)

    return await each(items, act)


async def walk(database: Transactions, step: Callable[[WriteSession, UUID], Awaitable[UUID | None]]) -> None:
    """Go through a table once, a part in each transaction: as a condition without an index has to be met.

    `step` does the next part after an id and returns the last id of it, or None at the end.
    """
    last: UUID | None = UUID(int=0)
    while last is not None:
        async with database.writing() as session:
            last = await step(session, last)


def end_if_told(error: Exception) -> None:
    """Break off if we were told to: a query in whose middle that comes makes an error of its own of it."""
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError from error


def _state(error: BaseException) -> str:
    if isinstance(error, DBAPIError):
        # A connection that broke while in use has no code of its own.
        return getattr(error.orig, "sqlstate", None) or ("08000" if error.connection_invalidated else "08")
    return ""
