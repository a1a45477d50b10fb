"""Import: gifts that come in a file."""

import inspect
from collections import defaultdict
from collections.abc import Awaitable, Callable, Generator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

from app.cli import context
from app.fundraising.imports import runs
from app.fundraising.imports.columns import HEADERS
from app.fundraising.imports.documents import Document
from app.fundraising.imports.fates import Fate, FateKind
from app.fundraising.imports.reports import Report
from app.fundraising.imports.runs import Order, OverlapRule
from app.kit.database import Database
from app.kit.money import read_yuan, yuan

EXCEPTIONS_SHOWN_MAX = 20
EXIT_NOT_CLEAN = 1
_WORDS = {
    FateKind.posted: "已入账 · posted",
    FateKind.suspense: "待认领 · suspense",
    FateKind.duplicate: "重复 · duplicate",
    FateKind.suspect: "疑似重复 · suspect",
    FateKind.rejected: "拒绝 · rejected",
    FateKind.ready: "未入账 · ready",
}

app = typer.Typer(help="Bring in what happened elsewhere, from files.", no_args_is_help=True)


@app.callback()
def _group() -> None: ...


@dataclass(frozen=True, kw_only=True)
class Options:
    """What may be said on the command line."""

    file: Annotated[Path, typer.Argument(help="CSV (UTF-8, GB18030) or XLSX.", exists=True, dir_okay=False)]
    campaign: Annotated[str, typer.Option(help="The campaign's code.")]
    channel: Annotated[str, typer.Option(help="Where the money landed: the channel's code or name.")]
    group_by: Annotated[str | None, typer.Option(help="A column each of whose values is a file.")] = None
    designation_column: Annotated[str | None, typer.Option(help="A column naming designations.")] = None
    expect_count: Annotated[int | None, typer.Option(help="Stop unless the file has so many rows.")] = None
    expect_total: Annotated[str | None, typer.Option(help="Stop unless they add up to so many yuan.")] = None
    overlap: Annotated[
        OverlapRule, typer.Option(help="What to do with rows equal to rows of another file.")
    ] = OverlapRule.stop
    columns: Annotated[
        list[str] | None, typer.Option(help=f"FIELD=HEADER, for a field of: {', '.join(HEADERS)}.")
    ] = None
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Tell what would happen; change nothing.")] = (
        False
    )
    report: Annotated[
        Path | None, typer.Option(help="Write the account of every row here, as JSON.", dir_okay=False)
    ] = None

    def order(self) -> Order:
        """Return what is asked for; typer.BadParameter if it can't be understood."""
        asked = dict(_pair(text) for text in self.columns or [])
        asked |= {"group": self.group_by} if self.group_by else {}
        asked |= {"designation": self.designation_column} if self.designation_column else {}
        return Order(
            path=self.file,
            campaign=self.campaign,
            channel=self.channel,
            actor="cli",
            headers=asked,
            overlap=self.overlap,
            expect_count=self.expect_count,
            expect_total=_fen(self.expect_total),
            dry_run=self.dry_run,
        )


def donations(**said: Any) -> None:  # noqa: ANN401 - the fields of Options
    """Import gifts from a file, each row once; the same file again has no effect.

    Ends with 1 if it was stopped or a row was rejected.
    """
    options = Options(**said)
    order = options.order()
    if options.report and options.report.exists() and options.report.samefile(options.file):
        raise typer.BadParameter("it is the file that is read", param_hint="--report")
    with _document(options.report) as document:
        if not context.run(_work(order, document)).clean:
            raise typer.Exit(EXIT_NOT_CLEAN)


@contextmanager
def _document(path: Path | None) -> Generator[Document | None]:
    # Before anything is booked: an account that can't be kept afterwards is none.
    with ExitStack() as stack:
        try:
            document = stack.enter_context(Document(path)) if path else None
        except OSError as error:
            raise typer.BadParameter(f"{path}: {error.strerror}", param_hint="--report") from None
        yield document


# Typer reads a command's options from the signature of its function: here they are the fields of Options.
vars(donations)["__signature__"] = inspect.signature(Options)
donations.__annotations__ = Options.__annotations__
app.command("donations")(donations)


def _pair(text: str) -> tuple[str, str]:
    field, equals, header = text.partition("=")
    if not (equals and field and header):
        raise typer.BadParameter(f"{text!r} is not FIELD=HEADER", param_hint="--columns")
    return field.strip(), header


def _fen(text: str | None) -> int | None:
    try:
        return None if text is None else read_yuan(text)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--expect-total") from None


def _work(order: Order, document: Document | None) -> Callable[[Database], Awaitable[Report]]:
    async def work(database: Database) -> Report:
        console, exceptions = Console(), Exceptions()
        with _bar() as bar:
            tasks: dict[str, TaskID] = {}
            seen: defaultdict[str, int] = defaultdict(int)

            def watch(phase: str, count: int) -> None:
                # How many rows there are is known when the first reading is over.
                whole = None if phase == "reading" else seen["reading"]
                if phase not in tasks:
                    tasks[phase] = bar.add_task(phase, total=whole)
                seen[phase] += count
                bar.advance(tasks[phase], count)

            def tell(fate: Fate) -> None:
                exceptions.note(fate)
                if document:
                    document.tell(fate)

            found = await runs.carry_out(database, order, tell=tell, watch=watch)
            if document:
                heading = {"source": order.path.name, "campaign": order.campaign, "channel": order.channel}
                document.finish(found, {**heading, "overlap": order.overlap})
        show(console, found, exceptions)
        return found

    return work


def _bar() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=context.err(),
        transient=True,
    )


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


def show(console: Console, report: Report, exceptions: Exceptions) -> None:
    """Print the account: each file of its own, every fate with its sum, and the rows to look at."""
    console.print(_files(report))
    console.print(_fates(report))
    if exceptions.first:
        console.print(_exceptions(exceptions))
    if exceptions.more_count:
        console.print(f"… and {exceptions.more_count:,} more rows to look at: --report FILE.json lists all")
    if report.dry_run:
        console.print("dry run: nothing was changed", style="bold")
    for stop in report.stops:
        console.print(f"stopped: {stop.detail}", style="bold red", markup=False)


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
    return table


def _exceptions(exceptions: Exceptions) -> Table:
    table = Table("行号 · line", "结果 · outcome", "列 · column", "原因 · reason")
    for fate in exceptions.first:
        table.add_row(str(fate.line), _WORDS[fate.kind], escape(fate.column or ""), escape(fate.reason or ""))
    return table
