"""Workbook: what was handed in, read whole, with everything that is wrong in it at its place."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.kit.sheets import filled
from app.kit.sheets.faults import Faults, Said
from app.kit.sheets.filled import Row
from app.kit.sheets.forms import Form
from app.onboarding import forms
from app.onboarding.errors import WorkbookTooLarge


@dataclass(frozen=True, slots=True)
class Handed:
    """A workbook's rows by sheet, and the digest by which the same file is known again."""

    sha256: bytes
    titles: Mapping[str, str]
    organization: Sequence[Row]
    balances: Sequence[Row]
    funds: Sequence[Row]
    donors: Sequence[Row]
    accounts: Sequence[Row]
    advances: Sequence[Row]
    in_transit: Sequence[Row]
    people: Sequence[Row]
    campaigns: Sequence[Row]
    faults: Faults

    def wrong(self, row: Row, column: str, *, code: str, detail: Said) -> None:
        """Note that a row cannot be so, at the column that is called `column` in the form."""
        self.faults.add(row.sheet, row.line, row.headers[column], code=code, detail=detail)

    def wrong_sheet(self, form: Form, *, code: str, detail: Said) -> None:
        """Note what no line of a sheet is to blame for."""
        self.faults.add(self.titles[form.name], None, None, code=code, detail=detail)


def read(path: Path) -> Handed:
    """Read a workbook; what cannot be read of it is among its faults."""
    rows: dict[str, list[Row]] = {}
    with filled.opened(path, forms.FORMS) as book:
        for form in forms.FORMS:
            rows[form.name] = _bounded(book, form)
        return Handed(
            sha256=hashlib.sha256(path.read_bytes()).digest(),
            titles={form.name: book.title(form) for form in forms.FORMS},
            faults=book.faults,
            **rows,
        )


def organization_of(path: Path) -> str | None:
    """Return the code of the organization whose workbook it says it is, if it says so."""
    with filled.opened(path, [forms.ORGANIZATION]) as book:
        return next((row.values["code"] for row in book.rows(forms.ORGANIZATION)), None)


def amount(row: Row) -> int:
    """Return what a row of the trial balance says, debit positive."""
    return (row.values.get("debit") or 0) - (row.values.get("credit") or 0)


def sums(rows: Sequence[Row], column: str) -> Counter[str]:
    """Return what a sheet's amounts add up to, by what stands in a column."""
    found: Counter[str] = Counter()
    for row in rows:
        found[row.values[column]] += row.values["amount"]
    return found


def _bounded(book: filled.Workbook, form: Form) -> list[Row]:
    rows: list[Row] = []
    for row in book.rows(form):
        rows.append(row)
        if len(rows) > forms.LINES_MAX:
            raise WorkbookTooLarge(sheet=form.zh, at_most=forms.LINES_MAX)
    return rows
