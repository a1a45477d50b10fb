"""Import of lists of goods: received or handed out, each row once and accounted for."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy import select

from app.cli import context
from app.fundraising.goods.errors import GoodsOfAnotherOrganization
from app.fundraising.goods.imports import readings, runs
from app.fundraising.goods.imports.runs import Report
from app.fundraising.models.goods import GoodsImportKind, GoodsRowOutcome, Warehouse
from app.kit.database import Database, ReadSession
from app.organizations import organizations

SHOWN_MAX = 20
_TITLES = {
    GoodsRowOutcome.recorded: "已登记 · recorded",
    GoodsRowOutcome.duplicate: "重复 · duplicate",
    GoodsRowOutcome.unmatched: "无对应库存 · unmatched",
    GoodsRowOutcome.faulty: "有误 · faulty",
    GoodsRowOutcome.heading: "表头 · heading",
}


def goods(
    file: Annotated[Path, typer.Argument(help="CSV (UTF-8, GB18030) or XLSX.", exists=True, dir_okay=False)],
    kind: Annotated[GoodsImportKind, typer.Option(help="What the list is of.")],
    organization: Annotated[str, typer.Option(help="The organization's code.")],
    warehouse: Annotated[str, typer.Option(help="The warehouse's code.")],
    day: Annotated[str, typer.Option(help="The day of every row: lists tell none.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell what would be.")] = False,
) -> None:
    """Take in a list of goods; the same list again has no effect."""
    try:
        on = date.fromisoformat(day)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--day") from None

    async def work(database: Database) -> None:
        async with database.writing() as session:
            place = await _warehouse(session, organization, warehouse)
            order = runs.Order(warehouse=place, kind=kind, on=on, actor="cli")
            reading = readings.read(file, kind, file_name=file.name)
            report = await runs.take_in(session, order, reading, dry_run=dry_run)
        _show(Console(), report)

    context.run(work)


async def _warehouse(session: ReadSession, organization: str, code: str) -> Warehouse:
    owner = await organizations.by_code(session, organization)
    query = select(Warehouse).where(Warehouse.organization_id == owner.id, Warehouse.code == code)
    found = await session.scalar(query)
    if found is None:
        raise GoodsOfAnotherOrganization(warehouse=code)
    return found


def _show(console: Console, report: Report) -> None:
    table = Table("行 · rows", f"{len(report.verdicts):,}")
    for outcome, title in _TITLES.items():
        table.add_row(title, f"{report.count(outcome):,}")
    console.print(table)
    waiting = [
        one for one in report.verdicts if one.outcome in (GoodsRowOutcome.unmatched, GoodsRowOutcome.faulty)
    ]
    for one in waiting[:SHOWN_MAX]:
        where = f"{one.line} {one.column or ''}".strip()
        console.print(f"{where}: {one.reason} {one.detail or (one.row and one.row.item) or ''}", markup=False)
    if len(waiting) > SHOWN_MAX:
        console.print(f"… {len(waiting) - SHOWN_MAX:,}")
