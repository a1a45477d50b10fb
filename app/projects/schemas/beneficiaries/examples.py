"""Examples: what the API's document shows of beneficiaries and benefits; nobody in them exists."""

from typing import Any

from app.projects.schemas.register.examples import MOMENT, ORGANIZATION, OTHER, PROJECT, STAFF

BENEFICIARY = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a5301"
HOUSEHOLD = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a5302"
GROUP = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a5303"
BENEFIT = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a5304"

PERSON_IN: dict[str, Any] = {
    "name": "受益人0001",
    "document_kind": "resident_id",
    "document_number": "11010519491231002X",
    "agreed_at": "2026-04-01T10:00:00+08:00",
    "phone": "13800000002",
    "address": "示例村1组",
    "region_code": "610924",
}
BENEFICIARY_IN: dict[str, Any] = {"organization_id": ORGANIZATION, "person": PERSON_IN}
LINE: dict[str, Any] = {
    "id": BENEFICIARY,
    "number": "B7K2M9QX4TZ",
    "organization_id": ORGANIZATION,
    "registered_on": "2026-04-01",
    "document_kind": "resident_id",
    "region_code": "610924",
    "household_id": HOUSEHOLD,
    "relation": "户主",
    "publish_scopes": [],
    "erased_at": None,
}
WHOLE: dict[str, Any] = LINE | {
    "name": "受益人0001",
    "gender": "female",
    "born_on": "1949-12-31",
    "document_number": "110*************2X",
    "phone": "+8613800000002",
    "address": "示例村1组",
    "bank_account_last4": None,
    "guardian_name": None,
    "guardian_phone": None,
    "guardian_relation": None,
}
HOUSEHOLD_IN: dict[str, Any] = {
    "organization_id": ORGANIZATION,
    "region_code": "610924",
    "town": "汉王镇",
    "village": "示例村",
}
HOUSEHOLD_OUT: dict[str, Any] = HOUSEHOLD_IN | {
    "id": HOUSEHOLD,
    "number": "H3QX9M2K",
    "created_at": MOMENT,
}
GROUP_IN: dict[str, Any] = HOUSEHOLD_IN | {"name": "示例村小学全体学生", "person_count": 86}
GROUP_OUT: dict[str, Any] = GROUP_IN | {"id": GROUP, "created_at": MOMENT}
GIVEN: dict[str, Any] = {
    "beneficiary_id": BENEFICIARY,
    "kind": "money",
    "given_on": "2026-05-01",
    "title": "助学金",
    "amount": {"amount": 200000, "currency": "CNY"},
    "reference": "2026-001",
}
COUNTED: dict[str, Any] = {
    "group_id": GROUP,
    "person_count": 86,
    "kind": "goods",
    "given_on": "2026-05-01",
    "title": "图书",
    "quantity": 86,
    "unit": "册",
}
BENEFIT_OUT: dict[str, Any] = {
    "id": BENEFIT,
    "project_id": PROJECT,
    "organization_id": ORGANIZATION,
    "basis": "identified",
    "beneficiary_id": BENEFICIARY,
    "group_id": None,
    "person_count": 1,
    "category": "education",
    "kind": "money",
    "given_on": "2026-05-01",
    "region_code": "610924",
    "title": "助学金",
    "amount": {"amount": 200000, "currency": "CNY"},
    "quantity": None,
    "unit": None,
    "reference": "2026-001",
    "recorded_by": f"staff:{STAFF}",
    "created_at": MOMENT,
    "voided_at": None,
    "void_reason": None,
}
RECEIVED: dict[str, Any] = {
    "organization_id": OTHER,
    "organization_name": "安康市慈善协会",
    "project_code": "610900-2026-DB-0001",
    "project_title": "大病救助",
    "category": "medical_aid",
    "kind": "money",
    "given_on": "2026-03-12",
    "title": "大病救助金",
    "amount": {"amount": 1000000, "currency": "CNY"},
    "same_person": True,
}
STATISTICS: dict[str, Any] = {
    "identified_person_count": 412,
    "identified_person_times": 530,
    "counted_only_person_times": 1860,
    "amount": {"amount": 41200000, "currency": "CNY"},
    "sums": [
        {
            "category": "education",
            "kind": "money",
            "basis": "identified",
            "person_times": 530,
            "amount": {"amount": 41200000, "currency": "CNY"},
        }
    ],
}
