"""Workbooks: XLSX files written as a stream, one row at a time in memory."""

import io
import re
from collections.abc import AsyncGenerator, AsyncIterable, Generator, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from app.kit.sheets import parts
from app.kit.sheets.cells import Column, Strong, Style, cell, text, width_of

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ROWS_MAX = 1_048_576
"""The lines of one sheet, in every spreadsheet program; the header and the titles count."""

CHUNK_BYTES = 1 << 16
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
    sink = _Sink()
    with ZipFile(sink, "w", ZIP_DEFLATED) as archive:
        _frame(archive, sheets)
        for number, sheet in enumerate(sheets, 1):
            assert isinstance(sheet.rows, Iterable)  # noqa: S101 - astream() is for the others
            with archive.open(_member(number), "w", force_zip64=True) as member:
                writing = _Writing(sheet)
                member.write(writing.head)
                for row in sheet.rows:
                    member.write(writing.row(row))
                    if sink.size >= CHUNK_BYTES:
                        yield sink.taken()
                member.write(writing.foot)
    yield sink.taken()


async def astream(sheets: Sequence[Sheet]) -> AsyncGenerator[bytes]:
    """Yield a workbook in pieces while its rows are still being fetched."""
    sink = _Sink()
    with ZipFile(sink, "w", ZIP_DEFLATED) as archive:
        _frame(archive, sheets)
        for number, sheet in enumerate(sheets, 1):
            with archive.open(_member(number), "w", force_zip64=True) as member:
                writing = _Writing(sheet)
                member.write(writing.head)
                async for row in _rows(sheet):
                    member.write(writing.row(row))
                    if sink.size >= CHUNK_BYTES:
                        yield sink.taken()
                member.write(writing.foot)
    yield sink.taken()


async def _rows(sheet: Sheet) -> AsyncGenerator[Cells]:
    if isinstance(sheet.rows, AsyncIterable):
        async for row in sheet.rows:
            yield row
    else:
        for row in sheet.rows:
            yield row


class _Sink(io.RawIOBase):
    """A file that cannot be wound back: what was written is taken away from its front."""

    def __init__(self) -> None:
        super().__init__()
        self._pieces: list[bytes] = []
        self.size = 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any, /) -> int:  # noqa: ANN401 - any buffer
        piece = bytes(data)
        self._pieces.append(piece)
        self.size += len(piece)
        return len(piece)

    def taken(self) -> bytes:
        """Return what was written since the last time."""
        whole = b"".join(self._pieces)
        self._pieces, self.size = [], 0
        return whole


class _Writing:
    """One sheet's XML: what stands before the rows, each row, what stands behind them."""

    def __init__(self, sheet: Sheet) -> None:
        self._kinds = [column.kind for column in sheet.columns]
        self._line = 0
        top = len(sheet.titles) + 1
        lines = [self._numbered(text(title, Style.title)) for title in sheet.titles]
        lines.append(self._numbered("".join(text(one.title, Style.header) for one in sheet.columns)))
        widths = "".join(
            f'<col min="{at}" max="{at}" width="{width_of(column)}" customWidth="1"/>'
            for at, column in enumerate(sheet.columns, 1)
        )
        self.head = parts.sheet_head(widths, frozen=top, lines="".join(lines)).encode()
        self.foot = parts.SHEET_FOOT.encode()

    def row(self, row: Cells) -> bytes:
        """Return the XML of the next row."""
        bold = isinstance(row, Strong)
        cells = row.cells if isinstance(row, Strong) else row
        written = (cell(value, kind, bold=bold) for value, kind in zip(cells, self._kinds, strict=True))
        return self._numbered("".join(written)).encode()

    def _numbered(self, cells: str) -> str:
        self._line += 1
        if self._line > ROWS_MAX:
            raise SheetFullError(ROWS_MAX)
        return f'<row r="{self._line}">{cells}</row>'


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


def _frame(archive: ZipFile, sheets: Sequence[Sheet]) -> None:
    names = [quoteattr(name) for name in names_of(sheets)]
    for path, content in parts.frame(names).items():
        archive.writestr(_info(path), content)


def _member(number: int) -> ZipInfo:
    return _info(f"xl/worksheets/sheet{number}.xml")


def _info(path: str) -> ZipInfo:
    # A fixed date: the same rows make the same file.
    member = ZipInfo(path, (1980, 1, 1, 0, 0, 0))
    member.compress_type = ZIP_DEFLATED
    return member
