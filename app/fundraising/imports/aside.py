"""Aside: work in a thread that is over before its caller goes on, also when the caller is told to stop."""

import asyncio
import contextlib
from collections.abc import Callable
from typing import TypeVar

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
