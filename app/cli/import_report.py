"""Report of an import: the account of a file of gifts, as the console shows it."""

from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from app.fundraising.imports.fates import Fate, FateKind
from app.fundraising.imports.reports import Report
from app.kit.money import yuan

EXCEPTIONS_SHOWN_MAX = 20
_WORDS = {
    FateKind.posted: "已入账 · posted",
    FateKind.suspense: "待认领 · suspense",
    FateKind.duplicate: "重复 · duplicate",
    FateKind.suspect: "疑似重复 · suspect",
    FateKind.rejected: "拒绝 · rejected",
    FateKind.ready: "未入账 · ready",
}


class Exceptions:
    """The first rows that were rejected, waiting or suspected, and how many more there are."""

    def __init__(self) -> None:
        self.first: list[Fate] = []
        self.more_count = 0

    def note(self, fate: Fate) -> None:
        """Keep a row if it is one of the first that need somebody to look at."""
        if fate.kind in {FateKind.rejected, FateKind.suspense, FateKind.suspect}:
            if len(self.first) < EXCEPTIONS_SHOWN_MAX:
                self.first.append(fate)
            else:
                self.more_count += 1


def show(console: Console, report: Report, exceptions: Exceptions, kept: Path | None) -> None:
    """Print the account: each file of its own, every fate with its sum, the rows to look at.

    `kept` is the file that lists every row, None if it could not be written.
    """
    console.print(_files(report))
    console.print(_fates(report))
    if exceptions.first:
        console.print(_exceptions(exceptions))
    if exceptions.more_count:
        console.print(f"… and {exceptions.more_count:,} more rows to look at")
    if report.dry_run:
        console.print("dry run: nothing was changed", style="bold")
    for stop in report.stops:
        console.print(f"stopped: {stop.detail}", style="bold red", markup=False)
    if kept:
        console.print(
            f"逐行结果 · every row: {kept.absolute()}", markup=False, highlight=False, soft_wrap=True
        )


def unkept(report: Report, path: Path, error: OSError) -> str:
    """Return the words for an account whose file could not be written: what is booked stays booked."""
    booked = report.total(FateKind.posted), report.total(FateKind.suspense)
    count, amount = sum(one.row_count for one in booked), sum(one.amount for one in booked)
    return (
        f"未能写入逐行结果；本次已入账 {count:,} 笔、{yuan(amount)} 元，重新导入不会重复入账"
        f" · the account could not be written: {path.absolute()}: {error.strerror}. The gifts are booked:"
        f" {count:,} by this run, {yuan(amount)} yuan. Make room or name another place by --report and run it"
        " again: nothing is booked twice, and every row is told."
    )


def _files(report: Report) -> Table:
    table = Table("文件 · file", title="导入 · import", title_justify="left")
    for name in ("行 · rows", "元 · yuan"):
        table.add_column(name, justify="right")
    table.add_column("说明 · notes")
    for part in report.parts:
        same = report.repeats(part)
        notes = [f"repeats {same}"] if same else []
        notes += [
            f"{one.row_count:,} rows, {yuan(one.amount)} yuan, equal to rows of {one.with_name}"
            f" ({one.with_row_count:,} rows)"
            for one in part.overlaps
        ]
        # What a file says is text, whatever brackets it has.
        table.add_row(escape(part.name), f"{part.row_count:,}", yuan(part.amount), escape("\n".join(notes)))
    table.add_section()
    table.add_row("合计 · total", f"{report.row_count:,}", yuan(report.amount), "")
    return table


def _fates(report: Report) -> Table:
    table = Table("结果 · outcome")
    for name in ("行 · rows", "元 · yuan"):
        table.add_column(name, justify="right")
    for kind, words in _WORDS.items():
        tally = report.total(kind)
        table.add_row(words, f"{tally.row_count:,}", yuan(tally.amount))
    if report.untold.row_count:
        table.add_row("未处理 · not reached", f"{report.untold.row_count:,}", yuan(report.untold.amount))
    return table


def _exceptions(exceptions: Exceptions) -> Table:
    table = Table("行号 · line", "结果 · outcome", "列 · column", "原因 · reason")
    for fate in exceptions.first:
        table.add_row(str(fate.line), _WORDS[fate.kind], escape(fate.column or ""), escape(fate.reason or ""))
    return table
