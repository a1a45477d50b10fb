"""Log: the public log's keys, its signature, and its check from outside."""

import urllib.request
from pathlib import Path
from typing import Annotated

import typer

from app.cli import context
from app.kit.database import Database
from app.opening import office
from app.transparency import heads, keyring, publishing, signer, strangers
from app.transparency.notes import NoteWrong
from app.transparency.signer import Office

app = typer.Typer(help="The public log: its keys, signature, and check from outside.", no_args_is_help=True)

FETCH_SECONDS_MAX = 30


def _office() -> Office:
    found = office(context.settings(signing=True))
    assert found is not None  # noqa: S101 - settings without one have ended the process
    return found


@app.command()
def init(
    succeed: Annotated[
        bool, typer.Option("--succeed", help="Go on under the new origin after history was lost.")
    ] = False,
    rotate: Annotated[
        bool, typer.Option("--rotate", help="Add a key that signs beside the present.")
    ] = False,
    retire: Annotated[bool, typer.Option("--retire", help="Take the oldest key out of use.")] = False,
) -> None:
    """Make what is missing to sign the log: a key and a memory, each readable by this user alone."""
    ours = _office()

    async def make(database: Database) -> None:
        await signer.open_office(database, ours, succeed=succeed)

    context.run(make)
    if rotate:
        keyring.add(ours.key_file, ours.origin)
    if retire:
        keyring.retire(ours.key_file, ours.origin)
    _print_keys(ours)


@app.command()
def vkey() -> None:
    """Print the public halves of the keys that sign: what others verify with."""
    _print_keys(_office())


def _print_keys(ours: Office) -> None:
    for key in keyring.read(ours.key_file, ours.origin):
        print(key.verifier)


@app.command()
def sign() -> None:
    """Seal what is new, sign the log's head and print its checkpoint, as the worker does every second."""
    ours = _office()

    async def once(database: Database) -> str:
        await publishing.seal(database, ours.origin)
        await signer.sign(database, ours)
        async with database.reading() as session:
            return (await heads.latest(session)).note

    print(context.run(once), end="")


@app.command()
def verify(
    address: Annotated[str, typer.Argument(help="Where the log is served: https://.../v1/log")],
    vkey: Annotated[
        list[str] | None, typer.Option(help="A key that you trust; else the one that the log itself names.")
    ] = None,
    remember: Annotated[
        Path | None,
        typer.Option(help="A checkpoint kept before; the log must continue it. Then the new one."),
    ] = None,
) -> None:
    """Check a log as a stranger: signature, entries, tiles, root, and that nothing before was changed."""
    fetch = _fetching(address)
    try:
        keys = strangers.read_keys("\n".join(vkey) if vkey else fetch("vkey").decode())
        before = remember.read_text() if remember and remember.exists() else None
        verdict = strangers.verify(fetch, keys, before)
    except (strangers.LogWrong, NoteWrong) as fault:
        context.fail(f"{address}: {fault}")
    except OSError as error:
        context.fail(f"{address} can't be read: {error}")
    if not vkey:
        context.err().print("No --vkey was given: the log's own word was taken for its key.", style="yellow")
    if remember:
        remember.write_text(verdict.note)
    print(
        f"{verdict.checkpoint.origin}: {verdict.entry_count} entries and {verdict.tile_count} tiles verified"
    )
    if verdict.continues is not None:
        print(f"nothing of the first {verdict.continues} entries was changed since you looked last")


def _fetching(address: str) -> strangers.Fetch:
    if not address.startswith(("https://", "http://")):
        context.fail("a log's address begins with https://", 2)

    def fetch(path: str) -> bytes:
        where = f"{address.rstrip('/')}/{path}"
        with urllib.request.urlopen(where, timeout=FETCH_SECONDS_MAX) as answer:  # noqa: S310 - checked above
            return answer.read()

    return fetch
