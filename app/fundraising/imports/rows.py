"""Rows: what one line of a file says about a gift, or why it cannot be read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from app.fundraising.gifts import Original
from app.fundraising.imports import givers
from app.fundraising.imports.columns import Columns
from app.fundraising.imports.givers import NAME_CHARACTERS_MAX, Names
from app.fundraising.models import DonorKind
from app.kit.cells import values
from app.kit.cells.headers import spelling
from app.kit.clock import legal_day, now
from app.kit.money import AMOUNT_MINOR_MAX, FOREIGN_DECIMALS, read_foreign
from app.kit.tables import Cell
from app.kit.vault import Vault, normalised

Value = TypeVar("Value")

NUMBER_CHARACTERS_MAX = 200
"""As long as a platform's message may make it: its bill tells of the same gift."""

_CURRENCIES: Mapping[str, str] = {
    **dict.fromkeys(("人民币", "元", "人民币元", "RMB"), "CNY"),
    **dict.fromkeys(("美元", "美金"), "USD"),
    **dict.fromkeys(("港元", "港币"), "HKD"),
    **dict.fromkeys(("澳门元", "澳门币"), "MOP"),
    **dict.fromkeys(("新台币", "台币"), "TWD"),
    **dict.fromkeys(("日元", "日圆"), "JPY"),
    **dict.fromkeys(("澳元", "澳大利亚元"), "AUD"),
    **dict.fromkeys(("加元", "加拿大元"), "CAD"),
    **dict.fromkeys(("新加坡元", "新元"), "SGD"),
    **dict.fromkeys(("瑞士法郎", "瑞郎"), "CHF"),
    "欧元": "EUR",
    "英镑": "GBP",
    "韩元": "KRW",
    "泰铢": "THB",
    "林吉特": "MYR",
    "新西兰元": "NZD",
}
"""What people call currencies, besides by their codes."""


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
    original: Original | None = None
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
    if len(cells) > len(columns.header) and any(
        values.plain(cell).strip() for cell in cells[len(columns.header) :]
    ):
        faults.append(Fault("line", "more cells than the header has columns"))

    def cell(field: str) -> Cell:
        place = columns.places.get(field)
        return cells[place] if place is not None and place < len(cells) else None

    amount = _read(faults, "amount", values.amount, cell("amount"))
    if amount is not None and not 1 <= amount <= AMOUNT_MINOR_MAX:
        faults.append(Fault("amount", "a gift is at least 0.01 yuan and at most ten trillion"))
    # A list that names one currency beside an original amount means that one, else the amount in yuan.
    foreign = cell("original_currency")
    if "original_amount" in columns.places and "original_currency" not in columns.places:
        foreign = cell("currency")
    elif _currency(cell("currency")) not in ("", "CNY"):
        faults.append(Fault("currency", "the amount is not in yuan"))
    donated_at = _read(faults, "donated_on", values.moment, cell("donated_on"))
    if donated_at is not None and donated_at > now() + timedelta(days=1):
        faults.append(Fault("donated_on", "the day has not come yet"))
    names = givers.read(values.plain(cell("name")), values.plain(cell("payer")))
    if len(names.giver or "") > NAME_CHARACTERS_MAX:
        faults.append(Fault("name", f"longer than {NAME_CHARACTERS_MAX} characters"))
    return Row(
        line=line,
        amount=amount,
        donated_at=donated_at,
        names=names,
        number=_read(faults, "number", _number, cell("number")),
        remark=values.tidy(values.plain(cell("remark"))) or None,
        designation=values.tidy(values.plain(cell("designation"))) or None,
        kind=givers.kind(values.plain(cell("kind"))),
        original=_original(faults, foreign, cell("original_amount"), amount),
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


def _currency(cell: Cell) -> str:
    """Return the code of what a cell calls a currency, or what it says if it has none."""
    named = spelling(values.plain(cell)).upper()
    return _CURRENCIES.get(named, named)


def _original(faults: list[Fault], currency: Cell, amount: Cell, yuan: int | None) -> Original | None:
    """Return what was given in a foreign currency; in a list with others too, a gift in yuan has none."""
    code, written = _currency(currency), values.plain(amount).strip()
    if code == "CNY" and written and _read(faults, "original_amount", values.amount, amount) != yuan:
        faults.append(Fault("original_amount", "in yuan, and not the amount of the gift"))
    if code == "CNY" or not (code or written):
        return None
    if code not in FOREIGN_DECIMALS:
        reason = "not a currency of ISO 4217" if code else "the amount has no currency"
        faults.append(Fault("original_currency", reason))
        return None
    try:
        return Original(code, read_foreign(code, written))
    except ValueError as error:
        faults.append(Fault("original_amount", str(error)))
        return None


def _number(cell: Cell) -> str | None:
    if isinstance(cell, int | float) and abs(cell) >= 10**values.EXACT_DIGITS:
        raise ValueError("a number of more than 15 digits must be text: a spreadsheet rounds it")
    text = values.tidy(values.plain(cell))
    if len(text) > NUMBER_CHARACTERS_MAX:
        raise ValueError(f"longer than {NUMBER_CHARACTERS_MAX} characters")
    return text or None
