"""Readings: a list of goods as a file holds it, row by row, each right or told where it is wrong."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from app.fundraising.goods.errors import GoodsListTooLong
from app.fundraising.goods.imports import columns
from app.fundraising.goods.imports.columns import FORMS
from app.fundraising.goods.quantities import Quantity
from app.fundraising.models.goods import GoodsImportKind, GoodsRowOutcome
from app.kit import tables
from app.kit.facts import fact
from app.kit.sheets import values
from app.kit.sheets.forms import Field
from app.kit.sheets.values import Unreadable
from app.kit.tables import Cell

ROWS_MAX = 5_000


@fact()
class Row:
    """A row that can be recorded."""

    line: int
    reference: str
    item: str
    quantity: Quantity
    unit: str
    values: Mapping[str, Any]

    @property
    def party(self) -> str | None:
        """Who gave, or who got the goods."""
        return self.values.get("donor_unit") or self.values.get("recipient_unit")


@fact(kw_only=True)
class Verdict:
    """What became of a row, and why; a fault with the column that it stands in."""

    line: int
    reference: str
    outcome: GoodsRowOutcome
    row: Row | None = None
    reason: str | None = None
    column: str | None = None
    detail: str | None = None
    gift_id: Any = None
    handout_id: Any = None


@fact()
class Reading:
    """A file that has been read: its name and hash, the rows to record, and what is settled already."""

    file_name: str
    sha256: bytes
    rows: Sequence[Row]
    settled: Sequence[Verdict]


def read(path: Path, kind: GoodsImportKind, *, file_name: str) -> Reading:
    """Read a list of goods; raises TableUnreadable, HeaderNotFound, GoodsListTooLong."""
    table = tables.find(path, lambda header: columns.is_header(kind, header))
    digest = hashlib.sha256(path.read_bytes()).digest()
    rows: list[Row] = []
    settled: list[Verdict] = []
    with table.rows() as lines:
        for one in _judged(lines, kind, columns.places(kind, table.header), digest):
            if len(rows) + len(settled) >= ROWS_MAX:
                raise GoodsListTooLong(rows_max=ROWS_MAX)
            if isinstance(one, Row):
                rows.append(one)
            else:
                settled.append(one)
    return Reading(file_name, digest, rows, settled)


def _judged(
    lines: Iterator[tables.Line], kind: GoodsImportKind, places: Mapping[int, Field], digest: bytes
) -> Iterator[Row | Verdict]:
    below, source = kind, None
    for line, cells in lines:
        told = _Line(line, cells, places, digest)
        if told.source != source:
            below, source = kind, told.source
        heading = columns.heading_of(["" if cell is None else str(cell) for cell in cells])
        if heading is not None:
            below = heading
            yield Verdict(line=line, reference=told.reference, outcome=GoodsRowOutcome.heading)
        elif below is not kind:
            # Somebody has appended one list to another: its rows belong to the other import.
            yield told.faulty("other_list", None, f"below a heading of {FORMS[below].zh}")
        else:
            yield told.judged()


class _Line:
    """One line of the file with what its columns are."""

    def __init__(self, line: int, cells: Sequence[Cell], places: Mapping[int, Field], digest: bytes) -> None:
        self.line = line
        self.cells = {field: cells[place] if place < len(cells) else None for place, field in places.items()}
        plain = {field.name: cell for field, cell in self.cells.items()}
        self.source = str(plain.get("source_file") or "")
        row = plain.get("source_row")
        # A list that was copied together names where each row stood; else the file and the line do.
        self.reference = f"{self.source}#{row}" if self.source and row else f"{digest.hex()[:16]}#{line}"

    def faulty(self, reason: str, column: str | None, detail: str) -> Verdict:
        """Return that the line cannot be recorded, and why."""
        return Verdict(
            line=self.line,
            reference=self.reference,
            outcome=GoodsRowOutcome.faulty,
            reason=reason,
            column=column,
            detail=detail,
        )

    def judged(self) -> Row | Verdict:
        """Return the line as a row, or the first thing that is wrong with it."""
        said: dict[str, Any] = {}
        for field, cell in self.cells.items():
            try:
                said[field.name] = values.read(field, cell)
            except Unreadable as error:
                return self.faulty(error.code, field.zh, str(error))
        quantity: Quantity = said["quantity"]
        unit: str | None = said.get("unit")
        if unit and quantity.unit and unit != quantity.unit:
            return self.faulty("unit_differs", "数量", f"{quantity.unit} here, {unit} in its own column")
        counted_in = unit or quantity.unit
        if counted_in is None:
            return self.faulty("missing", "计量单位", "neither the column nor the quantity tells a unit")
        return Row(self.line, self.reference, said["item_name"], quantity, counted_in, said)
