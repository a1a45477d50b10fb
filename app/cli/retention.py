"""Retention: what was kept long enough, told or erased."""

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from app.cli import context
from app.disclosure.retention import rounds
from app.disclosure.retention.rounds import Standing
from app.kit.clock import today
from app.kit.database import Database

_COLUMNS = (
    "rule",
    "保存对象 · record",
    "依据 · mark",
    "期限 · kept",
    "到期 · due",
    "留存 · held",
    "已处理 · done",
)


def retention(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Tell what is due, and do nothing.")] = False,
) -> None:
    """Erase what was kept long enough, as the worker does every day; with --dry-run only tell of it."""
    if dry_run:
        _print(context.run(_look))
        return

    async def work(database: Database) -> int:
        return await rounds.run(database, today())

    context.err().print(f"{context.run(work)} records were erased, with the evidence of each", style="green")


async def _look(database: Database) -> list[Standing]:
    async with database.reading() as session:
        return await rounds.standings(session, today())


def _print(found: list[Standing]) -> None:
    table = Table(*_COLUMNS, title="保存期限 · retention", title_justify="left")
    for one in found:
        rule = one.rule
        kept = f"{rule.years}年" if rule.years else f"{rule.days}日" if rule.days else "长期"
        counts = (
            "" if count is None else str(count) for count in (one.due_count, one.held_count, one.done_count)
        )
        table.add_row(rule.id, rule.record_zh, rule.mark.value, kept, *counts)
    Console(width=160).print(table)
