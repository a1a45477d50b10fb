"""Verify: recompute every promise of the books on the live database."""

import typer
from rich.console import Console
from rich.table import Table

from app.cli import context
from app.fundraising import invariants
from app.kit.database import Database
from app.ledger import verification
from app.ledger.verification import Check


def verify() -> None:
    """Recompute every invariant of the books, print what was examined, and name the first offender."""
    found = context.run(_checks)
    Console().print(report(found))
    if any(check.offender is not None for check in found):
        raise typer.Exit(1)


async def _checks(database: Database) -> list[Check]:
    async with database.reading() as session:
        return [check async for check in verification.checks(session, invariants.CHECKS)]


def report(found: list[Check]) -> Table:
    """Return the checks as a table."""
    table = Table(title="征信录 · verify", title_justify="left")
    table.add_column("检查项 · check")
    table.add_column("已核 · examined", justify="right")
    table.add_column("结果 · result")
    for check in found:
        result = "[green]✓[/green]" if check.offender is None else f"[bold red]✗ {check.offender}[/bold red]"
        table.add_row(f"{check.title_zh}\n[dim]{check.title}[/dim]", f"{check.examined:,}", result)
    return table
