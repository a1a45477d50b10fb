"""Aside: work that is over before its caller goes on, also when the caller is told to stop."""

import asyncio
import contextlib
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

Result = TypeVar("Result")


def _silent() -> None:
    return


async def aside(work: Callable[[], Result], *, halt: Callable[[], None] = _silent) -> Result:
    """Do work in a thread; whoever is cancelled meanwhile tells it to halt, and waits until it has.

    What a thread reads must not be closed under it: SQLite ends the whole process for that.
    """
    running = asyncio.ensure_future(asyncio.to_thread(work))
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        halt()
        while not running.done():
            # Told once more, it waits all the same: the second Ctrl-C of somebody in a hurry.
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.wait({running})
        if not running.cancelled():
            running.exception()  # looked at: nobody waits for it any more
        raise


async def see_through(
    work: Coroutine[Any, Any, Result], then: Callable[[Result], None], *, seconds: float
) -> None:
    """Do work and hand on what comes of it, also if we are told to stop meanwhile.

    It then has so long to come to its end, and is broken off.
    """
    running = asyncio.ensure_future(work)
    try:
        await asyncio.shield(running)
    except asyncio.CancelledError:
        await asyncio.wait({running}, timeout=seconds)
        running.cancel()
        await asyncio.wait({running})
        raise
    finally:
        if running.done() and not running.cancelled():
            then(running.result())
