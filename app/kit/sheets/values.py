"""Values: what a cell says, in the type that its column wants, or what is wrong with it."""

import enum
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation

from app.kit.clock import LEGAL_ZONE
from app.kit.fields import CODE, YEARS, legible
from app.kit.money import AMOUNT_MINOR_MAX, read_yuan
from app.kit.sheets.cells import Kind
from app.kit.sheets.faults import Said, said
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
_INTEGER_MAX = 10**15


class Wrong(enum.StrEnum):
    """What can be wrong with a cell."""

    missing = "missing"
    not_text = "not_text"
    not_whole = "not_whole"
    not_money = "not_money"
    not_a_day = "not_a_day"
    not_a_moment = "not_a_moment"
    not_yes_or_no = "not_yes_or_no"
    not_legible = "not_legible"
    too_long = "too_long"
    out_of_bounds = "out_of_bounds"
    not_a_choice = "not_a_choice"
    refused = "refused"


class Unreadable(ValueError):  # noqa: N818 - a fact about a cell
    """A cell does not hold what its column wants."""

    def __init__(self, code: Wrong, detail: Said) -> None:
        super().__init__(detail.en)
        self.code = code
        self.detail = detail


_MISSING = Said("a value is needed here", "此处必填")
_NOT_TEXT = Said("text is wanted; format the cell as text", "应为文本，请将单元格设为文本格式")
_DIGITS_LOST = Said(
    "a number this long has lost digits; format the cell as text",
    "数字过长，末位已丢失，请将单元格设为文本格式",
)
_NOT_WHOLE = Said("a whole number is wanted", "应为整数")
_NOT_MONEY = Said("an amount in yuan with at most two decimals is wanted", "应为以元计的金额，最多两位小数")
_NOT_A_DAY = Said("a day such as 2026-05-01 is wanted", "应为日期，如 2026-05-01")
_NOT_A_MOMENT = Said("a moment such as 2026-05-01 08:30:00 is wanted", "应为时间，如 2026-05-01 08:30:00")
_NOT_YES_OR_NO = Said("yes or no is wanted", "应填“是”或“否”")
_NOT_LEGIBLE = Said("control characters are not allowed here", "不得含有控制字符")
_OUT_OF_BOUNDS = Said("this is out of all bounds", "超出合理范围")
_NOT_A_CODE = Said(
    "letters, digits, dots, dashes and underscores, at most 64",
    "只能用字母、数字、点、短横线和下划线，最多 64 个字符",
)


def read(field: Field, cell: Cell) -> object:
    """Return what a cell says in a field's own type (fen, date, moment in UTC, ...), or raise Unreadable."""
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        if field.required:
            raise Unreadable(Wrong.missing, _MISSING)
        return None
    told = _READERS[field.kind](cell)
    if isinstance(told, str):
        _check_text(told, field.length_max)
    if field.choices is not None:
        if str(told) not in field.choices:
            choices = ", ".join(field.choices)
            raise Unreadable(Wrong.not_a_choice, Said(f"one of {choices}", f"只能填：{choices}"))
        told = field.choices[str(told)]
    if field.read is not None:
        try:
            return field.read(str(told))
        except ValueError as error:
            raise Unreadable(Wrong.refused, said(error.args[0] if error.args else "")) from None
    return told


def code(text: str) -> str:
    """Return a code that may be printed and stand in published leaves, or raise ValueError."""
    if not re.fullmatch(CODE, text):
        raise ValueError(_NOT_A_CODE)
    return text


def _check_text(text: str, length_max: int) -> None:
    # What a body of JSON may not hold no sheet may bring either: the database would refuse, or keep it.
    if not legible(text, lines=True):
        raise Unreadable(Wrong.not_legible, _NOT_LEGIBLE)
    if len(text) > length_max:
        words = Said(f"at most {length_max} characters", f"最多 {length_max} 个字符")
        raise Unreadable(Wrong.too_long, words)


def _text(cell: Cell) -> str:
    if isinstance(cell, bool | datetime | date | time):
        raise Unreadable(Wrong.not_text, _NOT_TEXT)
    # A long number typed into a sheet has lost its last digits already: 15 is all that a program keeps.
    if isinstance(cell, float) and not cell.is_integer():
        return repr(cell)
    if isinstance(cell, int | float):
        if abs(cell) >= 10**15:
            raise Unreadable(Wrong.not_text, _DIGITS_LOST)
        return str(int(cell))
    return str(cell).strip()


def _integer(cell: Cell) -> int:
    try:
        number = Decimal(str(cell).replace(",", "").strip())
    except InvalidOperation:
        raise Unreadable(Wrong.not_whole, _NOT_WHOLE) from None
    if isinstance(cell, bool) or not number.is_finite() or number != number.to_integral_value():
        raise Unreadable(Wrong.not_whole, _NOT_WHOLE)
    if abs(number) > _INTEGER_MAX:
        raise Unreadable(Wrong.out_of_bounds, _OUT_OF_BOUNDS)
    return int(number)


def _money(cell: Cell) -> int:
    try:
        # What a program computed may end in ...0000001: it is the nearest fen if it is that near.
        minor = _nearest(cell) if isinstance(cell, float) else read_yuan(str(cell))
    except (ValueError, OverflowError):
        raise Unreadable(Wrong.not_money, _NOT_MONEY) from None
    if isinstance(cell, bool) or abs(minor) > AMOUNT_MINOR_MAX:
        raise Unreadable(Wrong.not_money, _NOT_MONEY)
    return minor


def _nearest(yuan: float) -> int:
    told = Decimal(f"{yuan:.15g}")
    if not told.is_finite() or abs(told - round(told, 2)) > _STRAY:
        raise ValueError(yuan)
    return int(round(told, 2) * 100)


def _day(cell: Cell) -> date:
    found = _any_day(cell)
    if not YEARS[0] <= found.year <= YEARS[1]:
        raise Unreadable(Wrong.out_of_bounds, _OUT_OF_BOUNDS)
    return found


def _any_day(cell: Cell) -> date:
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
    raise Unreadable(Wrong.not_a_day, _NOT_A_DAY)


def _moment(cell: Cell) -> datetime:
    found = _any_moment(cell)
    # Before it is counted in another zone: the ends of the calendar have no other.
    if not YEARS[0] <= found.year <= YEARS[1]:
        raise Unreadable(Wrong.out_of_bounds, _OUT_OF_BOUNDS)
    return found.replace(tzinfo=LEGAL_ZONE).astimezone(UTC)


def _any_moment(cell: Cell) -> datetime:
    if isinstance(cell, datetime):
        return cell
    for spelling in _MOMENTS:
        try:
            return datetime.strptime(str(cell).strip(), spelling)  # noqa: DTZ007 - the legal zone is the caller's
        except ValueError:
            continue
    try:
        return datetime.combine(_any_day(cell), time())
    except Unreadable:
        raise Unreadable(Wrong.not_a_moment, _NOT_A_MOMENT) from None


def _flag(cell: Cell) -> bool:
    if isinstance(cell, bool):
        return cell
    told = _FLAGS.get(str(cell).strip().casefold())
    if told is None:
        raise Unreadable(Wrong.not_yes_or_no, _NOT_YES_OR_NO)
    return told


_READERS: dict[Kind, Callable[[Cell], object]] = {
    Kind.text: _text,
    Kind.integer: _integer,
    Kind.money: _money,
    Kind.day: _day,
    Kind.moment: _moment,
    Kind.flag: _flag,
}
