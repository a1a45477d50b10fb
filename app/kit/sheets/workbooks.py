"""Workbooks: XLSX files written row by row, so that their length costs no memory."""

import re
import tempfile
from collections.abc import AsyncGenerator, AsyncIterable, Generator, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import IO, Any

from app.kit.sheets.cells import FORMATS, Column, Kind, Strong, clean, looks_like_formula, told, width_of

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ROWS_MAX = 1_048_576
"""The lines of one sheet, in every spreadsheet program; the header and the titles count."""

CHUNK_BYTES = 1 << 16
# A fixed date: the same rows make the same file.
_MADE_AT = datetime(1980, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_FORBIDDEN_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")

Cells = Sequence[object] | Strong


class SheetFullError(OverflowError):
    """More rows than a sheet can hold: whoever writes so many has to divide them."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table to write: titles above the header, then the rows, each as wide as the columns."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Cells] | AsyncIterable[Cells] = ()
    titles: Sequence[str] = field(default=())


def write(sheets: Sequence[Sheet]) -> bytes:
    """Return a whole workbook: for what is known to be small."""
    return b"".join(stream(sheets))


def stream(sheets: Sequence[Sheet]) -> Generator[bytes]:
    """Yield a workbook in pieces; equal sheets give equal bytes."""
    with tempfile.TemporaryFile() as file:
        with closing(_Book(file)) as book:
            for name, sheet in zip(names_of(sheets), sheets, strict=True):
                assert isinstance(sheet.rows, Iterable)  # noqa: S101 - astream() is for the others
                table = book.begin(name, sheet)
                for row in sheet.rows:
                    table.add(row)
        yield from _pieces(file)


async def astream(sheets: Sequence[Sheet]) -> AsyncGenerator[bytes]:
    """Yield a workbook in pieces once the last of its rows has been fetched."""
    with tempfile.TemporaryFile() as file:
        with closing(_Book(file)) as book:
            for name, sheet in zip(names_of(sheets), sheets, strict=True):
                table = book.begin(name, sheet)
                async for row in _rows(sheet):
                    table.add(row)
        for piece in _pieces(file):
            yield piece


async def _rows(sheet: Sheet) -> AsyncGenerator[Cells]:
    if isinstance(sheet.rows, AsyncIterable):
        async for row in sheet.rows:
            yield row
    else:
        for row in sheet.rows:
            yield row


def _pieces(file: IO[bytes]) -> Generator[bytes]:
    file.seek(0)
    while piece := file.read(CHUNK_BYTES):
        yield piece


class _Book:
    """A workbook being written, with the formats that all its sheets share."""

    def __init__(self, file: IO[bytes]) -> None:
        # Here and not above: most processes never write a workbook.
        from xlsxwriter import Workbook  # pyright: ignore[reportMissingTypeStubs]

        self._book: Any = Workbook(file, _OPTIONS)
        self._book.set_properties({"created": _MADE_AT})
        make = self._book.add_format
        self.title = make({"bold": True, "font_size": 14})
        self.header = make({"bold": True, "bg_color": "#E8EEF4", "num_format": "@"})
        self.quoted = make({"num_format": "@", "quote_prefix": True})
        self.plain = {kind: make({"num_format": shape}) for kind, shape in FORMATS.items()}
        self.bold = {kind: make({"num_format": shape, "bold": True}) for kind, shape in FORMATS.items()}

    def begin(self, name: str, sheet: Sheet) -> "_Table":
        """Add a sheet; in constant memory the one before it is finished by that."""
        return _Table(self, self._book.add_worksheet(name), sheet)

    def close(self) -> None:
        """Finish the file, also one that nobody will read: its temporary files go with it."""
        self._book.close()


class _Table:
    """One sheet: its head is there, its rows come one by one."""

    def __init__(self, book: _Book, paper: Any, sheet: Sheet) -> None:  # noqa: ANN401 - the library's, untyped
        self._book, self._paper, self._line = book, paper, 0
        self._kinds = [column.kind for column in sheet.columns]
        for at, column in enumerate(sheet.columns):
            paper.set_column(at, at, width_of(column))
        paper.freeze_panes(len(sheet.titles) + 1, 0)
        for title in sheet.titles:
            paper.write_string(self._next(), 0, clean(title), book.title)
        line = self._next()
        for at, column in enumerate(sheet.columns):
            paper.write_string(line, at, clean(column.title), book.header)

    def add(self, row: Cells) -> None:
        """Write the next row."""
        bold = isinstance(row, Strong)
        cells = row.cells if isinstance(row, Strong) else row
        line = self._next()
        for at, (value, kind) in enumerate(zip(cells, self._kinds, strict=True)):
            self._put(line, at, value, kind, bold=bold)

    def _put(self, line: int, at: int, value: object, kind: Kind, *, bold: bool) -> None:
        formats = self._book.bold if bold else self._book.plain
        match told(value, kind):
            case None:
                pass
            case str() as text:
                quoted = looks_like_formula(text) and not bold
                self._paper.write_string(line, at, text, self._book.quoted if quoted else formats[Kind.text])
            case (int() | Decimal()) as number:
                self._paper.write_number(line, at, number, formats[kind])
            case date() as moment:
                self._paper.write_datetime(line, at, moment, formats[kind])

    def _next(self) -> int:
        if self._line >= ROWS_MAX:
            raise SheetFullError(ROWS_MAX)
        self._line += 1
        return self._line - 1


def names_of(sheets: Sequence[Sheet]) -> list[str]:
    """Return the sheets' names as spreadsheet programs accept them: at most 31 characters, each once."""
    names: list[str] = []
    for sheet in sheets:
        plain = _FORBIDDEN_IN_NAMES.sub("_", sheet.name).strip("'")[:31] or "Sheet"
        name, again = plain, 2
        while name.casefold() in {taken.casefold() for taken in names}:
            name, again = f"{plain[:26]} ({again})", again + 1
        names.append(name)
    return names
