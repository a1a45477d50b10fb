"""Examples: what the API's document shows of programmes and projects; nobody in them exists."""

from typing import Any

ORGANIZATION = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0002"
PARTNER = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0003"
STAFF = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0101"
PROGRAMME = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a5001"
PROJECT = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a5101"
STANDARD = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a5201"
OTHER = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a5901"
MOMENT = "2026-05-01T08:00:00Z"

PROGRAMME_IN: dict[str, Any] = {
    "organization_id": ORGANIZATION,
    "code": "QAB",
    "title": "慈安桥",
    "category": "transport",
    "brand": "慈安桥",
    "purpose": "为秦巴山区村民修建跨河便民桥",
    "starts_on": "1997-01-01",
}
PROGRAMME_OUT: dict[str, Any] = {"id": PROGRAMME} | PROGRAMME_IN | {"ends_on": None, "created_at": MOMENT}

PROJECT_IN: dict[str, Any] = {
    "organization_id": ORGANIZATION,
    "programme_id": PROGRAMME,
    "code": "610924-2026-QAB-0001",
    "title": "紫阳县2026年慈安桥",
    "category": "transport",
    "content": "修建便民桥两座",
    "region_code": "610924",
    "town": "汉王镇",
    "village": "示例村",
    "planned_from": "2026-03-01",
    "planned_to": "2026-11-30",
    "beneficiary_rule": "桥址所在村及邻近村的全体村民",
}
PROJECT_LINE: dict[str, Any] = (
    {"id": PROJECT}
    | PROJECT_IN
    | {
        "brand": "慈安桥",
        "owner_id": None,
        "state": "running",
        "executed_from": "2026-03-10",
        "executed_to": None,
        "created_at": MOMENT,
    }
)
PARTNER_IN: dict[str, Any] = {"organization_id": PARTNER, "task": "组织施工和验收"}
PARTNER_OUT: dict[str, Any] = PARTNER_IN | {"id": OTHER, "name": None, "created_at": MOMENT}
STEP: dict[str, Any] = {
    "id": OTHER,
    "number": 4,
    "from_state": "approved",
    "to_state": "running",
    "actor": f"staff:{STAFF}",
    "valid_from": "2026-03-10",
    "reason": None,
    "created_at": MOMENT,
}
STANDARD_IN: dict[str, Any] = {
    "valid_from": "2026-01-01",
    "standard": "每户医疗自付费用超过两万元的部分按三成资助",
    "workflow": "本人申请，村委核实，县慈善协会审核，公示七日后发放",
    "norms": "不收取任何费用，不得附加条件",
    "cap_episode": {"amount": 3000000, "currency": "CNY"},
    "cap_year": {"amount": 5000000, "currency": "CNY"},
}
STANDARD_OUT: dict[str, Any] = (
    {"id": STANDARD, "project_id": PROJECT, "number": 1}
    | STANDARD_IN
    | {"made_by": f"staff:{STAFF}", "created_at": MOMENT}
)
NOTICE_IN: dict[str, Any] = {"told_on": "2026-01-05", "way": "村务公开栏", "audience": "项目所在村全体村民"}
NOTICE_OUT: dict[str, Any] = (
    {"id": OTHER, "standard_id": STANDARD} | NOTICE_IN | {"told_by": f"staff:{STAFF}", "created_at": MOMENT}
)
