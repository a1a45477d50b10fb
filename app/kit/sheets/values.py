"""Values: what a cell says, in the type that its column wants, or what is wrong with it."""

import enum
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation

from app.kit.clock import LEGAL_ZONE
from app.kit.money import AMOUNT_MINOR_MAX, read_yuan
from app.kit.sheets.cells import Kind
from app.kit.sheets.forms import Field
from app.kit.tables import Cell

_DAYS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d")
_MOMENTS = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M")
_FLAGS = {
    **dict.fromkeys(("是", "有", "y", "yes", "true", "1", "√"), True),
    **dict.fromkeys(("否", "无", "n", "no", "false", "0", "×"), False),
}
# A day as a spreadsheet counts it; above the last one a number may still be a day, written as 20260501.
_SERIAL_ZERO = date(1899, 12, 30).toordinal()
_LAST_SERIAL = 2_958_465
_STRAY = Decimal("0.000001")


class Wrong(enum.StrEnum):
    """What can be wrong with a cell."""

    missing = "missing"
    not_text = "not_text"
    not_whole = "not_whole"
    not_money = "not_money"
    not_a_day = "not_a_day"
    not_a_moment = "not_a_moment"
    not_yes_or_no = "not_yes_or_no"
    not_a_choice = "not_a_choice"
    refused = "refused"


class Unreadable(ValueError):  # noqa: N818 - a fact about a cell
    """A cell does not hold what its column wants."""

    def __init__(self, code: Wrong, detail: str) -> None:
        super().__init__(detail)
        self.code = code


def read(field: Field, cell: Cell) -> object:
    """Return what a cell says in a field's own type (fen, date, moment in UTC, ...), or raise Unreadable."""
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        if field.required:
            raise Unreadable(Wrong.missing, "a value is needed here")
        return None
    said = _READERS[field.kind](cell)
    if field.choices is not None:
        if str(said) not in field.choices:
            raise Unreadable(Wrong.not_a_choice, f"one of {', '.join(field.choices)}")
        said = field.choices[str(said)]
    if field.read is not None:
        try:
            return field.read(str(said))
        except ValueError as error:
            raise Unreadable(Wrong.refused, str(error)) from None
    return said


def _text(cell: Cell) -> str:
    if isinstance(cell, bool | datetime | date | time):
        raise Unreadable(Wrong.not_text, "text is wanted; format the cell as text")
    # A long number typed into a sheet has lost its last digits already: 15 is all that a program keeps.
    if isinstance(cell, float) and not cell.is_integer():
        return repr(cell)
    if isinstance(cell, int | float):
        if abs(cell) >= 10**15:
            raise Unreadable(Wrong.not_text, "a number this long has lost digits; format the cell as text")
        return str(int(cell))
    return str(cell).strip()


def _integer(cell: Cell) -> int:
    try:
        number = Decimal(str(cell).replace(",", "").strip())
    except InvalidOperation:
        raise Unreadable(Wrong.not_whole, "a whole number is wanted") from None
    if isinstance(cell, bool) or not number.is_finite() or number != number.to_integral_value():
        raise Unreadable(Wrong.not_whole, "a whole number is wanted")
    return int(number)


def _money(cell: Cell) -> int:
    try:
        # What a program computed may end in ...0000001: it is the nearest fen if it is that near.
        minor = _nearest(cell) if isinstance(cell, float) else read_yuan(str(cell))
    except (ValueError, OverflowError):
        raise Unreadable(Wrong.not_money, "an amount in yuan with at most two decimals is wanted") from None
    if isinstance(cell, bool) or abs(minor) > AMOUNT_MINOR_MAX:
        raise Unreadable(Wrong.not_money, "an amount in yuan with at most two decimals is wanted")
    return minor


def _nearest(yuan: float) -> int:
    said = Decimal(f"{yuan:.15g}")
    if not said.is_finite() or abs(said - round(said, 2)) > _STRAY:
        raise ValueError(yuan)
    return int(round(said, 2) * 100)


def _day(cell: Cell) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, int) and not isinstance(cell, bool) and 0 < cell <= _LAST_SERIAL:
        return date.fromordinal(_SERIAL_ZERO + cell)
    for spelling in _DAYS:
        try:
            return datetime.strptime(str(cell).strip(), spelling).date()  # noqa: DTZ007 - a day
        except ValueError:
            continue
    raise Unreadable(Wrong.not_a_day, "a day such as 2026-05-01 is wanted")


def _moment(cell: Cell) -> datetime:
    if isinstance(cell, datetime):
        return cell.replace(tzinfo=LEGAL_ZONE).astimezone(UTC)
    for spelling in _MOMENTS:
        try:
            return datetime.strptime(str(cell).strip(), spelling).replace(tzinfo=LEGAL_ZONE).astimezone(UTC)
        except ValueError:
            continue
    try:
        return datetime.combine(_day(cell), time(), LEGAL_ZONE).astimezone(UTC)
    except Unreadable:
        raise Unreadable(Wrong.not_a_moment, "a moment such as 2026-05-01 08:30:00 is wanted") from None


def _flag(cell: Cell) -> bool:
    if isinstance(cell, bool):
        return cell
    said = _FLAGS.get(str(cell).strip().casefold())
    if said is None:
        raise Unreadable(Wrong.not_yes_or_no, "是 or 否 (yes or no) is wanted")
    return said


_READERS: dict[Kind, Callable[[Cell], object]] = {
    Kind.text: _text,
    Kind.integer: _integer,
    Kind.money: _money,
    Kind.day: _day,
    Kind.moment: _moment,
    Kind.flag: _flag,
}
