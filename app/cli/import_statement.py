"""Import of a bank's statement: its lines are taken in, and nothing is booked."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, cast

import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy import select

from app.accounting.bank import readings, statements
from app.accounting.bank.readings import Controls, Reading
from app.accounting.bank.statements import Gap, Taken
from app.accounting.errors import ChannelNotFound
from app.accounting.models import Channel, ChannelKind
from app.cli import context
from app.kit import vault
from app.kit.database import Database, ReadSession
from app.kit.errors import Refusal
from app.kit.money import read_yuan, yuan
from app.organizations import organizations


def bank_statement(
    file: Annotated[Path, typer.Argument(help="CSV (UTF-8, GB18030) or XLSX.", exists=True, dir_okay=False)],
    account: Annotated[str, typer.Option(help="The bank account's code.")],
    organization: Annotated[str | None, typer.Option(help="Its owner's code, if several have it.")] = None,
    where: Annotated[str | None, typer.Option(help="COLUMN=VALUE: only those lines of the file.")] = None,
    day: Annotated[str | None, typer.Option(help="The day of every line, if the file tells none.")] = None,
    opening: Annotated[str | None, typer.Option(help="The opening balance in yuan.")] = None,
    closing: Annotated[str | None, typer.Option(help="Stop unless it closes with so many yuan.")] = None,
    count: Annotated[int | None, typer.Option(help="Stop unless it has so many lines.")] = None,
) -> None:
    """Take in a bank's statement, each line once; the same file or line again has no effect."""
    column, equals, value = (where or "").partition("=")
    if where and not (column and equals):
        raise typer.BadParameter(f"{where!r} is not COLUMN=VALUE", param_hint="--where")
    try:
        controls = Controls(
            opening=None if opening is None else read_yuan(opening),
            closing=None if closing is None else read_yuan(closing),
            count=count,
            day=None if day is None else date.fromisoformat(day),
            where=(column, value) if where else None,
        )
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None

    async def work(database: Database) -> None:
        async with database.writing() as session:
            channel = await _channel(session, account, organization)
            reading = _read(file, controls, vault.of(session))
            taken = await statements.take_in(session, channel, reading, actor="cli")
            gaps = await statements.gaps(session, channel)
        _show(Console(), taken, gaps)

    context.run(work)


def _read(file: Path, controls: Controls, secrets: vault.Vault) -> Reading:
    try:
        return readings.read(file, controls, secrets)
    except Refusal as refusal:
        for error in cast("Iterable[Mapping[str, object]]", refusal.facts.get("errors", ())):
            context.err().print(f"{error['pointer']}: {error['detail']}", markup=False)
        raise


async def _channel(session: ReadSession, code: str, organization: str | None) -> Channel:
    query = select(Channel).where(Channel.code == code, Channel.kind == ChannelKind.bank)
    if organization:
        owner = await organizations.by_code(session, organization)
        query = query.where(Channel.organization_id == owner.id)
    found = (await session.scalars(query)).all()
    if len(found) > 1:
        context.fail(f"several organizations have an account {code!r}: name one with --organization")
    if not found:
        raise ChannelNotFound(channel=code)
    return found[0]


def _show(console: Console, taken: Taken, gaps: list[Gap]) -> None:
    one = taken.statement
    table = Table("对账单 · statement", "", title=f"{one.begins_on} – {one.ends_on}", title_justify="left")
    for title, words in (
        ("期初余额 · opening", yuan(one.opening_minor)),
        ("收入 · in", yuan(one.in_minor)),
        ("支出 · out", yuan(one.out_minor)),
        ("期末余额 · closing", yuan(one.closing_minor)),
        ("明细 · lines", f"{one.line_count:,}"),
        ("新增 · new", f"{taken.new_count:,}"),
        ("已有 · known", f"{one.line_count - taken.new_count:,}"),
    ):
        table.add_row(title, words)
    console.print(table)
    for gap in gaps:
        console.print(
            f"缺口 · gap: {gap.after_on} {yuan(gap.closing)} → {gap.before_on} {yuan(gap.opening)}",
            style="bold yellow",
        )
