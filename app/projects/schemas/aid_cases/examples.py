"""Examples: what the API's document shows of aid cases; nobody in them exists."""

from typing import Any

from app.projects.schemas.beneficiaries.examples import BENEFICIARY
from app.projects.schemas.register.examples import MOMENT, ORGANIZATION, OTHER, PROJECT, STAFF

CASE = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a5401"
_ASKED = {"amount": 2000000, "currency": "CNY"}
STORY: dict[str, Any] = {
    "applicant": "申请人0001",
    "applicant_relation": "女儿",
    "diagnosis": "示例诊断",
    "hospital": "示例医院",
    "treatment": "手术治疗",
    "payee_name": "受益人0001",
    "payee_account": "6222000000001234",
}
CASE_IN: dict[str, Any] = {
    "project_id": PROJECT,
    "beneficiary_id": BENEFICIARY,
    "applied_on": "2026-04-02",
    "asked": _ASKED,
    "cost": {"amount": 9000000, "currency": "CNY"},
    "insured": {"amount": 5000000, "currency": "CNY"},
    "story": STORY,
}
LINE: dict[str, Any] = {
    "id": CASE,
    "number": "A7K2M9QX4TZ",
    "project_id": PROJECT,
    "organization_id": ORGANIZATION,
    "applied_on": "2026-04-02",
    "state": "noticed",
    "asked": _ASKED,
    "amount": {"amount": 1200000, "currency": "CNY"},
    "paid_on": None,
    "payment_reference": None,
}
PERSON_ON_IT: dict[str, Any] = {
    "person": f"staff:{STAFF}",
    "task": "verify",
    "recused_at": None,
    "recusal_reason": None,
}
VERIFICATION: dict[str, Any] = {
    "number": 1,
    "verified_by": f"staff:{STAFF}",
    "verified_on": "2026-04-05",
    "way": "入户走访",
    "supported": True,
    "words": "情况属实",
}
DECISION: dict[str, Any] = {
    "number": 1,
    "verdict": "approve",
    "amount": {"amount": 1200000, "currency": "CNY"},
    "standard_id": OTHER,
    "decided_by": f"staff:{STAFF}",
    "decided_on": "2026-04-10",
    "overturned_at": None,
    "words": "按资助标准核定",
}
NOTICE: dict[str, Any] = {
    "starts_on": "2026-04-11",
    "ends_on": "2026-04-17",
    "place": "村务公开栏",
    "contact": "029-00000000",
}
OBJECTION: dict[str, Any] = {
    "id": OTHER,
    "number": 1,
    "raised_on": "2026-04-13",
    "upheld": False,
    "settled_at": MOMENT,
    "words": "家庭收入与申报不符",
    "settlement": "经复核属实，异议不成立",
}
FOLLOW_UP: dict[str, Any] = {"number": 1, "asked_on": "2026-07-01", "way": "电话", "words": "恢复良好"}
WHOLE: dict[str, Any] = LINE | {
    "beneficiary_id": BENEFICIARY,
    "episode_id": OTHER,
    "cost": {"amount": 9000000, "currency": "CNY"},
    "insured": {"amount": 5000000, "currency": "CNY"},
    "other_aid": {"amount": 0, "currency": "CNY"},
    "checked_at": MOMENT,
    "story": STORY,
    "people": [PERSON_ON_IT],
    "verifications": [VERIFICATION],
    "decisions": [DECISION],
    "notice": NOTICE,
    "objections": [OBJECTION],
    "appeal": None,
    "follow_ups": [FOLLOW_UP],
    "steps": [{"number": 1, "state": "applied", "actor": f"staff:{STAFF}", "created_at": MOMENT}],
}
PUBLIC_NOTICE: dict[str, Any] = NOTICE | {
    "number": "A7K2M9QX4TZ",
    "organization_name": "紫阳县慈善协会",
    "project_title": "大病救助",
    "amount": {"amount": 1200000, "currency": "CNY"},
}
