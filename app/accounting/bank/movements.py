"""Movements: what one line of a bank's statement says, or why it cannot be read."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from app.accounting.bank.layouts import Layout
from app.kit.cells import values
from app.kit.chinese import faults
from app.kit.clock import legal_day, today
from app.kit.money import AMOUNT_MINOR_MAX
from app.kit.tables import Cell
from app.kit.vault import Vault, normalised

WORDS = ("name", "account", "summary", "remark")
"""What may tell of a person; sealed as soon as it has been read."""

WORD_CHARACTERS_MAX = 500
_OUT = frozenset({"借", "支", "支出", "出", "d", "dr", "debit", "out"})
_IN = frozenset({"贷", "收", "收入", "入", "c", "cr", "credit", "in"})


@dataclass(frozen=True, slots=True)
class Fault:
    """What does not agree in a statement, at which line and column. Never the cell: it may hold a name."""

    line: int
    column: str
    reason: str
    reason_zh: str = ""

    def as_error(self) -> dict[str, str | int]:
        """Return the fault as a member of a problem document's `errors`; line 0 is the file as a whole."""
        where = f"line {self.line} {self.column}" if self.line else self.column
        told: dict[str, str | int] = {"pointer": where, "in": "file", "code": "unsound"}
        said = {
            "detail": self.reason,
            "detail_zh": self.reason_zh or faults.CELLS.get(self.reason, faults.UNFIT),
        }
        return told | said | {"row": self.line, "column": self.column}


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """Money that came in (above zero) or went out (below), as the bank tells it; `words` hold who and why."""

    line: int
    day: date
    amount: int
    balance: int | None = None
    serial: str | None = None
    words: dict[str, str] = field(default_factory=dict[str, str])

    def facts(self, occurrence: int) -> bytes:
        """Return what tells this movement from every other, in whatever file it comes."""
        if self.serial:
            # A bank that books both sides of a transfer under one number is told apart by the sign.
            return f"serial\0{self.serial}\0{self.amount}".encode()
        told = [self.day.isoformat(), str(self.amount), str(self.balance)]
        told += [normalised(self.words.get(name, "")) for name in WORDS]
        return "\0".join(("facts", *told, str(occurrence))).encode()

    def identity(self, secrets: Vault, occurrence: int) -> bytes:
        """Return the same unreadable, without our key."""
        return secrets.mac(b"bank-line/v1\0" + self.facts(occurrence))


def read(line: int, cells: Sequence[Cell], layout: Layout, *, day: date | None = None) -> Movement | Fault:
    """Return what a line says, or its first fault; only an amount and a day are needed."""
    column = "day"
    try:
        when = day or _day(layout.cell(cells, "day"))
        column = "amount_in"
        amount = _within(_amount(cells, layout))
        column = "balance"
        balance = _optional(layout.cell(cells, "balance"))
        column = "serial"
        serial = _serial(layout.cell(cells, "serial"))
    except ValueError as error:
        return Fault(line, layout.header_of(column), str(error))
    words = {name: values.tidy(values.plain(layout.cell(cells, name))) for name in WORDS}
    return Movement(
        line=line,
        day=when,
        amount=amount,
        balance=balance,
        serial=serial,
        words={name: word[:WORD_CHARACTERS_MAX] for name, word in words.items() if word},
    )


def _day(cell: Cell) -> date:
    day = legal_day(values.moment(cell))
    if day > today():
        raise ValueError("the day has not come yet")
    return day


def _within(amount: int) -> int:
    if not 1 <= abs(amount) <= AMOUNT_MINOR_MAX:
        raise ValueError("a movement is at least 0.01 yuan and at most ten trillion")
    return amount


def _amount(cells: Sequence[Cell], layout: Layout) -> int:
    came = _optional(layout.cell(cells, "amount_in")) or 0
    went = _optional(layout.cell(cells, "amount_out")) or 0
    if came and went:
        raise ValueError("money both in and out")
    if came or went:
        # Some banks print what went out below zero.
        return came - abs(went)
    amount = _optional(layout.cell(cells, "amount"))
    if amount is None:
        raise ValueError("there is no amount")
    sign = values.tidy(values.plain(layout.cell(cells, "sign"))).casefold()
    if sign in _OUT:
        return -abs(amount)
    if sign and sign not in _IN:
        raise ValueError("neither in nor out")
    return amount


def _optional(cell: Cell) -> int | None:
    text = values.plain(cell).strip()
    return None if text in {"", "-", "--"} else values.amount(text)


def _serial(cell: Cell) -> str | None:
    if isinstance(cell, int | float) and abs(cell) >= 10**values.EXACT_DIGITS:
        raise ValueError("a number of more than 15 digits must be text: a spreadsheet rounds it")
    return values.tidy(values.plain(cell))[:WORD_CHARACTERS_MAX] or None
