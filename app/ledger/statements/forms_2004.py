"""Forms of 2004: the statements of 财会〔2004〕7号, as far as they are remembered (confidence C).

Line by line from the forms of 2026, without what is new there, with the codes that differ.
"""

from dataclasses import replace

from app.ledger.charts import CHART_2004
from app.ledger.statements.flows_2026 import CASH_FLOW, FLOWS
from app.ledger.statements.forms import Confidence, Flow, Form, FormLine, Name
from app.ledger.statements.sheets_2026 import ACTIVITIES, BALANCE_SHEET

_NEW = frozenset(
    {"heritage", "amortisation", "intangible_at_cost", "deferred", "other_investments"}
    | {"trusts", "surcharges", "fundraising_cost", "impairment", "income_tax", "head_office"}
    | {"newly_restricted", "prior_years"}
)
_CODES: dict[str, tuple[str, ...]] = {
    "equity_investments": ("1401", "1421"),
    "intangible_net": ("1601",),
    "construction": ("1505", "1506"),
    "agency_assets": ("1701",),
    "provisions": ("2401",),
    "administration": ("5201",),
    "fundraising": ("5301",),
    "other_expense": ("5401",),
}
_NAMES = {
    "payroll": ("应付工资", "Wages payable"),
    "taxes": ("应交税金", "Taxes payable"),
    "construction": ("在建工程及文物文化资产", "Construction in progress, cultural relics and assets"),
    "intangible_net": ("无形资产", "Intangible assets"),
}


def _old(lines: tuple[FormLine, ...]) -> tuple[FormLine, ...]:
    kept: list[FormLine] = []
    for line in lines:
        if line.key in _NEW:
            continue
        label_zh, label = _NAMES.get(line.key, (line.label_zh, line.label))
        old = replace(
            line,
            label_zh=label_zh,
            label=label,
            codes=_CODES.get(line.key, line.codes),
            plus=tuple(key for key in line.plus if key not in _NEW),
            minus=tuple(key for key in line.minus if key not in _NEW),
        )
        if line.key in _CODES and line.total:
            old = replace(old, plus=(), minus=())
        kept.append(old)
    return tuple(kept)


_RENAMED = {
    "5301": "5201",
    "5401": "5301",
    "5401/interest": "5301/interest",
    "5901": "5401",
    "1801": "1701",
    "2503": "2401",
}
_KNOWN = {line.code for line in CHART_2004}


def _flow(flow: Flow) -> Flow:
    gone = {"5201", "5601", "1701", "3201", "4701", "5501", "1403"}
    codes = [_RENAMED.get(code, code) for code in flow.codes if code not in gone]
    return replace(flow, codes=tuple(code for code in codes if code.partition("/")[0] in _KNOWN))


FORM_2004 = Form(
    chart="2004",
    confidence=Confidence.c,
    names={
        Name.balance_sheet: ("会民非01表", "资产负债表", "Balance sheet"),
        Name.activities: ("会民非02表", "业务活动表", "Statement of activities"),
        Name.cash_flow: ("会民非03表", "现金流量表", "Statement of cash flows"),
    },
    balance_sheet=_old(BALANCE_SHEET),
    activities=_old(ACTIVITIES),
    cash_flow=CASH_FLOW,
    flows=tuple(_flow(flow) for flow in FLOWS),
    expenses_unrestricted=True,
)
