"""Tables: the rows of CSV and XLSX files, read as a stream."""

import codecs
import csv
import io
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, BinaryIO
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from app.kit.errors import Invalid
from app.kit.workbooks.reading import WorkbookUnreadableError, workbook

Cell = str | int | float | bool | datetime | date | time | None
"""A value as the file holds it: CSV knows text only."""

Line = tuple[int, Sequence[Cell]]
"""The number of a line, as a spreadsheet program shows it, with its cells."""

HEADER_LINES_MAX = 30
"""Titles may stand above the header, but not more of them than this."""

_BLOCK_BYTES = 1 << 20
_XLSX = b"PK\x03\x04"
_OLD_XLS = b"\xd0\xcf\x11\xe0"


class TableUnreadable(Invalid):
    """The file is not a table that can be read."""

    title_zh = "无法读取该表格文件"


class HeaderNotFound(Invalid):
    """No line of the file is a header with the columns that are needed."""

    title_zh = "文件中找不到所需的表头"


class SeveralLists(Invalid):
    """More than one sheet of the workbook is such a list; hand them in one by one."""

    title_zh = "工作簿中有多张工作表都是这样的清单，请逐张提交"


@dataclass(frozen=True, slots=True)
class Table:
    """A file whose header has been found: open it as often as needed, always from the first row."""

    path: Path
    header: tuple[str, ...]
    header_line: int
    sheet: str | None = None
    """Of a workbook the sheet on which it stands."""

    @contextmanager
    def rows(self) -> Generator[Iterator[Line], None, None]:
        """Open the lines below the header that hold anything, in order.

        One line at a time is in memory; of an XLSX file also the texts that its cells share.
        """
        with lines(self.path, self.sheet) as found:
            yield (line for line in found if line[0] > self.header_line and not _empty(line[1]))


def find(path: Path, is_header: Callable[[Sequence[str]], bool]) -> Table:
    """Return the table of a file, whose header is the first line that `is_header` recognises, or refuse.

    Every sheet of a workbook is looked at, those too that are hidden: rows on a second one would otherwise be
    left out, and nobody told. A sheet with a header alone is a form that nobody filled in.
    """
    tables: list[Table] = []
    filled: list[Table] = []
    with _sheets(path) as sheets:
        for sheet, found in sheets:
            table = _below(path, sheet, found, is_header)
            if table:
                tables.append(table)
                filled += [table] if any(not _empty(cells) for _, cells in found) else []
    if len(filled) > 1:
        raise SeveralLists(sheets=[table.sheet for table in filled])
    if not tables:
        raise HeaderNotFound(lines=HEADER_LINES_MAX)
    return (filled or tables)[0]


def _below(
    path: Path, sheet: str | None, lines: Iterator[Line], is_header: Callable[[Sequence[str]], bool]
) -> Table | None:
    for number, cells in lines:
        header = tuple("" if cell is None else str(cell).strip() for cell in cells)
        if is_header(header):
            return Table(path, header, number, sheet)
        if number >= HEADER_LINES_MAX:
            break
    return None


def _empty(cells: Sequence[Cell]) -> bool:
    return all(cell is None or (isinstance(cell, str) and not cell.strip()) for cell in cells)


@contextmanager
def lines(path: Path, sheet: str | None = None) -> Generator[Iterator[Line], None, None]:
    """Open every line of a file in order, those above a header too, or refuse what is no table.

    Of a workbook those of one sheet: the first, unless another is named.
    """
    with _sheets(path) as sheets:
        for name, found in sheets:
            if sheet in {None, name}:
                yield found
                return
    raise TableUnreadable("the workbook has no such sheet", "工作簿中没有该工作表", file=path.name)


@contextmanager
def _sheets(path: Path) -> Generator[Iterator[tuple[str | None, Iterator[Line]]], None, None]:
    """Open the sheets of a file by name, each to be read before the next; text is one without a name."""
    try:
        file = path.open("rb")
    except OSError as error:
        raise TableUnreadable(str(error.strerror), "文件无法打开", file=path.name) from None
    with file:
        start = file.read(4)
        file.seek(0)
        if start == _OLD_XLS:
            raise TableUnreadable(
                "an .xls file of before 2007: save it as .xlsx or .csv",
                "这是 2007 年以前的 .xls 格式，请另存为 .xlsx 或 .csv",
                file=path.name,
            )
        with closing(_workbook(file) if start == _XLSX else _alone(file)) as found:
            yield found


def _alone(file: BinaryIO) -> Generator[tuple[str | None, Iterator[Line]]]:
    with closing(_text(file)) as found:
        yield None, found


def _text(file: BinaryIO) -> Generator[Line, None, None]:
    encoding = _encoding(file)
    file.seek(0)
    # The wrapper would close the file when it is collected: the file is its opener's to close.
    text = io.TextIOWrapper(file, encoding=encoding, newline="")
    reader = csv.reader(text, delimiter=_delimiter(text), strict=True)
    try:
        previous = 0
        for cells in reader:
            # A quoted cell may run over several lines: the row is where it begins.
            yield previous + 1, cells
            previous = reader.line_num
    except csv.Error as error:
        raise TableUnreadable(
            f"line {reader.line_num}: {error}", f"第 {reader.line_num} 行不是有效的 CSV", line=reader.line_num
        ) from None
    finally:
        text.detach()


def _delimiter(text: io.TextIOWrapper) -> str:
    head = "".join(text.readline() for _ in range(HEADER_LINES_MAX))
    text.seek(0)
    return max(",\t;", key=head.count)


def _encoding(file: BinaryIO) -> str:
    for name in ("utf-8-sig", "gb18030"):
        file.seek(0)
        decoder = codecs.getincrementaldecoder(name)()
        try:
            while block := file.read(_BLOCK_BYTES):
                if b"\0" in block:
                    raise TableUnreadable(
                        "neither XLSX nor text in UTF-8 or GB18030",
                        "既不是 XLSX，也不是 UTF-8 或 GB18030 文本",
                    )
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        return name
    raise TableUnreadable(
        "neither XLSX nor text in UTF-8 or GB18030", "既不是 XLSX，也不是 UTF-8 或 GB18030 文本"
    )


def _workbook(file: BinaryIO) -> Generator[tuple[str | None, Iterator[Line]]]:
    try:
        book = workbook(file)
    except WorkbookUnreadableError as error:
        raise TableUnreadable(error.detail, error.detail_zh, **error.facts) from None
    try:
        if not book.worksheets:
            raise TableUnreadable("the workbook has no sheet", "工作簿中没有工作表")
        for sheet in book.worksheets:
            with closing(_sheet(sheet)) as found:
                yield sheet.title, found
    finally:
        book.close()


def _sheet(sheet: Any) -> Generator[Line]:  # noqa: ANN401 - as above
    try:
        # Programs write the wrong extent into the file, and cells beyond it would be lost.
        sheet.reset_dimensions()
        yield from enumerate(sheet.iter_rows(values_only=True), 1)
    except (BadZipFile, KeyError, ValueError, ParseError) as error:
        raise TableUnreadable(f"the sheet is damaged: {error}", "工作表已损坏") from None
