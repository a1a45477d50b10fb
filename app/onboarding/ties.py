"""Ties: each sheet against the others; where two that tell of the same money differ, nothing is taken."""

from collections import Counter
from collections.abc import Sequence

from app.accounting.vouchers.lines import AGENCY
from app.kit.money import yuan
from app.kit.sheets.faults import Said
from app.kit.sheets.filled import Row
from app.ledger import charts
from app.ledger.charts import CHARTS, Concept
from app.ledger.funds import GENERAL_CODE
from app.onboarding import forms, workbooks
from app.onboarding.orders import Order
from app.onboarding.workbooks import Handed

# Which sheet says in detail what stands on an account of the trial balance.
CASH = {"bank": "1002", "cash": "1001", "merchant": "1009"}
ADVANCED = "1141"
DETAILED = frozenset({*CASH.values(), ADVANCED})

_ONE_SIDE = Said("either a debit or a credit balance", "借方、贷方余额须且只须填一项")
_NEGATIVE = Said("a fund holds nothing or more", "基金余额不得为负")
_POSITIVE = Said("more than nothing", "须大于零")
_GENERAL = Said("the general fund is not restricted", "GENERAL 为非限定资金，不能标为限定性")
_DAY = Said("not between the campaign's beginning and the day of going live", "须在活动开始日与上线日期之间")
_AGENCY = Said("a part of what lies in a bank account", "须为银行账户余额的一部分")
_LATER = Said("before the day of going live", "须早于上线日期")


def check(handed: Handed, order: Order) -> None:
    """Refuse a workbook with every fault that it has: first those of single lines, then those of sums."""
    _check_organization(handed, order)
    _check_balances(handed, order.chart)
    for rows, column in (
        (handed.funds, "fund"),
        (handed.accounts, "code"),
        (handed.people, "username"),
    ):
        _once(handed, rows, column)
    _check_funds(handed)
    _check_days(handed, order)
    handed.faults.refuse()
    _check_details(handed)
    _check_agency(handed, order.chart)
    _check_donors(handed)
    handed.faults.refuse()


def _check_organization(handed: Handed, order: Order) -> None:
    told = {"code": order.organization.code, "live_on": order.live_on}
    for row in handed.organization:
        for column, ours in told.items():
            if row.values[column] != ours:
                detail = Said(f"it goes live as {ours}", f"与系统登记的 {ours} 不一致")
                handed.wrong(row, column, code="organization_differs", detail=detail)


def _check_balances(handed: Handed, chart: str) -> None:
    known = {line.code for line in CHARTS[chart]}
    unknown = Said(f"no such account in chart {chart}", f"{chart} 版会计科目表中没有此科目")
    for row in handed.balances:
        if row.values["code"] not in known:
            handed.wrong(row, "code", code="account_unknown", detail=unknown)
        if (row.values.get("debit") is None) == (row.values.get("credit") is None):
            column = "debit" if "debit" in row.headers else "code"
            handed.wrong(row, column, code="one_side", detail=_ONE_SIDE)


def _once(handed: Handed, rows: Sequence[Row], column: str) -> None:
    seen = Counter(str(row.values[column]) for row in rows)
    for row in rows:
        said = str(row.values[column])
        if seen[said] > 1:
            handed.wrong(
                row, column, code="twice", detail=Said(f"{said} stands here twice", f"{said} 重复出现")
            )


def _check_funds(handed: Handed) -> None:
    known = {row.values["fund"] for row in handed.funds} | {GENERAL_CODE}
    sheet = handed.titles[forms.FUNDS.name]
    for row in (*handed.balances, *handed.advances, *handed.campaigns, *handed.donors):
        fund = row.values.get("fund")
        if fund is not None and fund not in known:
            detail = Said(f"{fund} is not on the sheet {sheet}", f"{fund} 不在“{sheet}”表中")
            handed.wrong(row, "fund", code="fund_unknown", detail=detail)
    for row in handed.funds:
        if row.values["unspent"] < 0:
            handed.wrong(row, "unspent", code="negative", detail=_NEGATIVE)
        if row.values["fund"] == GENERAL_CODE and row.values["restricted"]:
            handed.wrong(row, "restricted", code="general_restricted", detail=_GENERAL)
    for row in (*handed.donors, *handed.in_transit):
        if row.values["amount"] <= 0:
            handed.wrong(row, "amount", code="not_positive", detail=_POSITIVE)


