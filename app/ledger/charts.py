"""Charts: the statutory accounts, versioned. The same code means different things in different versions.

Chart "2026": 民间非营利组织会计制度 (财会〔2024〕25号), in force from 2026-01-01, 56 first-level accounts.
Chart "2004": 财会〔2004〕7号, in force until 2025-12-31.
"""

import enum
from collections.abc import Mapping
from typing import NamedTuple

CLEARING = "0000"
"""Our own device for moves between two funds: zero in every entry, in no statement."""


class ChartLine(NamedTuple):
    """One first-level account: code, Chinese and English name, kind, and the side that increases it."""

    code: str
    name_zh: str
    name: str
    kind: str
    debit_normal: bool


def _lines(kind: str, debit_normal: bool, *rows: tuple[str, str, str]) -> list[ChartLine]:
    return [ChartLine(code, name_zh, name, kind, debit_normal) for code, name_zh, name in rows]


CHART_2026: list[ChartLine] = sorted(
    [
        *_lines(
            "asset",
            True,
            ("1001", "现金", "Cash on hand"),
            ("1002", "银行存款", "Bank deposits"),
            ("1009", "其他货币资金", "Other monetary funds"),
            ("1101", "短期投资", "Short-term investments"),
            ("1111", "应收票据", "Notes receivable"),
            ("1121", "应收账款", "Accounts receivable"),
            ("1122", "其他应收款", "Other receivables"),
            ("1141", "预付账款", "Prepayments"),
            ("1201", "存货", "Inventories"),
            ("1301", "待摊费用", "Prepaid expenses"),
            ("1401", "长期股权投资", "Long-term equity investments"),
            ("1402", "长期债权投资", "Long-term debt investments"),
            ("1403", "其他长期投资", "Other long-term investments"),
            ("1501", "固定资产", "Fixed assets"),
            ("1505", "在建工程", "Construction in progress"),
            ("1506", "文物资源", "Heritage assets"),
            ("1509", "固定资产清理", "Disposal of fixed assets"),
            ("1601", "无形资产", "Intangible assets"),
            ("1701", "长期待摊费用", "Long-term deferred expenses"),
            ("1801", "受托代理资产", "Agency assets"),
        ),
        *_lines(
            "asset",
            False,
            ("1102", "短期投资跌价准备", "Allowance for short-term investments"),
            ("1131", "坏账准备", "Bad-debt allowance"),
            ("1202", "存货跌价准备", "Allowance for inventories"),
            ("1421", "长期投资减值准备", "Impairment of long-term investments"),
            ("1502", "累计折旧", "Accumulated depreciation"),
            ("1602", "累计摊销", "Accumulated amortisation"),
        ),
        *_lines(
            "liability",
            False,
            ("2101", "短期借款", "Short-term loans"),
            ("2201", "应付票据", "Notes payable"),
            ("2202", "应付账款", "Accounts payable"),
            ("2203", "预收账款", "Advances received"),
            ("2204", "应付职工薪酬", "Payroll payable"),
            ("2206", "应交税费", "Taxes payable"),
            ("2209", "其他应付款", "Other payables"),
            ("2301", "预提费用", "Accrued expenses"),
            ("2501", "长期借款", "Long-term loans"),
            ("2502", "长期应付款", "Long-term payables"),
            ("2503", "预计负债", "Provisions"),
            ("2601", "受托代理负债", "Agency liabilities"),
        ),
        *_lines(
            "net_assets",
            False,
            ("3101", "非限定性净资产", "Unrestricted net assets"),
            ("3102", "限定性净资产", "Restricted net assets"),
            ("3201", "以前年度净资产调整", "Prior-year adjustments of net assets"),
        ),
        *_lines(
            "income",
            False,
            ("4101", "捐赠收入", "Donation income"),
            ("4201", "会费收入", "Membership income"),
            ("4301", "提供服务收入", "Service income"),
            ("4401", "政府补助收入", "Government grant income"),
            ("4501", "商品销售收入", "Sales income"),
            ("4601", "投资收益", "Investment income"),
            ("4701", "总部拨款收入", "Head-office income"),
            ("4901", "其他收入", "Other income"),
        ),
        *_lines(
            "expense",
            True,
            ("5101", "业务活动成本", "Programme cost"),
            ("5201", "税金及附加", "Taxes and surcharges"),
            ("5301", "管理费用", "Administrative expense"),
            ("5401", "筹资费用", "Fundraising expense"),
            ("5501", "资产减值损失", "Impairment losses"),
            ("5601", "所得税费用", "Income tax"),
            ("5901", "其他费用", "Other expense"),
        ),
    ]
)

