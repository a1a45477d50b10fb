"""Contents: what a publication says, field by field, as plain data that can be hashed, shown and compared."""

import enum
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import orjson
import rfc8785


class Measure(enum.StrEnum):
    """What a value is counted in; fen are written as a string of digits, whole numbers as numbers."""

    text = "text"
    day = "day"
    fen = "fen"
    number = "number"
    persons = "persons"
    person_times = "person_times"
    basis_points = "basis_points"
    grams = "grams"
    person = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody whom a publication may not name: their commitment stands in it, and who they are beside it.

    `kind` tells where `id` is looked up when a name may be shown; `entry_id` is the entry of the books whose
    leaf carries the same commitment.
    """

    commitment: bytes
    kind: str
    id: UUID
    entry_id: UUID | None = None


Value = str | int | date | Person | None
"""What a field or a cell holds; None is said to be missing in a field, and to be nothing in a cell."""


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that the form asks for. Without a value it is missing: said as such, never left out."""

    code: str
    title_zh: str
    title: str
    unit: Measure
    value: Value


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    code: str
    title_zh: str
    title: str
    unit: Measure = Measure.text


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of one kind, each first with what it is known by; no rows: there is nothing, and that is said."""

    code: str
    title_zh: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]]


Said = Field | Table


@dataclass(frozen=True, slots=True)
class Section:
    """One item of the form with its fields; without any there is no source for it here yet."""

    code: str
    title_zh: str
    title: str
    fields: Sequence[Said]


@dataclass(frozen=True, slots=True)
class Content:
    """Everything that a publication says, in the order of the form by which it was made."""

    form: Mapping[str, str | bool]
    sections: Sequence[Section]

    def people(self) -> list[Person]:
        """Return everybody who stands in it behind a commitment."""
        cells = (
            cell
            for section in self.sections
            for field in section.fields
            if isinstance(field, Table)
            for row in field.rows
            for cell in row
        )
        return [cell for cell in cells if isinstance(cell, Person)]

    def said(self) -> dict[str, Any]:
        """Return it as JSON holds it."""
        return {"form": dict(self.form), "sections": [_section(section) for section in self.sections]}


def _section(section: Section) -> dict[str, Any]:
    fields = [_field(field) for field in section.fields]
    return {"code": section.code, "title_zh": section.title_zh, "title": section.title, "fields": fields}


def _field(field: Said) -> dict[str, Any]:
    named = {"code": field.code, "title_zh": field.title_zh, "title": field.title}
    if isinstance(field, Field):
        return named | {"unit": field.unit.value, "value": _value(field.value, field.unit)}
    columns = [
        {"code": one.code, "title_zh": one.title_zh, "title": one.title, "unit": one.unit.value}
        for one in field.columns
    ]
    rows = [
        [_value(cell, column.unit) for cell, column in zip(row, field.columns, strict=True)]
        for row in field.rows
    ]
    return named | {"columns": columns, "rows": rows}


def _value(value: Value, unit: Measure) -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, Person):
        return {
            "commitment": value.commitment.hex(),
            "entry": None if value.entry_id is None else str(value.entry_id),
        }
    if isinstance(value, date):
        return value.isoformat()
    # Amounts are strings, as in leaves: a number of JSON is exact only up to 2^53.
    return str(value) if unit is Measure.fen and value is not None else value


def written(said: Mapping[str, Any]) -> bytes:
    """Write RFC 8785 canonical JSON: equal data, equal bytes, whoever writes them."""
    return rfc8785.dumps(dict(said))


def read(content: bytes) -> dict[str, Any]:
    """Return what was written."""
    return orjson.loads(content)


def missing(sections: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str | None]]:
    """Yield what the data could not fill: (section, field), or (section, None) where nothing fills it yet."""
    for section in sections:
        if not section["fields"]:
            yield section["code"], None
        for field in section["fields"]:
            if "rows" not in field and field["value"] is None:
                yield section["code"], field["code"]
