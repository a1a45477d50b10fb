"""Verify: recompute every promise of the books on the live database."""

import os
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy import text

from app.cli import context, sandbox
from app.disclosure.publications import invariants as publications
from app.fundraising import invariants
from app.kit import embedded
from app.kit.database import Database
from app.ledger import verification
from app.ledger.verification import Check
from app.opening import open_database
from app.transparency import verification as log_verification
from app.webhooks import invariants as messages


def verify(
    demo: Annotated[Path | None, typer.Option(help="Check the demo's books in this folder instead.")] = None,
) -> None:
    """Recompute every invariant of the books, print what was examined, and name the first offender."""
    if demo is None:
        found = context.run(_checks)
    else:
        if not os.path.exists(demo / sandbox.NOTE):  # noqa: PTH110 - false, too, where one may not look
            # A server started there would make what it was to check.
            context.fail(f"no demo in {demo}")
        with context.in_words(), embedded.start(demo) as server:
            found = context.finish(_checks(open_database(sandbox.remembered(server))))
    Console().print(report(found))
    broken = [check for check in found if check.offender is not None]
    for check in broken:
        # Once more, each on a line that nothing breaks: whoever reads the log of a night's run looks for it.
        context.err().print(f"{check.name}: {check.offender}", style="bold red", markup=False, soft_wrap=True)
    if broken:
        raise typer.Exit(1)


async def _checks(database: Database) -> list[Check]:
    async with database.reading() as session:
        # Everything is recomputed here, however long the books have become.
        await session.execute(text("set local statement_timeout = 0"))
        more = (*invariants.CHECKS, *messages.CHECKS, *publications.CHECKS, *log_verification.CHECKS)
        return [check async for check in verification.checks(session, more)]


def report(found: list[Check]) -> Table:
    """Return the checks as a table."""
    table = Table(title="征信录 · verify", title_justify="left")
    table.add_column("检查项 · check", overflow="fold")
    table.add_column("已核 · examined", justify="right")
    table.add_column("结果 · result", overflow="fold")
    for check in found:
        result = "[green]✓[/green]" if check.offender is None else f"[bold red]✗ {check.offender}[/bold red]"
        table.add_row(f"{check.title_zh}\n[dim]{check.title}[/dim]", f"{check.examined:,}", result)
    return table
