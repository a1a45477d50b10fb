"""Values: the text, amount or moment that a cell of a table holds."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta

from app.kit.clock import LEGAL_ZONE
from app.kit.money import read_yuan
from app.kit.tables import Cell

NOON = time(12)
EXACT_DIGITS = 15
"""Spreadsheets calculate with so many digits, and round whatever has more."""

_DAY_SECONDS = 86_400
_EXCEL_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's clock has no zone
_SERIALS = range(18_264, 91_313)  # the days of 1950 to 2149
_DATE = re.compile(
    r"(?P<year>\d{4})\s*[-/.年]\s*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})\s*日?"
    r"(?:[T ]\s*(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d+)?)?)?"
)
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_PACKED = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)"
    r"(?: (?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?)?"
)
_SPACED_OUT = re.compile(r"([\u4e00-\u9fff]) ([\u4e00-\u9fff*])")


def plain(cell: Cell) -> str:
    """Return a cell as a person reads it."""
    if isinstance(cell, float):
        # Spreadsheets calculate with 15 digits and show no more of a sum like 0.1 + 0.2.
        return format(cell, f".{EXACT_DIGITS}g")
    return "" if cell is None else str(cell)


def amount(cell: Cell) -> int:
    """Return the fen of an amount in yuan; ValueError says why it is none."""
    text = plain(cell).strip().removesuffix("元")
    if not text or isinstance(cell, bool | date | time):
        raise ValueError("there is no amount" if not text else "not an amount in yuan")
    try:
        return read_yuan(text)
    except ValueError:
        raise ValueError("not an amount in yuan with at most two decimals") from None


def moment(cell: Cell) -> datetime:
    """Return when a cell says that something was; a day without a time counts as noon (Asia/Shanghai)."""
    if isinstance(cell, datetime):
        return _in_zone(cell)
    if isinstance(cell, date):
        return datetime.combine(cell, NOON, LEGAL_ZONE)
    text = tidy(plain(cell))
    if not text:
        raise ValueError("there is no date")
    match = _DATE.fullmatch(text) or _PACKED.fullmatch(text)
    try:
        if match:
            parts = {name: int(digits) for name, digits in match.groupdict().items() if digits}
            day = date(parts["year"], parts["month"], parts["day"])
            clock = time(parts["hour"], parts["minute"], parts.get("second", 0)) if "hour" in parts else NOON
            return datetime.combine(day, clock, LEGAL_ZONE)
    except ValueError:
        raise ValueError("not a date") from None
    if not _SERIAL.fullmatch(text) or int(text[:5]) not in _SERIALS:
        raise ValueError("not a date")
    # A fraction of a day is never exactly a second.
    return _in_zone(_EXCEL_EPOCH + timedelta(seconds=round(float(text) * _DAY_SECONDS)))


def _in_zone(moment: datetime) -> datetime:
    """Return a spreadsheet's moment, which is the local one; midnight is how it writes a mere day."""
    if moment.time() == time(0):
        return datetime.combine(moment.date(), NOON, LEGAL_ZONE)
    return moment.replace(tzinfo=LEGAL_ZONE, microsecond=0)


def tidy(text: str) -> str:
    """Return a text without outer space, tabs, full-width spaces and characters that nobody sees.

    "王　伟" is one name that was spaced out to the width of others; any other inner space stays as one.
    """
    if not text.isprintable():
        # Controls and format characters go, whatever separates words becomes a space.
        # Rare characters stay, also those that are newer than this Python: names are made of them.
        text = "".join(" " if c.isspace() else c for c in text if c.isspace() or not _unseen(c))
    one = " ".join(text.split())
    return _SPACED_OUT.sub(r"\1\2", one) if _SPACED_OUT.fullmatch(one) else one


def _unseen(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cf"}
