"""Cells: one value of a spreadsheet, spelled the way XLSX (ECMA-376) wants it."""

import enum
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from xml.sax.saxutils import escape

from app.kit.clock import LEGAL_ZONE, legal_day

TEXT_LENGTH_MAX = 32_767
"""What a spreadsheet program holds in one cell."""

_EPOCH = date(1899, 12, 30).toordinal()
_DAY_SECONDS = 86_400
# What XML 1.0 cannot hold, even escaped; and what a spreadsheet program would take for such an escape.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPE_LIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_FORMULA_LIKE = ("=", "+", "-", "@", "\t", "\r")


class Kind(enum.StrEnum):
    """What a column holds, and with it how its cells are shown."""

    text = "text"
    integer = "integer"
    money = "money"
    day = "day"
    moment = "moment"
    flag = "flag"


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


class Style(enum.IntEnum):
    """The formats that every workbook carries, by their place in its styles."""

    plain = 0
    text = 1
    integer = 2
    money = 3
    day = 4
    moment = 5
    title = 6
    header = 7
    quoted = 8
    """Text that a program would take for a formula if somebody edited it."""

    strong = 9
    """Bold formats begin here, in the order of the plain ones."""


_WIDTHS = {Kind.text: 18, Kind.integer: 12, Kind.money: 18, Kind.day: 12, Kind.moment: 20, Kind.flag: 8}


def width_of(column: Column) -> int:
    """Return a column's width in characters; a Chinese character is as wide as two others."""
    title = sum(2 if ord(char) > 0x2E80 else 1 for char in column.title) + 2
    return column.width or max(_WIDTHS[column.kind], min(title, 60))


def text(value: str, style: Style, *, bold: bool = False) -> str:
    """Return a cell that stays the text it is, whatever it begins with."""
    if value.startswith(_FORMULA_LIKE) and style is Style.text:
        style = Style.quoted
    clean = _ESCAPE_LIKE.sub("_x005F_", _ILLEGAL.sub("", value))[:TEXT_LENGTH_MAX]
    place = _bold(style) if bold else style
    return f'<c t="inlineStr" s="{place}"><is><t xml:space="preserve">{escape(clean)}</t></is></c>'


def cell(value: object, kind: Kind, *, bold: bool = False) -> str:
    """Return the cell of a value: fen as yuan, moments in the zone of the books; None is empty.

    Where the value is not what the column holds, it is written as text: a heading in a column of money.
    """
    if value is None or value == "":
        return f'<c s="{_bold(Style.plain) if bold else Style.plain}"/>'
    written = _WRITERS.get((kind, type(value)))
    if written is None:
        return text(str(value), Style.text, bold=bold)
    number, style = written(value)
    return f'<c s="{_bold(style) if bold else style}"><v>{number}</v></c>'


def _bold(style: Style) -> int:
    return Style.strong + style if style < Style.title else Style.strong


def _money(fen: int) -> tuple[str, Style]:
    # Digits, never a float: 0.1 + 0.2 has no place in the books.
    return f"{'-' if fen < 0 else ''}{abs(fen) // 100}.{abs(fen) % 100:02d}", Style.money


def _day(day: date) -> tuple[str, Style]:
    return str(day.toordinal() - _EPOCH), Style.day


def _day_of(moment: datetime) -> tuple[str, Style]:
    return _day(legal_day(moment))


def _moment(moment: datetime) -> tuple[str, Style]:
    there = moment.astimezone(LEGAL_ZONE)
    seconds = there.hour * 3600 + there.minute * 60 + there.second
    return f"{there.toordinal() - _EPOCH + seconds / _DAY_SECONDS:.10f}", Style.moment


def _integer(number: int) -> tuple[str, Style]:
    return str(number), Style.integer


# bool is an int, and "yes" is not a number: flags are words that the caller chooses.
_WRITERS: dict[tuple[Kind, type], Callable[..., tuple[str, Style]]] = {
    (Kind.money, int): _money,
    (Kind.integer, int): _integer,
    (Kind.day, date): _day,
    (Kind.day, datetime): _day_of,
    (Kind.moment, datetime): _moment,
    (Kind.moment, date): _day,
}
