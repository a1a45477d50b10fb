"""Filled forms: a workbook that somebody handed in, its sheets read as streams of checked rows."""

from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile, is_zipfile

from app.kit import tables
from app.kit.sheets import forms, values
from app.kit.sheets.faults import Faults, Said
from app.kit.sheets.forms import Field, Form
from app.kit.sheets.values import Unreadable
from app.kit.tables import HEADER_LINES_MAX, Cell, TableUnreadable
from app.kit.workbooks.reading import WorkbookUnreadableError, workbook

EXPANDED_BYTES_MAX = 512 << 20
"""What a workbook may unfold to: some million lines."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a filled form: its number as a spreadsheet program shows it, its values by field name.

    `headers` are what the sheet calls its columns, in the language of whoever filled it in.
    """

    sheet: str
    line: int
    values: Mapping[str, Any]
    headers: Mapping[str, str] = field(default_factory=dict[str, str])


class Workbook:
    """A workbook that was handed in; what is wrong with it gathers in `faults`."""

    def __init__(self, book: Any, wanted: Sequence[Form]) -> None:  # noqa: ANN401 - openpyxl's, untyped
        self.faults = Faults()
        self._sheets: dict[str, Any] = {}
        known = {name: form for form in wanted for name in form.names}
        for sheet in book.worksheets:
            form = known.get(forms.folded(sheet.title))
            if form is not None:
                self._sheets.setdefault(form.name, sheet)
        for form in wanted:
            if form.required and form.name not in self._sheets:
                missing = Said(f"no sheet {form.en} ({form.zh})", f"缺少工作表“{form.zh}”")
                self.faults.add(form.zh, None, None, code="sheet_missing", detail=missing)

    def has(self, form: Form) -> bool:
        """Tell whether the form's sheet is there."""
        return form.name in self._sheets

    def title(self, form: Form) -> str:
        """Return what the form's sheet is called in this workbook."""
        return self._sheets[form.name].title if self.has(form) else form.zh

    def rows(self, form: Form) -> Iterator[Row]:
        """Yield the form's lines that are right; what is wrong with the others goes to `faults`.

        One line at a time is in memory. A form that is not there has no lines.
        """
        if not self.has(form):
            return
        sheet = self._sheets[form.name]
        # Programs write the wrong extent into the file, and cells beyond it would be lost.
        sheet.reset_dimensions()
        places: dict[int, Field] | None = None
        headers: dict[str, str] = {}
        for line, cells in enumerate(sheet.iter_rows(values_only=True), 1):
            if places is None:
                places = self._header(form, line, cells)
                headers = _headers(places or {}, cells)
                # Without a column that every line needs none is right; that it is missing has been told.
                if places is not None and any(
                    one.required and one.name not in headers for one in form.fields
                ):
                    return
                if line >= HEADER_LINES_MAX and places is None:
                    break
            elif not all(cell is None or (isinstance(cell, str) and not cell.strip()) for cell in cells):
                row = self._row(Row(sheet.title, line, {}, headers), cells, places)
                if row is not None:
                    yield row
        if places is None:
            missing = Said("no line is the header", "未找到表头行")
            self.faults.add(sheet.title, None, None, code="header_missing", detail=missing)

    def _header(self, form: Form, line: int, cells: Sequence[Cell]) -> dict[int, Field] | None:
        words = [forms.folded(str(cell)) if cell is not None else "" for cell in cells]
        found = {place: one for place, word in enumerate(words) for one in form.fields if word in one.headers}
        missing = [one for one in form.fields if one.required and one not in found.values()]
        # A title that happens to be a column's word is no header yet; one column alone is a header of one.
        if not found or (len(found) < len(form.fields) / 2 and missing):
            return None
        sheet = self._sheets[form.name].title
        for one in missing:
            detail = Said(f"no column {one.en} ({one.zh})", f"缺少列“{one.zh}”")
            self.faults.add(sheet, line, one.zh, code="column_missing", detail=detail)
        taken = list(found.values())
        for one in {again.name: again for again in taken if taken.count(again) > 1}.values():
            detail = Said("the column stands here twice", "此列重复出现")
            self.faults.add(sheet, line, one.zh, code="column_twice", detail=detail)
        return found

    def _row(self, blank: Row, cells: Sequence[Cell], places: Mapping[int, Field]) -> Row | None:
        told: dict[str, Any] = {}
        wrong = False
        for place, one in places.items():
            try:
                told[one.name] = values.read(one, cells[place] if place < len(cells) else None)
            except Unreadable as error:
                self.wrong(blank, blank.headers[one.name], code=error.code, detail=error.detail)
                wrong = True
        return None if wrong else Row(blank.sheet, blank.line, told, blank.headers)

    def wrong(self, row: Row, column: str | None, *, code: str, detail: str | Said) -> None:
        """Note what only its reader can see to be wrong with a row."""
        self.faults.add(row.sheet, row.line, column, code=code, detail=detail)


def _headers(places: Mapping[int, Field], cells: Sequence[Cell]) -> dict[str, str]:
    """Return what each column is called in the language in which this sheet names it."""
    return {
        one.name: one.en if forms.folded(str(cells[place])) == forms.folded(one.en) else one.zh
        for place, one in places.items()
    }


def _bound(path: Path) -> None:
    # Some kilobytes can unfold to gigabytes: the archive says how large, before anything is unfolded.
    with ZipFile(path) as archive:
        if sum(member.file_size for member in archive.infolist()) > EXPANDED_BYTES_MAX:
            raise TableUnreadable(
                "the workbook unfolds to more than can be read", "工作簿解压后过大，无法读取", file=path.name
            )


class _Text:
    """A text file in the place of a workbook's only sheet."""

    def __init__(self, title: str, lines: Iterator[tables.Line]) -> None:
        self.title, self._lines = title, lines
        self.worksheets = [self]

    def reset_dimensions(self) -> None:
        """Do nothing: a text file says nothing about its extent."""

    def iter_rows(self, *, values_only: bool) -> Iterator[Sequence[Cell]]:
        """Yield what is in each line; where a cell runs over several, the others are empty."""
        assert values_only  # noqa: S101 - text has nothing else
        told = 0
        for number, cells in self._lines:
            while told < number - 1:
                yield ()
                told += 1
            yield cells
            told += 1


@contextmanager
def opened(path: Path, wanted: Sequence[Form], *, text: bool = False) -> Generator[Workbook]:
    """Open a workbook that was handed in, or refuse what is none (TableUnreadable).

    With `text` a CSV file will do as well, for a form that stands alone.
    """
    if text and len(wanted) == 1 and not is_zipfile(path):
        with tables.lines(path) as lines:
            yield Workbook(_Text(wanted[0].zh, lines), wanted)
        return
    try:
        _bound(path)
        book = workbook(path)
    except WorkbookUnreadableError as error:
        raise TableUnreadable(error.detail, error.detail_zh, file=path.name, **error.facts) from None
    except (BadZipFile, OSError) as error:
        raise TableUnreadable(
            f"not a readable workbook: {error}", "不是可读取的工作簿", file=path.name
        ) from None
    try:
        yield Workbook(book, wanted)
    except (BadZipFile, ParseError) as error:
        raise TableUnreadable(f"the workbook is damaged: {error}", "工作簿已损坏", file=path.name) from None
    finally:
        book.close()
