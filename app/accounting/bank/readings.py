"""Readings: a bank's statement read as a whole: opening balance and lines must give the closing one."""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.accounting.bank import layouts, movements
from app.accounting.bank.errors import StatementEmpty, StatementUnsound
from app.accounting.bank.layouts import Layout
from app.accounting.bank.movements import Fault, Movement
from app.kit.cells import values
from app.kit.tables import Cell, HeaderNotFound
from app.kit.vault import Vault

FAULTS_SHOWN_MAX = 50
LINES_MAX = 100_000
_SUMS = re.compile(r"(合计|总计|小计|本页|累计|total)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Controls:
    """What is told beside a file, in fen: it must agree. `day` dates a file without a column for it."""

    opening: int | None = None
    closing: int | None = None
    count: int | None = None
    day: date | None = None
    where: tuple[str, str] | None = None
    """Of a file about several accounts: the column and the value that the lines of this one have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A statement that agrees with itself; its movements from the oldest to the newest."""

    movements: Sequence[Movement]
    opening: int | None
    mac: bytes

    @property
    def came_in(self) -> int:
        """What came in, in fen."""
        return sum(one.amount for one in self.movements if one.amount > 0)

    @property
    def went_out(self) -> int:
        """What went out, in fen."""
        return -sum(one.amount for one in self.movements if one.amount < 0)


def read(path: Path, controls: Controls, secrets: Vault) -> Reading:
    """Read a statement, or refuse all of it: StatementUnsound tells every fault by line and column."""
    table, layout = layouts.find(path, dated=controls.day is not None)
    faults: list[Fault] = []
    told: list[Movement] = []
    chosen = _chooser(layout, controls.where) if controls.where else None
    with table.rows() as lines:
        for line, cells in lines:
            if _is_sum(cells) or (chosen is not None and not chosen(cells)):
                continue
            one = movements.read(line, cells, layout, day=controls.day)
            if isinstance(one, Movement):
                told.append(one)
            else:
                faults.append(one)
            if len(told) > LINES_MAX:
                raise StatementUnsound(lines_max=LINES_MAX)
    if not faults and not told:
        raise StatementEmpty(file=path.name)
    ordered, breaks = _in_order(told, layout)
    opening, wrong = _controlled(ordered, controls)
    faults += [*breaks, *wrong]
    if faults:
        raise StatementUnsound(
            errors=[fault.as_error() for fault in faults[:FAULTS_SHOWN_MAX]], fault_count=len(faults)
        )
    # The control totals belong to the content: the same bytes for another day are another statement.
    mac = hashlib.sha256(
        path.read_bytes() + str((controls.day, controls.opening, controls.where)).encode()
    ).digest()
    return Reading(movements=ordered, opening=opening, mac=secrets.mac(b"bank-statement/v1\0" + mac))


def _chooser(layout: Layout, where: tuple[str, str]) -> Callable[[Sequence[Cell]], bool]:
    column, value = where
    if column not in layout.header:
        raise HeaderNotFound(column=column)
    place = layout.header.index(column)
    return lambda cells: place < len(cells) and values.tidy(values.plain(cells[place])) == value


def _is_sum(cells: Sequence[Cell]) -> bool:
    first = next((text for cell in cells if (text := values.plain(cell).strip())), "")
    return _SUMS.match(first) is not None


def _in_order(told: list[Movement], layout: Layout) -> tuple[list[Movement], list[Fault]]:
    """Return the movements from the oldest on: half of the banks print the newest first."""
    backwards = told[::-1]
    if all(one.balance is None for one in told):
        newest_first = bool(told) and told[0].day > told[-1].day
        return (backwards if newest_first else told), []
    breaks, other = _breaks(told, layout), _breaks(backwards, layout)
    # One line alone, or an equal number of breaks, is told apart by the days.
    if len(other) < len(breaks) or (len(other) == len(breaks) and told[0].day > told[-1].day):
        return backwards, other
    return told, breaks


def _breaks(ordered: Sequence[Movement], layout: Layout) -> list[Fault]:
    found: list[Fault] = []
    balance: int | None = None
    for one in ordered:
        expected = None if balance is None else balance + one.amount
        if expected is not None and one.balance is not None and one.balance != expected:
            reason = "not the balance before it and its own amount"
            found.append(Fault(one.line, layout.header_of("balance"), reason))
        balance = one.balance if one.balance is not None else expected
    return found


def _controlled(ordered: Sequence[Movement], controls: Controls) -> tuple[int | None, list[Fault]]:
    opening, faults = controls.opening, list[Fault]()
    before = 0
    for one in ordered:
        before += one.amount
        if one.balance is not None:
            counted = one.balance - before
            if opening is not None and opening != counted:
                faults.append(Fault(one.line, "opening", "the opening balance is another one"))
            opening = counted
            break
    if controls.count is not None and controls.count != len(ordered):
        said = f"{controls.count} lines expected, {len(ordered)} found"
        said_zh = f"应有 {controls.count} 行，实有 {len(ordered)} 行"
        faults.append(Fault(0, "count", said, said_zh))
    total = sum(one.amount for one in ordered)
    if controls.closing is not None:
        if opening is None:
            opening = controls.closing - total
        elif opening + total != controls.closing:
            faults.append(Fault(0, "closing", "opening balance and lines do not give the closing balance"))
    return opening, faults


def occurrences(told: Sequence[Movement]) -> list[int]:
    """Return of each movement which one it is among those with equal facts: whole days come again whole."""
    seen: Counter[bytes] = Counter()
    numbers: list[int] = []
    for one in told:
        seen[one.facts(0)] += 1
        numbers.append(seen[one.facts(0)])
    return numbers
