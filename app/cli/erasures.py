"""Erasures: a giver erased on request, and the list of the erased that survives a restore."""

from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from app.cli import context
from app.kit.database import Database
from app.webhooks import erasures

app = typer.Typer(help="People erased on request, also after a restore.", no_args_is_help=True)
ListFile = Annotated[Path, typer.Argument(help="A file outside of every backup of the database.")]


@app.command("erase")
def erase(
    lookup_code: Annotated[str, typer.Argument(help="Of any gift of theirs.")],
    list_file: Annotated[Path, typer.Option("--list", help="The list of the erased, brought up to date.")],
) -> None:
    """Erase the giver of a gift: their key, and everything that it seals. It can't be taken back."""

    async def work(database: Database) -> None:
        async with database.writing() as session:
            await erasures.erase(session, await erasures.giver_of(session, lookup_code))

    context.run(work)
    write(list_file)


@app.command("list")
def write(list_file: ListFile) -> None:
    """Write who was erased and when into a file, one a line."""

    async def work(database: Database) -> int:
        async with database.reading() as session:
            known = await erasures.known(session)
        list_file.write_text("".join(f"{person},{moment.isoformat()}\n" for person, moment in known))
        return len(known)

    context.err().print(f"{context.run(work)} erased are listed in {list_file}", style="green", markup=False)


@app.command("replay")
def replay(list_file: ListFile) -> None:
    """Erase again everybody on the list whom a restore brought back. Run it before the service starts."""
    people = [UUID(line.partition(",")[0]) for line in list_file.read_text().splitlines() if line]

    async def work(database: Database) -> int:
        async with database.writing() as session:
            return await erasures.replay(session, people)

    context.err().print(f"{context.run(work)} of {len(people)} were back and are erased", style="green")