def _check_days(handed: Handed, order: Order) -> None:
    for row in handed.donors:
        if row.values["given_on"] >= order.live_on:
            handed.wrong(row, "given_on", code="too_late", detail=_LATER)
    for row in handed.campaigns:
        published_on = row.values.get("last_published_on")
        if published_on and not row.values["starts_on"] <= published_on < order.live_on:
            handed.wrong(row, "last_published_on", code="out_of_bounds", detail=_DAY)


def _check_details(handed: Handed) -> None:
    """Compare what the sheets say in detail with the trial balance, and debits with credits."""
    detail: Counter[str] = Counter()
    for kind, held in workbooks.sums(handed.accounts, "kind").items():
        detail[CASH[kind]] += held
    detail["1009"] += sum(row.values["amount"] for row in handed.in_transit)
    detail[ADVANCED] += sum(row.values["amount"] for row in handed.advances)
    standing: Counter[str] = Counter()
    for row in handed.balances:
        standing[row.values["code"]] += workbooks.amount(row)
    for code in sorted(DETAILED):
        if detail[code] != standing[code]:
            here, there = yuan(standing[code]), yuan(detail[code])
            said = Said(
                f"{code}: {here} yuan here, {there} yuan on the sheets in detail",
                f"{code}：本表 {here} 元，明细表合计 {there} 元",
            )
            handed.wrong_sheet(forms.BALANCES, code="part_differs", detail=said)
    if rest := sum(standing.values()):
        more = yuan(rest)
        said = Said(f"debits are {more} yuan more than credits", f"借方合计比贷方合计多 {more} 元")
        handed.wrong_sheet(forms.BALANCES, code="unbalanced", detail=said)


def _check_agency(handed: Handed, chart: str) -> None:
    """What is only handed on, in bank accounts or in kind, is as much as is owed for it (1801, 2601)."""
    held = 0
    for row in handed.accounts:
        agency = row.values.get("agency") or 0
        held += agency
        if agency and (row.values["kind"] != "bank" or not 0 < agency <= row.values["amount"]):
            handed.wrong(row, "agency", code="out_of_bounds", detail=_AGENCY)
    kept = charts.code(chart, Concept.agency_assets)
    for row in handed.balances:
        held += workbooks.amount(row) if row.values["code"] in (kept, AGENCY) else 0
    if held:
        more = yuan(held)
        said = Said(
            f"agency assets are {more} yuan more than agency liabilities",
            f"受托代理资产比受托代理负债多 {more} 元",
        )
        handed.wrong_sheet(forms.BALANCES, code="agency_differs", detail=said)


def _check_donors(handed: Handed) -> None:
    """A list of donors stands behind a fund only if it adds up to what the fund holds unspent."""
    given = workbooks.sums(handed.donors, "fund")
    held = {row.values["fund"]: row for row in handed.funds}
    for fund in sorted(given.keys() - held.keys()):
        detail = Said(f"{fund} holds nothing unspent", f"{fund} 未列未使用余额")
        handed.wrong_sheet(forms.DONORS, code="donors_differ", detail=detail)
    for fund, row in held.items():
        if fund in given and given[fund] != row.values["unspent"]:
            listed = yuan(given[fund])
            detail = Said(f"its donors' gifts add up to {listed} yuan", f"捐赠明细合计 {listed} 元")
            handed.wrong(row, "unspent", code="donors_differ", detail=detail)
