"""Cells: what a column of a spreadsheet holds, and how a value of ours is told to one."""

import enum
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from app.kit.clock import LEGAL_ZONE, legal_day

TEXT_LENGTH_MAX = 32_767
"""What a spreadsheet program holds in one cell."""

# What XML 1.0 cannot hold, even escaped; and what a spreadsheet program would take for such an escape.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FORMULA_LIKE = ("=", "+", "-", "@", "\t", "\r")
_CENTI = Decimal(100)


class Kind(enum.StrEnum):
    """What a column holds, and with it how its cells are shown."""

    text = "text"
    integer = "integer"
    money = "money"
    day = "day"
    moment = "moment"
    flag = "flag"


FORMATS = {
    Kind.text: "@",
    Kind.integer: "0",
    Kind.money: "#,##0.00",
    Kind.day: "yyyy-mm-dd",
    Kind.moment: "yyyy-mm-dd hh:mm:ss",
    Kind.flag: "@",
}
"""The number format of each kind, as spreadsheet programs spell it."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its header, what it holds, and its width in characters (None: as its kind needs)."""

    title: str
    kind: Kind = Kind.text
    width: int | None = None


@dataclass(frozen=True, slots=True)
class Strong:
    """A row in bold: a total, a heading."""

    cells: Sequence[object]


_WIDTHS = {Kind.text: 18, Kind.integer: 12, Kind.money: 18, Kind.day: 12, Kind.moment: 20, Kind.flag: 8}


def width_of(column: Column) -> int:
    """Return a column's width in characters; a Chinese character is as wide as two others."""
    title = sum(2 if ord(char) > 0x2E80 else 1 for char in column.title) + 2
    return column.width or max(_WIDTHS[column.kind], min(title, 60))


def clean(text: str) -> str:
    """Return a text without what a spreadsheet cannot hold."""
    return _ILLEGAL.sub("", text)[:TEXT_LENGTH_MAX]


def looks_like_formula(text: str) -> bool:
    """Tell whether a program would take a text for a formula once somebody has edited its cell."""
    return text.startswith(_FORMULA_LIKE)


def told(value: object, kind: Kind) -> str | int | Decimal | date | datetime | None:
    """Return a value as a cell of its kind holds it: fen as yuan, moments in the zone of the books.

    Where the value is not what the column holds, it is told as text: a heading in a column of money.
    """
    if value is None or value == "":
        return None
    match kind, value:
        # bool is an int, and "yes" is not a number: flags are words that the caller chooses.
        case (_, bool()):
            return str(value)
        case (Kind.money, int()):
            return Decimal(value) / _CENTI
        case (Kind.integer, int()):
            return value
        case (Kind.moment, datetime()):
            return value.astimezone(LEGAL_ZONE).replace(tzinfo=None, microsecond=0)
        case (Kind.day, datetime()):
            return legal_day(value)
        case (Kind.day | Kind.moment, date()):
            return value
        case _:
            return clean(str(value))
