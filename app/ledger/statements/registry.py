"""Registry: the forms of every version of the chart."""

from app.ledger.statements.flows_2026 import CASH_FLOW, FLOWS
from app.ledger.statements.forms import Confidence, Form, Name
from app.ledger.statements.forms_2004 import FORM_2004
from app.ledger.statements.sheets_2026 import ACTIVITIES, BALANCE_SHEET

FORM_2026 = Form(
    chart="2026",
    confidence=Confidence.a1,
    names={
        Name.balance_sheet: ("会民非01表", "资产负债表", "Balance sheet"),
        Name.activities: ("会民非02表", "业务活动表", "Statement of activities"),
        Name.cash_flow: ("会民非03表", "现金流量表", "Statement of cash flows"),
    },
    balance_sheet=BALANCE_SHEET,
    activities=ACTIVITIES,
    cash_flow=CASH_FLOW,
    flows=FLOWS,
    # 财会〔2025〕6号: the year of the change is shown without the year before it.
    no_prior_year=frozenset({2026}),
)
FORMS: dict[str, Form] = {"2004": FORM_2004, "2026": FORM_2026}
