"""Work: the background jobs, in a process of their own."""

import asyncio
import signal
from typing import Annotated

import typer

from app.cli import context
from app.kit import logs
from app.worker import run


def work(
    sign: Annotated[bool, typer.Option(help="Seal and sign the public log; one machine has its key.")] = True,
) -> None:
    """Run background jobs until stopped; what has begun is finished first."""
    settings = context.settings(signing=sign)
    if not sign:
        settings = settings.model_copy(update={"log_key_file": None})
    logs.configure()

    async def inside() -> None:
        task = asyncio.ensure_future(run(settings))
        loop = asyncio.get_running_loop()
        for name in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(name, task.cancel)
        await asyncio.wait({task})
        if not task.cancelled() and (error := task.exception()):
            raise error

    context.finish(inside())