# Remembered, not read: confidence C until somebody has compared it with the text (domain.md 3.1).
CHART_2004: list[ChartLine] = sorted(
    [
        *_lines(
            "asset",
            True,
            ("1001", "现金", "Cash on hand"),
            ("1002", "银行存款", "Bank deposits"),
            ("1009", "其他货币资金", "Other monetary funds"),
            ("1101", "短期投资", "Short-term investments"),
            ("1111", "应收票据", "Notes receivable"),
            ("1121", "应收账款", "Accounts receivable"),
            ("1122", "其他应收款", "Other receivables"),
            ("1141", "预付账款", "Prepayments"),
            ("1201", "存货", "Inventories"),
            ("1301", "待摊费用", "Prepaid expenses"),
            ("1401", "长期股权投资", "Long-term equity investments"),
            ("1402", "长期债权投资", "Long-term debt investments"),
            ("1501", "固定资产", "Fixed assets"),
            ("1505", "在建工程", "Construction in progress"),
            ("1506", "文物文化资产", "Cultural relics and assets"),
            ("1509", "固定资产清理", "Disposal of fixed assets"),
            ("1601", "无形资产", "Intangible assets"),
            ("1701", "受托代理资产", "Agency assets"),
        ),
        *_lines(
            "asset",
            False,
            ("1102", "短期投资跌价准备", "Allowance for short-term investments"),
            ("1131", "坏账准备", "Bad-debt allowance"),
            ("1202", "存货跌价准备", "Allowance for inventories"),
            ("1421", "长期投资减值准备", "Impairment of long-term investments"),
            ("1502", "累计折旧", "Accumulated depreciation"),
        ),
        *_lines(
            "liability",
            False,
            ("2101", "短期借款", "Short-term loans"),
            ("2201", "应付票据", "Notes payable"),
            ("2202", "应付账款", "Accounts payable"),
            ("2203", "预收账款", "Advances received"),
            ("2204", "应付工资", "Wages payable"),
            ("2206", "应交税金", "Taxes payable"),
            ("2209", "其他应付款", "Other payables"),
            ("2301", "预提费用", "Accrued expenses"),
            ("2401", "预计负债", "Provisions"),
            ("2501", "长期借款", "Long-term loans"),
            ("2502", "长期应付款", "Long-term payables"),
            ("2601", "受托代理负债", "Agency liabilities"),
        ),
        *_lines(
            "net_assets",
            False,
            ("3101", "非限定性净资产", "Unrestricted net assets"),
            ("3102", "限定性净资产", "Restricted net assets"),
        ),
        *_lines(
            "income",
            False,
            ("4101", "捐赠收入", "Donation income"),
            ("4201", "会费收入", "Membership income"),
            ("4301", "提供服务收入", "Service income"),
            ("4401", "政府补助收入", "Government grant income"),
            ("4501", "商品销售收入", "Sales income"),
            ("4601", "投资收益", "Investment income"),
            ("4901", "其他收入", "Other income"),
        ),
        *_lines(
            "expense",
            True,
            ("5101", "业务活动成本", "Programme cost"),
            ("5201", "管理费用", "Administrative expense"),
            ("5301", "筹资费用", "Fundraising expense"),
            ("5401", "其他费用", "Other expense"),
        ),
    ]
)


class Concept(enum.StrEnum):
    """What an account is for where the charts give it different codes, or one of them none (3.1)."""

    agency_assets = "agency_assets"
    prior_years = "prior_years"
    taxes = "taxes"
    administration = "administration"
    fundraising = "fundraising"
    other_costs = "other_costs"


CODES: Mapping[str, Mapping[Concept, str]] = {
    "2026": {
        Concept.agency_assets: "1801",
        Concept.prior_years: "3201",
        Concept.taxes: "5201",
        Concept.administration: "5301",
        Concept.fundraising: "5401",
        Concept.other_costs: "5901",
    },
    "2004": {
        Concept.agency_assets: "1701",
        Concept.administration: "5201",
        Concept.fundraising: "5301",
        Concept.other_costs: "5401",
    },
}
"""The codes by concept. 5301 is administration on one chart and fundraising on the other."""

RELEASED_WITHIN_INCOME = frozenset({"2026"})
"""Charts on which a restriction that ends in the year of the income moves income, not net assets (70)."""


def code(chart: str, concept: Concept) -> str:
    """Return the code of a concept on a chart that has it."""
    return CODES[chart][concept]


def on(chart: str, code_2026: str) -> str | None:
    """Return the code on a chart of what stands on `code_2026` in the chart of 2026; None if it has none."""
    for concept, one in CODES["2026"].items():
        if one == code_2026:
            return CODES[chart].get(concept)
    same = code_2026 not in CODES[chart].values() and any(one.code == code_2026 for one in CHARTS[chart])
    return code_2026 if same else None


def prior_years(chart: str, *, restricted: bool) -> str:
    """Return where what corrects an earlier year goes; on the chart of 2004 to net assets directly."""
    return CODES[chart].get(Concept.prior_years) or ("3102" if restricted else "3101")


TECHNICAL = ChartLine(CLEARING, "内部结转", "Clearing between funds", "clearing", True)
CHARTS: dict[str, list[ChartLine]] = {"2004": CHART_2004, "2026": CHART_2026}
FROM_2004_TO_2026 = {"1701": "1801", "2401": "2503"}
"""Accounts that stand elsewhere in the chart of 2026 (财会〔2025〕6号; C); all others keep their codes."""
