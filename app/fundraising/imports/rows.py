"""Rows: what one line of a file says about a gift, or why it cannot be read."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from app.fundraising.imports import givers
from app.fundraising.imports.columns import Columns
from app.fundraising.imports.givers import NAME_CHARACTERS_MAX, Names
from app.fundraising.models import DonorKind
from app.kit.clock import LEGAL_ZONE, legal_day, now
from app.kit.money import AMOUNT_MINOR_MAX, read_yuan
from app.kit.tables import Cell
from app.kit.vault import Vault, normalised

Value = TypeVar("Value")

NOON = time(12)
NUMBER_CHARACTERS_MAX = 128
_EXACT_DIGITS = 15
_DAY_SECONDS = 86_400
_EXCEL_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's clock has no zone
_SERIALS = range(18_264, 91_313)  # the days of 1950 to 2149
_DATE = re.compile(
    r"(?P<year>\d{4})\s*[-/.年]\s*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})\s*日?"
    r"(?:[T ]\s*(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d+)?)?)?"
)
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_PACKED = re.compile(r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)")


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a row cannot be booked. Never the cell itself: it may hold a name."""

    field: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A gift as a line tells it. Several equal rows of one file are several gifts."""

    line: int
    amount: int | None
    donated_at: datetime | None
    names: Names
    number: str | None = None
    remark: str | None = None
    designation: str | None = None
    kind: DonorKind = DonorKind.individual
    fault: Fault | None = None

    def macs(self, secrets: Vault) -> tuple[bytes, bytes]:
        """Return what equal rows have in common, unreadable: (day, name, amount), and (name, amount).

        Remarks are left out: they change when the same list is published again.
        """
        name = normalised(self.names.giver or ("匿名" if self.names.anonymous else ""))
        day = legal_day(self.donated_at).isoformat() if self.donated_at else ""
        giver = f"{name}\0{self.amount}".encode()
        return (
            secrets.mac(b"import-row/v1\0" + day.encode() + b"\0" + giver),
            secrets.mac(b"import-giver/v1\0" + giver),
        )


def read(line: int, cells: Sequence[Cell], columns: Columns) -> Row:
    """Return what a line says; its first fault stands beside whatever could be read.

    A day without a time counts as noon in Asia/Shanghai: so it is the same day in every zone of the country's
    neighbours, and no gift slips into another month.
    """
    faults: list[Fault] = []
    if len(cells) > len(columns.header) and any(plain(cell).strip() for cell in cells[len(columns.header) :]):
        faults.append(Fault("line", "more cells than the header has columns"))

    def cell(field: str) -> Cell:
        place = columns.places.get(field)
        return cells[place] if place is not None and place < len(cells) else None

    amount = _read(faults, "amount", _amount, cell("amount"))
    if amount is not None and not 1 <= amount <= AMOUNT_MINOR_MAX:
        faults.append(Fault("amount", "a gift is at least 0.01 yuan and at most ten trillion"))
    donated_at = _read(faults, "donated_on", _moment, cell("donated_on"))
    if donated_at is not None and donated_at > now() + timedelta(days=1):
        faults.append(Fault("donated_on", "the day has not come yet"))
    names = givers.read(plain(cell("name")), plain(cell("payer")))
    if len(names.giver or "") > NAME_CHARACTERS_MAX:
        faults.append(Fault("name", f"longer than {NAME_CHARACTERS_MAX} characters"))
    return Row(
        line=line,
        amount=amount,
        donated_at=donated_at,
        names=names,
        number=_read(faults, "number", _number, cell("number")),
        remark=givers.tidy(plain(cell("remark"))) or None,
        designation=givers.tidy(plain(cell("designation"))) or None,
        kind=givers.kind(plain(cell("kind"))),
        fault=faults[0] if faults else None,
    )


def _read(
    faults: list[Fault], field: str, reader: Callable[[Cell], Value | None], cell: Cell
) -> Value | None:
    try:
        return reader(cell)
    except ValueError as error:
        faults.append(Fault(field, str(error)))
        return None


def plain(cell: Cell) -> str:
    """Return a cell as a person reads it."""
    if isinstance(cell, float):
        # Spreadsheets calculate with 15 digits and show no more of a sum like 0.1 + 0.2.
        return format(cell, f".{_EXACT_DIGITS}g")
    return "" if cell is None else str(cell)


def _amount(cell: Cell) -> int:
    text = plain(cell).strip().removesuffix("元")
    if not text or isinstance(cell, bool | date | time):
        raise ValueError("there is no amount" if not text else "not an amount in yuan")
    try:
        return read_yuan(text)
    except ValueError:
        raise ValueError("not an amount in yuan with at most two decimals") from None


def _moment(cell: Cell) -> datetime:
    if isinstance(cell, datetime):
        return _in_zone(cell)
    if isinstance(cell, date):
        return datetime.combine(cell, NOON, LEGAL_ZONE)
    text = givers.tidy(plain(cell))
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


def _number(cell: Cell) -> str | None:
    if isinstance(cell, int | float) and abs(cell) >= 10**_EXACT_DIGITS:
        raise ValueError("a number of more than 15 digits must be text: a spreadsheet rounds it")
    text = givers.tidy(plain(cell))
    if len(text) > NUMBER_CHARACTERS_MAX:
        raise ValueError(f"longer than {NUMBER_CHARACTERS_MAX} characters")
    return text or None
