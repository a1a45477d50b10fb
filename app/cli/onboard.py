"""Onboard: an association goes live from a workbook."""

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from app.accounting.books import charts
from app.cli import context
from app.kit.database import Database
from app.kit.money import yuan
from app.kit.sheets import forms as workbook_forms
from app.kit.sheets.faults import WorkbookFaulty
from app.onboarding import forms, going_live, workbooks
from app.onboarding.orders import Order
from app.organizations import organizations

EXIT_FAULTY = 1
out = Console()

_WORDS = {
    "funds": "基金 · funds",
    "itemised": "捐赠明细 · gifts itemised",
    "accounts": "资金账户 · accounts",
    "people": "人员 · people",
    "campaigns": "募捐活动 · campaigns",
    "entries": "分录 · entries",
}


def onboard(
    file: Annotated[Path, typer.Argument(help="The template, filled in (XLSX).", dir_okay=False)],
    organization: Annotated[
        str | None, typer.Option(help="Code of the organization; else the workbook says it.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only try; keep nothing.")] = False,
    template: Annotated[bool, typer.Option("--template", help="Write an empty template to FILE.")] = False,
) -> None:
    """Take an association's workbook over, whole or not at all; the same file again does nothing.

    Ends with 1 if anything in it is wrong: every fault is told with its sheet, line and column, in both
    languages, and nothing is kept.
    """
    if template:
        file.write_bytes(workbook_forms.template(forms.FORMS, "zh", notes=forms.NOTES))
        out.print(f"{file}", highlight=False)
        return
    report = context.run(lambda database: _take(database, file, organization, dry_run=dry_run))
    _show(report, dry_run=dry_run)


async def _take(database: Database, file: Path, code: str | None, *, dry_run: bool) -> dict[str, Any]:
    try:
        named = code or workbooks.organization_of(file)
        if named is None:
            raise typer.BadParameter("which organization goes live?", param_hint="--organization")
        async with database.writing() as session:
            at = await organizations.by_code(session, named)
            chart = await charts.in_force(session, at, at.books_from)
            order = Order(organization=at, live_on=at.books_from, chart=chart, actor="command:onboard")
            return await going_live.take(session, order, file, dry_run=dry_run)
    except WorkbookFaulty as refusal:
        _show_faults(refusal)
        raise typer.Exit(EXIT_FAULTY) from None


def _show_faults(refusal: WorkbookFaulty) -> None:
    table = Table(title="未导入 · nothing was taken over", title_justify="left")
    for title in ("位置 · place", "代码 · code", "说明 · what is wrong"):
        table.add_column(title)
    errors: Any = refusal.facts["errors"]
    for one in errors:
        words = "\n".join(word for word in (one.get("detail_zh"), one["detail"]) if word)
        table.add_row(escape(one["pointer"]), one["code"], escape(words))
    out.print(table)
    if refusal.facts["fault_count"] != len(errors):
        out.print(f"共 {refusal.facts['fault_count']} 处 · {refusal.facts['fault_count']} in all")


def _show(report: dict[str, Any], *, dry_run: bool) -> None:
    title = "已导入过，未重复处理 · taken before" if report["already"] else "已上线 · live"
    title = "试运行，未保存 · tried, nothing kept" if dry_run and not report["already"] else title
    table = Table(title=f"{report['organization']} {report['live_on']} · {title}", title_justify="left")
    table.add_column("项目 · what")
    table.add_column("数量 · count", justify="right")
    for key, words in _WORDS.items():
        table.add_row(words, f"{report.get(key, 0):,}")
    table.add_row("未使用余额 · unspent (yuan)", yuan(report["unspent_minor"]))
    out.print(table)
