"""Workbook: what was handed in, read whole, with everything that is wrong in it at its place."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.kit.sheets import filled
from app.kit.sheets.faults import Faults
from app.kit.sheets.filled import Row
from app.kit.sheets.forms import Form
from app.ledger.charts import CHARTS
from app.ledger.funds import GENERAL_CODE
from app.onboarding import forms
from app.onboarding.errors import WorkbookTooLarge

# Which sheet says in detail what stands on an account of the trial balance.
CASH = {"bank": "1002", "cash": "1001", "merchant": "1009"}


@dataclass(frozen=True, slots=True)
class Handed:
    """A workbook's rows by sheet, and the digest by which the same file is known again."""

    sha256: bytes
    balances: Sequence[Row]
    funds: Sequence[Row]
    accounts: Sequence[Row]
    advances: Sequence[Row]
    in_transit: Sequence[Row]
    people: Sequence[Row]
    campaigns: Sequence[Row]
    faults: Faults

    def wrong(self, row: Row, column: str | None, *, code: str, detail: str) -> None:
        """Note that a row cannot be so."""
        self.faults.add(row.sheet, row.line, column, code=code, detail=detail)


def read(path: Path, chart: str) -> Handed:
    """Read a workbook and check each part against the others; refuse it with every fault that it has."""
    rows: dict[str, list[Row]] = {}
    with filled.opened(path, forms.FORMS) as book:
        for form in forms.FORMS:
            rows[form.name] = _bounded(book, form)
        handed = Handed(sha256=hashlib.sha256(path.read_bytes()).digest(), faults=book.faults, **rows)
    _check_balances(handed, chart)
    for name, column in (("funds", "fund"), ("accounts", "code"), ("people", "username")):
        _once(handed, rows[name], column)
    _check_funds(handed)
    handed.faults.refuse()
    _check_parts(handed)
    handed.faults.refuse()
    return handed


def amount(row: Row) -> int:
    """Return what a row of the trial balance says, debit positive."""
    return (row.values.get("debit") or 0) - (row.values.get("credit") or 0)


def _bounded(book: filled.Workbook, form: Form) -> list[Row]:
    rows: list[Row] = []
    for row in book.rows(form):
        rows.append(row)
        if len(rows) > forms.LINES_MAX:
            raise WorkbookTooLarge(sheet=form.zh, at_most=forms.LINES_MAX)
    return rows


def _check_balances(handed: Handed, chart: str) -> None:
    known = {line.code for line in CHARTS[chart]}
    for row in handed.balances:
        if row.values["code"] not in known:
            handed.wrong(row, "科目编码", code="account_unknown", detail=f"no such account in chart {chart}")
        if (row.values.get("debit") is None) == (row.values.get("credit") is None):
            handed.wrong(row, "借方余额", code="one_side", detail="either a debit or a credit balance")


def _once(handed: Handed, rows: Sequence[Row], column: str) -> None:
    seen = Counter(str(row.values[column]) for row in rows)
    for row in rows:
        if seen[str(row.values[column])] > 1:
            handed.wrong(row, column, code="twice", detail=f"{row.values[column]} stands here twice")


def _check_funds(handed: Handed) -> None:
    known = {row.values["fund"] for row in handed.funds} | {GENERAL_CODE}
    for row in (*handed.balances, *handed.advances, *handed.campaigns):
        fund = row.values.get("fund")
        if fund is not None and fund not in known:
            handed.wrong(row, "基金代码", code="fund_unknown", detail=f"{fund} is not on the sheet 基金")
    for row in handed.funds:
        if row.values["unspent"] < 0:
            handed.wrong(row, "未使用余额", code="negative", detail="a fund holds nothing or more")
        if row.values["fund"] == GENERAL_CODE and row.values["restricted"]:
            handed.wrong(row, "是否限定性", code="general_restricted", detail="the general fund is not")


def _check_parts(handed: Handed) -> None:
    """Compare what the sheets say in detail with the trial balance, and debits with credits."""
    detail: Counter[str] = Counter()
    for row in handed.accounts:
        detail[CASH[row.values["kind"]]] += row.values["amount"]
    detail["1009"] += sum(row.values["amount"] for row in handed.in_transit)
    detail["1141"] += sum(row.values["amount"] for row in handed.advances)
    standing: Counter[str] = Counter()
    for row in handed.balances:
        standing[row.values["code"]] += amount(row)
    for code in sorted(set(detail) | {"1001", "1002", "1009", "1141"}):
        if detail[code] != standing[code]:
            said = f"{code}: {standing[code]} fen here, {detail[code]} fen on the sheets in detail"
            handed.faults.add(forms.BALANCES.zh, None, None, code="part_differs", detail=said)
    if rest := sum(standing.values()):
        said = f"debits are {rest} fen more than credits"
        handed.faults.add(forms.BALANCES.zh, None, None, code="unbalanced", detail=said)
