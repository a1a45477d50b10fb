"""Demo: the whole system on one machine, with a federation to look at and nothing to set up."""

import os
import socket
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
import uvloop

from app.cli import context, reading
from app.kit import embedded


def demo(
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to serve on; 0 picks a free one.")] = 8000,
    data: Annotated[Path | None, typer.Option(help="Folder for the data; kept between runs.")] = None,
    reset: Annotated[bool, typer.Option("--reset", help="Begin anew.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One line of JSON on standard output.")] = False,
) -> None:
    """Start an embedded PostgreSQL, load the demo federation, serve API, worker and page until Ctrl-C."""
    with _listening(port) as listener, _starting(data) as started:
        with reading():
            from app.cli import running
        with context.in_words():
            server = started()
        # The same loop as a service has in production: loading is a tenth faster on it, too.
        work = running.run(server, listener, reset=reset, as_json=as_json)
        context.finish(work, loop=uvloop.new_event_loop)


@contextmanager
def _starting(folder: Path | None) -> Generator[Callable[[], embedded.Server]]:
    # The database starts while the program is still being read, which takes the longest of all.
    with ThreadPoolExecutor(1, "embedded") as beside:
        starting = beside.submit(embedded.start, folder)
        try:
            yield starting.result
        finally:
            if starting.exception() is None:
                starting.result().stop()


def _listening(port: int) -> socket.socket:
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
    except OSError as error:
        context.fail(f"port {port} can't be used ({os.strerror(error.errno or 0)}): try --port 0")
    return listener
