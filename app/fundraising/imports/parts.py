"""Parts: what counts as a file of its own, the whole file or the rows of one group."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from uuid import UUID

import orjson

from app.fundraising.imports import rows
from app.fundraising.imports.columns import Columns
from app.fundraising.imports.fates import Watch
from app.fundraising.imports.rows import Row
from app.fundraising.imports.spool import Spool
from app.kit.cells import values
from app.kit.tables import Cell, Line, Table
from app.kit.vault import Vault

PIECE_ROWS = 1000


@dataclass(frozen=True, slots=True)
class Overlap:
    """That rows of a part are equal to rows of another file: how many, and their sum in fen."""

    other: int
    with_name: str
    with_row_count: int
    row_count: int
    amount: int


@dataclass(slots=True)
class Part:
    """A file of its own, with its control totals and a keyed MAC of its content, by which it is known again.

    `repeats` is the number of an earlier part with the very same rows.
    """

    number: int
    name: str
    row_count: int = 0
    amount: int = 0
    mac: bytes = b""
    repeats: int | None = None
    import_id: UUID | None = None
    overlaps: list[Overlap] = field(default_factory=list[Overlap])


@dataclass(frozen=True, slots=True)
class Step:
    """A row at its place: in which part, and as which row of it."""

    part: int
    row_number: int
    row: Row
    cells: Sequence[Cell]


def walk(lines: Iterable[Line], columns: Columns, name: str) -> Iterator[tuple[str, Step]]:
    """Read line by line and say to which part each row belongs; parts are numbered as they appear.

    Without a group column there is one part, called `name`.
    """
    group = columns.places.get("group")
    numbers: dict[str, int] = {}
    counts: defaultdict[str, int] = defaultdict(int)
    for line, cells in lines:
        value = name if group is None else values.plain(cells[group] if group < len(cells) else None)
        part = values.tidy(value)
        counts[part] += 1
        number = numbers.setdefault(part, len(numbers))
        yield part, Step(number, counts[part], rows.read(line, cells, columns), cells)


def survey(table: Table, columns: Columns, secrets: Vault, spool: Spool, watch: Watch) -> list[Part]:
    """Read a file for the first time: return its parts in order of appearance, and fill the spool.

    A part is known again by its content: the file's bytes, or of a group the cells of its rows in order.
    """
    group = columns.places.get("group")
    parts: list[Part] = []
    contents: list[bytes] = []
    with table.rows() as lines:
        steps = walk(lines, columns, table.path.name)
        while piece := list(islice(steps, PIECE_ROWS)):
            kept: list[tuple[int, int, bytes, bytes, int, bool]] = []
            for name, step in piece:
                if step.part == len(parts):
                    parts.append(Part(step.part, name))
                    contents.append(b"")
                part, row = parts[step.part], step.row
                part.row_count += 1
                part.amount += row.amount or 0
                if group is not None:
                    contents[step.part] = _chain(contents[step.part], step.cells, without=group)
                if row.fault is None and row.amount:
                    kept.append(
                        (step.part, step.row_number, *row.macs(secrets), row.amount, bool(row.number))
                    )
            spool.add(kept)
            watch("reading", len(piece))
    for part, content in zip(parts, contents, strict=True):
        part.mac = secrets.mac(b"import-file/v1\0" + (content or _digest(table.path)))
    spool.index()
    _find_repeats(parts, spool)
    return parts


def _find_repeats(parts: Sequence[Part], spool: Spool) -> None:
    first: dict[bytes, int] = {}
    for part in parts:
        earlier = first.setdefault(part.mac, part.number)
        if earlier != part.number:
            part.repeats = earlier
            spool.forget(part.number)


def _chain(before: bytes, cells: Sequence[Cell], *, without: int) -> bytes:
    row = [values.plain(cell) for place, cell in enumerate(cells) if place != without]
    return hashlib.sha256(before + orjson.dumps(row)).digest()


def _digest(path: Path) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()
