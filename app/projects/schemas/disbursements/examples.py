"""Examples: what the API's document shows of disbursements; nobody in them exists."""

from typing import Any

from app.projects.schemas.beneficiaries.examples import BENEFICIARY
from app.projects.schemas.register.examples import MOMENT, ORGANIZATION, OTHER, PROJECT, STAFF

COUNTERPARTY = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a6001"
FUND = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a6002"
AGREEMENT = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a6003"
DISBURSEMENT = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a6004"
ORDER = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a6005"
CHANNEL = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a6006"
FILE = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a6007"
ENTRY = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a6008"
OFFICER = f"staff:{STAFF}"
AMOUNT: dict[str, Any] = {"amount": 5000000, "currency": "CNY"}
PART: dict[str, Any] = {"amount": 3000000, "currency": "CNY"}

ACCOUNT_IN: dict[str, Any] = {
    "holder": "示例村股份经济合作社",
    "number": "6217 0000 0000 0000 000",
    "bank": "某银行",
    "branch": "紫阳县支行",
    "reason": "首次登记收款账户",
}
ACCOUNT: dict[str, Any] = {
    "id": OTHER,
    "organization_id": ORGANIZATION,
    "counterparty_id": COUNTERPARTY,
    "number_last": "0000",
    "state": "proposed",
    "reason": "首次登记收款账户",
    "proposed_by": OFFICER,
    "decided_by": None,
    "decided_at": None,
    "created_at": MOMENT,
}
RELATION_IN: dict[str, Any] = {"staff_id": STAFF, "relation": "配偶任该村村委会主任"}
RELATION: dict[str, Any] = RELATION_IN | {
    "id": OTHER,
    "organization_id": ORGANIZATION,
    "counterparty_id": COUNTERPARTY,
    "declared_by": OFFICER,
    "created_at": MOMENT,
}
AGREEMENT_IN: dict[str, Any] = {
    "project_id": PROJECT,
    "counterparty_id": COUNTERPARTY,
    "code": "XY-2026-001",
    "purpose": "修建慈安桥一座并组织验收",
    "signed_on": "2026-03-01",
    "valid_from": "2026-03-01",
    "valid_to": "2026-12-31",
    "reports_due": True,
    "cap": AMOUNT,
    "attachment_ids": [FILE],
}
AGREEMENT_OUT: dict[str, Any] = {
    name: value for name, value in AGREEMENT_IN.items() if name != "attachment_ids"
} | {
    "id": AGREEMENT,
    "organization_id": ORGANIZATION,
    "in_force": True,
    "made_by": OFFICER,
    "ended_on": None,
    "end_reason": None,
    "created_at": MOMENT,
}
DISBURSEMENT_IN: dict[str, Any] = {
    "project_id": PROJECT,
    "counterparty_id": COUNTERPARTY,
    "fund_id": FUND,
    "kind": "collective",
    "cost": "aid",
    "amount": AMOUNT,
    "purpose": "示例村困难家庭帮扶款",
    "agreement_id": AGREEMENT,
}
DISBURSEMENT_OUT: dict[str, Any] = DISBURSEMENT_IN | {
    "id": DISBURSEMENT,
    "organization_id": ORGANIZATION,
    "code": "D7K2M9Q4XA1",
    "way": "routed",
    "item": None,
    "household_count": None,
    "aid_case_id": None,
    "village_request_id": None,
    "state": "paid",
    "requested_by": OFFICER,
    "paid_on": "2026-05-02",
    "confirmed_on": None,
    "arrived": PART,
    "returned": {"amount": 0, "currency": "CNY"},
    "created_at": MOMENT,
}
DETAIL: dict[str, Any] = DISBURSEMENT_OUT | {"attachment_ids": [FILE], "allowed_actions": ["confirm"]}
STEP: dict[str, Any] = {
    "id": OTHER,
    "number": 2,
    "from_state": "requested",
    "to_state": "approved",
    "actor": "approval:019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0007",
    "reason": None,
    "created_at": MOMENT,
}
ORDER_IN: dict[str, Any] = {"channel_id": CHANNEL, "disbursement_ids": [DISBURSEMENT]}
ORDER_OUT: dict[str, Any] = {
    "id": ORDER,
    "organization_id": ORGANIZATION,
    "channel_id": CHANNEL,
    "item_count": 1,
    "amount": AMOUNT,
    "ordered_by": OFFICER,
    "created_at": MOMENT,
}
ITEM: dict[str, Any] = {
    "number": 1,
    "disbursement_id": DISBURSEMENT,
    "code": "D7K2M9Q4XA1",
    "amount": AMOUNT,
    "number_last": "0000",
    "outcome": None,
    "outcome_on": None,
    "failure": None,
    "entry_id": ENTRY,
}
CSV = "付款编号,金额,结果,日期,原因\nD7K2M9Q4XA1,50000.00,成功,2026-05-02,\n"
RESULT: dict[str, Any] = {
    "id": OTHER,
    "order_id": ORDER,
    "paid_count": 1,
    "failed_count": 0,
    "known_count": 0,
    "unmatched": [{"line": 3, "reference": "D0000000000", "problem": "unknown"}],
    "repeated": False,
    "actor": OFFICER,
    "created_at": MOMENT,
}
REPORT_IN: dict[str, Any] = {
    "reached": PART,
    "reported_on": "2026-05-20",
    "content": "已发放至六户困难家庭，余款六月发放",
    "attachment_ids": [],
}
REPORT: dict[str, Any] = {
    "id": OTHER,
    "disbursement_id": DISBURSEMENT,
    "number": 1,
    "reached": PART,
    "reported_on": "2026-05-20",
    "content": "已发放至六户困难家庭，余款六月发放",
    "state": "submitted",
    "submitted_by": OFFICER,
    "decided_by": None,
    "decided_at": None,
    "decision_reason": None,
    "created_at": MOMENT,
}
LIST_IN: dict[str, Any] = {
    "signed_on": "2026-05-20",
    "attachment_id": FILE,
    "rows": [{"name": "某村民", "amount": PART, "beneficiary_id": BENEFICIARY}],
}
LIST: dict[str, Any] = {
    "id": OTHER,
    "disbursement_id": DISBURSEMENT,
    "signed_on": "2026-05-20",
    "row_count": 1,
    "identified_count": 1,
    "counted_count": 0,
    "amount": PART,
    "recorded_by": OFFICER,
    "created_at": MOMENT,
}
ARRIVAL_IN: dict[str, Any] = {
    "kind": "asset_accepted",
    "arrived_on": "2026-06-20",
    "amount": AMOUNT,
    "note": "桥梁验收合格",
    "attachment_ids": [FILE],
}
RETURN_IN: dict[str, Any] = {
    "channel_id": CHANNEL,
    "amount": PART,
    "returned_on": "2026-06-01",
    "reason": "两户已脱困，退回结余",
}
RETURN: dict[str, Any] = {
    "id": OTHER,
    "disbursement_id": DISBURSEMENT,
    "amount": PART,
    "returned_on": "2026-06-01",
    "reason": "两户已脱困，退回结余",
    "entry_id": ENTRY,
    "recorded_by": OFFICER,
    "created_at": MOMENT,
}
SOURCE: dict[str, Any] = {"kind": "gift", "at": AMOUNT, "amount": PART, "entry_id": ENTRY}
