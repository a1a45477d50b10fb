"""Group commit: requests that arrive together share one transaction, and each is answered after it."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from contextvars import Context
from typing import Generic, TypeVar

import structlog

from app.kit.errors import Unavailable

Item = TypeVar("Item")
Answer = TypeVar("Answer")


BUSY = 8
"""From a batch of so many on, the next one is given time to gather; whoever comes alone never waits."""

GATHERING_SECONDS = 0.001
GATHERING_TIMES_MAX = 10

RETRY_AFTER_SECONDS = 2

log = structlog.get_logger(__name__)


class QueueFull(Unavailable):
    """More is waiting than can be answered soon; send it again in a moment."""

    title_zh = "等待处理的请求过多，请稍后重试"


class Closing(Unavailable):
    """The service is shutting down; send it again in a moment."""

    title_zh = "服务正在关闭，请稍后重试"


class GroupCommit(Generic[Item, Answer]):
    """A queue in front of one transaction at a time: while one batch commits, the next one collects.

    `commit` answers the items of a batch in their order; an exception in an item's place is raised to that
    item's sender alone, an exception that it raises to every sender of the batch.

    A batch that takes longer than `seconds_max` goes on, but nobody waits for it any more: its senders, those
    who wait behind it and those who come meanwhile hear that we are unavailable. What waited behind it is
    dropped. What is in it may still be committed, so whoever comes again may find that done already.
    """

    def __init__(
        self,
        commit: Callable[[Sequence[Item]], Awaitable[Sequence[Answer | BaseException]]],
        *,
        batch_max: int,
        queue_max: int,
        seconds_max: float,
    ) -> None:
        self._commit = commit
        self._batch_max = batch_max
        self._queue_max = queue_max
        self._seconds_max = seconds_max
        self._queue: deque[tuple[Item, asyncio.Future[Answer]]] = deque()
        self._committing: asyncio.Task[None] | None = None
        self._closing = False
        self._full = 0
        self._gathered = asyncio.Event()
        self._overdue = asyncio.Event()

    @property
    def waiting(self) -> int:
        """How many items wait for a batch to begin."""
        return len(self._queue)

    async def submit(self, item: Item) -> Answer:
        """Return the item's answer after the batch that holds it has committed.

        An item is committed also when its sender does not stay to hear of it.
        """
        if self._closing:
            raise Closing(retry_after_seconds=5)
        if self._overdue.is_set():
            raise _unavailable()
        if len(self._queue) >= self._queue_max:
            raise QueueFull(retry_after_seconds=1)
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._queue.append((item, answer))
        if len(self._queue) == self._full:
            self._gathered.set()
        if self._committing is None:
            # A context of its own: a batch must not log under the request id of whoever came first.
            self._committing = asyncio.create_task(self._commit_all(), context=Context())
        return await answer

    async def close(self) -> None:
        """Answer everything that was accepted; refuse what comes after."""
        self._closing = True
        if self._committing is not None:
            # Behind an overdue batch nobody is left to be answered.
            overdue = asyncio.create_task(self._overdue.wait())
            await asyncio.wait({self._committing, overdue}, return_when=asyncio.FIRST_COMPLETED)
            overdue.cancel()

    async def _commit_all(self) -> None:
        try:
            while self._queue:
                size = min(self._batch_max, len(self._queue))
                await self._commit_batch([self._queue.popleft() for _ in range(size)])
                if size >= BUSY:
                    await self._gather(size)
        finally:
            # Only a cancelled loop leaves something behind; its senders must not wait for ever.
            for _, answer in self._queue:
                _settle(answer, Closing(retry_after_seconds=5))
            self._queue.clear()
            self._committing = None

    async def _gather(self, answered: int) -> None:
        # Those just answered come again at once. One transaction for all of them costs less than two for
        # halves that take turns: half of what a small batch costs does not depend on its size.
        self._gathered.clear()
        self._full, seen = min(answered, self._batch_max), -1
        for _ in range(GATHERING_TIMES_MAX):
            if not seen < len(self._queue) < self._full:
                break
            seen = len(self._queue)
            with suppress(TimeoutError):
                async with asyncio.timeout(GATHERING_SECONDS):
                    await self._gathered.wait()

    async def _commit_batch(self, batch: Sequence[tuple[Item, asyncio.Future[Answer]]]) -> None:
        answers: Sequence[Answer | BaseException] = [Closing(retry_after_seconds=5)] * len(batch)
        # One timer per batch and not one per item: this is the hot path.
        timer = asyncio.get_running_loop().call_later(self._seconds_max, self._give_up, batch)
        try:
            committed = await self._commit([item for item, _ in batch])
            if len(committed) != len(batch):
                raise RuntimeError("a batch was not answered item by item")  # noqa: TRY301 - to all
            answers = committed
        except Exception as error:  # noqa: BLE001 - it is raised again, to every sender
            answers = [error] * len(batch)
        finally:
            timer.cancel()
            self._overdue.clear()
            for (_, answer), outcome in zip(batch, answers, strict=True):
                _settle(answer, outcome)

    def _give_up(self, batch: Sequence[tuple[Item, asyncio.Future[Answer]]]) -> None:
        log.warning("commit_overdue", items=len(batch), waiting=len(self._queue))
        self._overdue.set()
        for _, answer in (*batch, *self._queue):
            _settle(answer, _unavailable())
        self._queue.clear()


def _unavailable() -> Unavailable:
    return Unavailable(retry_after_seconds=RETRY_AFTER_SECONDS)


def _settle(answer: asyncio.Future[Answer], outcome: Answer | BaseException) -> None:
    if answer.done():  # its sender has gone, or was told not to wait
        return
    if isinstance(outcome, BaseException):
        answer.set_exception(outcome)
    else:
        answer.set_result(outcome)
