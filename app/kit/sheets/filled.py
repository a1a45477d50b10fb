"""Filled forms: a workbook that somebody handed in, its sheets read as streams of checked rows."""

import warnings
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from app.kit.sheets import forms, values
from app.kit.sheets.faults import Faults
from app.kit.sheets.forms import Field, Form
from app.kit.sheets.values import Unreadable
from app.kit.tables import HEADER_LINES_MAX, Cell, TableUnreadable

_UNREADABLE = (BadZipFile, InvalidFileException, KeyError, ValueError, ParseError, OSError)

EXPANDED_BYTES_MAX = 512 << 20
"""What a workbook may unfold to: some million lines."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a filled form: its number as a spreadsheet program shows it, its values by field name."""

    sheet: str
    line: int
    values: Mapping[str, Any]


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
                self.faults.add(
                    form.zh, None, None, code="sheet_missing", detail=f"no sheet {form.zh} ({form.en})"
                )

    def has(self, form: Form) -> bool:
        """Tell whether the form's sheet is there."""
        return form.name in self._sheets

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
        for line, cells in enumerate(sheet.iter_rows(values_only=True), 1):
            if places is None:
                places = self._header(form, line, cells)
                if line >= HEADER_LINES_MAX and places is None:
                    break
            elif not all(cell is None or (isinstance(cell, str) and not cell.strip()) for cell in cells):
                row = self._row(sheet.title, line, cells, places)
                if row is not None:
                    yield row
        if places is None:
            self.faults.add(sheet.title, None, None, code="header_missing", detail="no line is the header")

    def _header(self, form: Form, line: int, cells: Sequence[Cell]) -> dict[int, Field] | None:
        words = [forms.folded(str(cell)) if cell is not None else "" for cell in cells]
        found = {place: one for place, word in enumerate(words) for one in form.fields if word in one.headers}
        missing = [one for one in form.fields if one.required and one not in found.values()]
        # A title that happens to be a column's word is no header yet; one column alone is a header of one.
        if not found or (len(found) < len(form.fields) / 2 and missing):
            return None
        sheet = self._sheets[form.name].title
        for one in missing:
            self.faults.add(
                sheet, line, one.zh, code="column_missing", detail=f"no column {one.zh} ({one.en})"
            )
        taken = list(found.values())
        for one in {field.name: field for field in taken if taken.count(field) > 1}.values():
            self.faults.add(sheet, line, one.zh, code="column_twice", detail="the column stands here twice")
        return found

    def _row(self, sheet: str, line: int, cells: Sequence[Cell], places: Mapping[int, Field]) -> Row | None:
        told: dict[str, Any] = {}
        wrong = False
        for place, field in places.items():
            try:
                told[field.name] = values.read(field, cells[place] if place < len(cells) else None)
            except Unreadable as error:
                self.faults.add(sheet, line, field.zh, code=error.code, detail=str(error))
                wrong = True
        return None if wrong else Row(sheet, line, told)

    def wrong(self, row: Row, field: str | None, *, code: str, detail: str) -> None:
        """Note what only its reader can see to be wrong with a row."""
        self.faults.add(row.sheet, row.line, field, code=code, detail=detail)


def _bound(path: Path) -> None:
    # Some kilobytes can unfold to gigabytes: the archive says how large, before anything is unfolded.
    with ZipFile(path) as archive:
        if sum(member.file_size for member in archive.infolist()) > EXPANDED_BYTES_MAX:
            raise TableUnreadable("the workbook unfolds to more than can be read", file=path.name)


@contextmanager
def opened(path: Path, wanted: Sequence[Form]) -> Generator[Workbook]:
    """Open a workbook that was handed in, or refuse what is none (TableUnreadable)."""
    try:
        _bound(path)
        with warnings.catch_warnings():
            # A workbook without default styles is still a workbook.
            warnings.simplefilter("ignore", UserWarning)
            book = cast("Any", load_workbook(path, read_only=True, data_only=True, keep_links=False))
    except _UNREADABLE as error:
        raise TableUnreadable(f"not a readable workbook: {error}", file=path.name) from None
    try:
        yield Workbook(book, wanted)
    except (BadZipFile, ParseError) as error:
        raise TableUnreadable(f"the workbook is damaged: {error}", file=path.name) from None
    finally:
        book.close()
