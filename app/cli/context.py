"""Context: how a command reaches its settings and its database, and how it says what is missing."""

import asyncio
import signal
import threading
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine, Generator
from contextlib import asynccontextmanager, contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import psycopg
import typer
from procrastinate.exceptions import ConnectorException
from pydantic import ValidationError
from sqlalchemy.exc import ArgumentError, DBAPIError

from app.kit.database import Database
from app.kit.errors import Refusal
from app.kit.http.problems import AWAY
from app.settings import Settings

if TYPE_CHECKING:
    from rich.console import Console

Result = TypeVar("Result")

EXIT_AWAY, EXIT_LATER, EXIT_MISCONFIGURED = 69, 75, 78
"""EX_UNAVAILABLE, EX_TEMPFAIL and EX_CONFIG of sysexits.h."""

_UNKNOWN = frozenset({"42P01", "42703", "42883", "3F000"})
"""A table, column, function or schema that the database does not have: it is not migrated."""


@cache
def err() -> "Console":
    """Return the console on standard error."""
    # Here and not above: a service writes to its log.
    from rich.console import Console

    return Console(stderr=True)


def settings(*, signing: bool = False) -> Settings:
    """Return the settings of the environment; end the process with what is missing or wrong.

    Where the public log is signed, its key and its memory must be there.
    """
    try:
        found = Settings()
    except ValidationError as error:
        names = [str(fault["loc"][0]) for fault in error.errors(include_input=False)]
        fail(f"settings that can't be read: {', '.join(names)}", EXIT_MISCONFIGURED)
    if missing := found.missing(signing=signing):
        fail(f"not set: {', '.join(missing)} (docs/operations.md tells what each is)", EXIT_MISCONFIGURED)
    try:
        found.check_secrets()
    except ValueError as error:
        fail(str(error), EXIT_MISCONFIGURED)
    return found


def owner_url() -> str:
    """Return the database's address as the role that owns its tables; end the process if there is none."""
    found = Settings()
    url = found.migration_database_url or found.database_url
    if url is None:
        fail("not set: ZHENGXINLU_MIGRATION_DATABASE_URL (or DATABASE_URL)", EXIT_MISCONFIGURED)
    return url.get_secret_value()


@asynccontextmanager
async def database() -> AsyncGenerator[Database]:
    """Open the database for one command."""
    # Here and not above: it reads every table of every feature, and the demo starts its database meanwhile.
    from app.opening import open_database

    opened = open_database(settings())
    try:
        yield opened
    finally:
        await opened.close()


def run(work: Callable[[Database], Awaitable[Result]]) -> Result:
    """Do a command's work with an open database; a refusal ends the process with its words.

    Ctrl-C ends it in order.
    """

    async def inside() -> Result:
        _heed_once()
        async with database() as opened:
            return await work(opened)

    return finish(inside())


def finish(
    work: Coroutine[Any, Any, Result], loop: Callable[[], asyncio.AbstractEventLoop] | None = None
) -> Result:
    """Run a coroutine to its end; a refusal ends the process with its words instead of a stack trace."""
    with in_words():
        try:
            with asyncio.Runner(loop_factory=loop) as runner:
                return runner.run(work)
        except asyncio.CancelledError:
            raise KeyboardInterrupt from None


def _heed_once() -> None:
    # To end in order takes a moment: the second Ctrl-C of somebody in a hurry would strike in the middle of
    # it, wherever the program happens to be, and leave behind what it was about to clear away.
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    ignored = signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    if task is None or ignored or threading.current_thread() is not threading.main_thread():
        return

    def stop() -> None:
        loop.remove_signal_handler(signal.SIGINT)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        task.cancel()

    loop.add_signal_handler(signal.SIGINT, stop)


@contextmanager
def in_words() -> Generator[None]:
    """Have a refusal, or a database that is away or not migrated, end the process with words."""
    try:
        yield
    except Refusal as refusal:
        facts = ", ".join(f"{name}={value}" for name, value in refusal.facts.items())
        fail(f"{(type(refusal).__doc__ or '').strip()} {refusal.detail} {facts}".strip())
    except ArgumentError:
        # Its words would quote the address, and in it the password.
        fail("the database's address can't be read", EXIT_MISCONFIGURED)
    except (*AWAY, ConnectorException, psycopg.OperationalError) as error:
        cause = getattr(error, "orig", None) or error
        # The driver's first line tells which address did not answer; further ones may quote a statement.
        said = str(cause).strip().partition("\n")[0]
        if isinstance(cause, psycopg.errors.LockNotAvailable):
            fail(f"somebody holds for too long what this needs: {said}; run it again", EXIT_LATER)
        fail(f"the database can't be reached: {said}", EXIT_AWAY)
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) not in _UNKNOWN:
            raise
        fail(
            "the database is not what this program needs: run `zhengxinlu migrate` first", EXIT_MISCONFIGURED
        )


def fail(words: str, code: int = 1) -> NoReturn:
    """Say why the command can't go on, and end it."""
    err().print(words, style="bold red", highlight=False, markup=False)
    raise typer.Exit(code)
