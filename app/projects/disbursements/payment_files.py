"""Payment files: an order as CSV for a bank, and the bank's results read back."""

import csv
import io
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import BinaryIO

from app.kit import tables
from app.kit.cells import values
from app.kit.cells.headers import spelling
from app.kit.money import yuan
from app.kit.tables import Cell, HeaderNotFound
from app.projects.disbursements.accounts import Details
from app.projects.disbursements.errors import ResultsUnreadable
from app.projects.models import PaymentOutcome

ROWS_MAX = 5_000
_HEADER = ("序号", "收款户名", "收款账号", "开户行", "网点", "金额", "付款编号", "用途")
_COLUMNS: Mapping[str, frozenset[str]] = {
    "reference": frozenset({"付款编号", "业务编号", "附言", "用户编号", "reference"}),
    "outcome": frozenset({"结果", "状态", "处理结果", "交易状态", "outcome", "status"}),
    "amount": frozenset({"金额", "金额(元)", "付款金额", "amount"}),
    "on": frozenset({"日期", "交易日期", "完成日期", "date"}),
    "reason": frozenset({"原因", "失败原因", "说明", "reason"}),
}
_OUTCOMES: Mapping[str, PaymentOutcome] = {
    **dict.fromkeys(("成功", "已支付", "付款成功", "交易成功", "paid", "success"), PaymentOutcome.paid),
    **dict.fromkeys(("失败", "付款失败", "交易失败", "退票", "已退回", "failed"), PaymentOutcome.failed),
}
_FORMULA = ("=", "+", "-", "@")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One payment as its bank has to know it; an erased payee's details are gone."""

    number: int
    reference: str
    amount: int
    details: Details | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A row of a bank's results; None where it says nothing that we can read."""

    line: int
    reference: str | None
    outcome: PaymentOutcome | None
    amount: int | None = None
    on: date | None = None
    reason: str | None = None


def write(rows: Sequence[Row]) -> str:
    """Return payments as CSV with amounts in yuan; spreadsheets and banks here expect the mark of UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_HEADER)
    for row in rows:
        to = row.details or Details(holder="", number="", bank="")
        cells = (to.holder, to.number, to.bank, to.branch or "")
        amount = yuan(row.amount).replace(",", "")
        writer.writerow([row.number, *map(_plain, cells), amount, row.reference, "项目拨付"])
    return "\ufeff" + out.getvalue()


def _plain(text: str) -> str:
    # What begins like a formula would be calculated by whoever opens the file.
    return f"'{text}" if text.startswith(_FORMULA) else text


def read(source: BinaryIO) -> list[Told]:
    """Return the rows of a bank's results (CSV or XLSX), or refuse the file: ResultsUnreadable."""
    with NamedTemporaryFile(prefix="payment-results-") as aside:
        shutil.copyfileobj(source, aside)
        aside.flush()
        return _read(Path(aside.name))


def _read(path: Path) -> list[Told]:
    try:
        table = tables.find(path, lambda header: {"reference", "outcome"} <= _places(header).keys())
    except HeaderNotFound:
        raise ResultsUnreadable from None
    places = _places(table.header)
    told: list[Told] = []
    with table.rows() as rows:
        for line, cells in rows:
            if len(told) == ROWS_MAX:
                raise ResultsUnreadable(
                    "more rows than a file of results has", "行数超过结果文件的上限", rows_max=ROWS_MAX
                )
            told.append(_told(line, {name: _at(cells, place) for name, place in places.items()}))
    return told


def _places(header: Sequence[str]) -> dict[str, int]:
    spelled = [spelling(one) for one in header]
    found: dict[str, int] = {}
    for name, titles in _COLUMNS.items():
        place = next((place for place, one in enumerate(spelled) if one in titles), None)
        if place is not None:
            found[name] = place
    return found


def _at(cells: Sequence[Cell], place: int) -> Cell:
    return cells[place] if place < len(cells) else None


def _told(line: int, said: Mapping[str, Cell]) -> Told:
    reference = values.tidy(values.plain(said.get("reference"))).upper()
    outcome = _OUTCOMES.get(spelling(values.plain(said.get("outcome"))))
    try:
        amount = values.amount(said["amount"]) if said.get("amount") not in {None, ""} else None
        on = values.moment(said["on"]).date() if said.get("on") not in {None, ""} else None
    except ValueError:
        # What cannot be read is not guessed: the row is listed as unread.
        outcome, amount, on = None, None, None
    reason = values.tidy(values.plain(said.get("reason")))[:200] or None
    # Only what looks like one of our codes is kept: a bank may repeat a name where a number is expected.
    ours = reference if reference.isascii() and reference.isalnum() and len(reference) <= 40 else None
    return Told(line=line, reference=ours, outcome=outcome, amount=amount, on=on, reason=reason)
