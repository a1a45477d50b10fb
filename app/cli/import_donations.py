"""Import: gifts that come in a file."""

import inspect
from collections import defaultdict
from collections.abc import Awaitable, Callable, Generator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from app.cli import context, import_report
from app.fundraising.imports import runs
from app.fundraising.imports.columns import HEADERS
from app.fundraising.imports.documents import Document
from app.fundraising.imports.fates import Fate, Watch
from app.fundraising.imports.reports import Report
from app.fundraising.imports.runs import Order, OverlapRule
from app.kit.database import Database
from app.kit.errors import Refusal
from app.kit.money import read_yuan

EXIT_NOT_CLEAN, EXIT_UNKEPT = 1, 74
"""The other is EX_IOERR of sysexits.h: the rows were dealt with, and their account could not be written."""

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
        Path | None,
        typer.Option(
            help="Where the account of every row is written as JSON; otherwise it is FILE's name with"
            " .report.json, in the current folder, numbered where that is taken.",
            dir_okay=False,
        ),
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

    Accounts for every row in a table and a JSON file. Ends with 1 if it was stopped or a row was rejected,
    with 74 if the JSON file could not be written: what is booked stays booked.
    """
    options = Options(**said)
    order = options.order()
    if options.report and options.report.exists() and options.report.samefile(options.file):
        raise typer.BadParameter("it is the file that is read", param_hint="--report")
    with _document(options) as document:
        if not context.run(_work(order, document)).clean:
            raise typer.Exit(EXIT_NOT_CLEAN)


@contextmanager
def _document(options: Options) -> Generator[Document]:
    # Before anything is booked: an account that can't be kept afterwards is none.
    path = options.report or Path(f"{options.file.stem}.report.json")
    with ExitStack() as stack:
        try:
            document = stack.enter_context(Document(path, numbered=options.report is None))
        except OSError as error:
            words = f"{path.absolute()}: {error.strerror}; name a place where the report can be written"
            raise typer.BadParameter(words, param_hint="--report") from None
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


def _work(order: Order, document: Document) -> Callable[[Database], Awaitable[Report]]:
    async def work(database: Database) -> Report:
        report, exceptions = Report(dry_run=order.dry_run), import_report.Exceptions()

        def tell(fate: Fate) -> None:
            exceptions.note(fate)
            document.tell(fate)

        try:
            with _bar() as bar:
                watch = _watch(bar)
                await runs.carry_out(database, order, tell=tell, watch=watch, report=report)
        except Refusal:
            # One that came while rows were read stands in the account.
            if not report.stops:
                raise
        finally:
            if report.stops or report.complete:
                heading = {"source": order.path.name, "campaign": order.campaign, "channel": order.channel}
                _account(document, report, exceptions, {**heading, "overlap": order.overlap})
        return report

    return work


def _account(
    document: Document,
    report: Report,
    exceptions: import_report.Exceptions,
    heading: Mapping[str, object],
) -> None:
    try:
        kept = document.finish(report, heading)
    except OSError as error:
        import_report.show(Console(), report, exceptions, None)
        context.fail(import_report.unkept(report, document.path, error), EXIT_UNKEPT)
    import_report.show(Console(), report, exceptions, kept)


def _watch(bar: Progress) -> Watch:
    tasks: dict[str, TaskID] = {}
    seen: defaultdict[str, int] = defaultdict(int)

    def watch(phase: str, count: int) -> None:
        # How many rows there are is known when the first reading is over.
        whole = None if phase == "reading" else seen["reading"]
        if phase not in tasks:
            tasks[phase] = bar.add_task(phase, total=whole)
        seen[phase] += count
        bar.advance(tasks[phase], count)

    return watch


def _bar() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=context.err(),
        transient=True,
    )
