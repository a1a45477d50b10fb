"""Examples: what the API's document shows of Happy Home villages; none of them exists."""

from typing import Any

from app.projects.schemas.register.examples import MOMENT, ORGANIZATION, OTHER, PROJECT, STAFF

VILLAGE = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a5501"
REQUEST = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a5502"
_AMOUNT = {"amount": 800000, "currency": "CNY"}
_NOTHING = {"amount": 0, "currency": "CNY"}
VILLAGE_IN: dict[str, Any] = {
    "organization_id": ORGANIZATION,
    "code": "610924-HH-0001",
    "region_code": "610924",
    "town": "汉王镇",
    "name": "示例村",
    "pilot_phase": 1,
    "started_on": "2026-01-10",
}
LINE: dict[str, Any] = VILLAGE_IN | {
    "id": VILLAGE,
    "phase": "pilot",
    "established_on": None,
    "ended_on": None,
    "created_at": MOMENT,
}
ITEM_IN: dict[str, Any] = {"item": "station", "done_on": "2026-01-20", "note": "村委会二楼，专人值守"}
ITEM: dict[str, Any] = ITEM_IN | {"recorded_by": f"staff:{STAFF}"}
DETAIL: dict[str, Any] = LINE | {
    "checklist": [ITEM],
    "missing": ["fund", "care_centre", "covenant", "volunteer_team"],
    "balance": None,
    "closed_to": None,
}
BOOK_IN: dict[str, Any] = {
    "kind": "expense",
    "booked_on": "2026-02-12",
    "amount": {"amount": 120000, "currency": "CNY"},
    "words": "关爱中心过冬煤炭",
    "request_id": REQUEST,
}
BOOK_LINE: dict[str, Any] = BOOK_IN | {
    "id": OTHER,
    "number": 2,
    "balance": {"amount": 680000, "currency": "CNY"},
    "disbursement_id": None,
    "reverses_id": None,
}
DISBURSEMENT_IN: dict[str, Any] = {
    "project_id": PROJECT,
    "fund_id": OTHER,
    "agreement_id": OTHER,
    "cost": "equipment",
}
REQUEST_IN: dict[str, Any] = {
    "amount": _AMOUNT,
    "purpose": "关爱中心添置设备",
    "resolved_on": "2026-02-01",
    "resolution": "监管会2026年第2次会议",
    "present_count": 7,
    "for_count": 6,
    "attachment_ids": [OTHER],
}
REQUEST_OUT: dict[str, Any] = REQUEST_IN | {
    "id": REQUEST,
    "number": 1,
    "state": "paid",
    "spent": {"amount": 120000, "currency": "CNY"},
    "asked_by": f"staff:{STAFF}",
    "decided_by": f"staff:{OTHER}",
    "refusal_reason": None,
    "paid_on": "2026-02-08",
    "payment_reference": "D7K2M9Q4XA1",
}
STATEMENT: dict[str, Any] = {
    "id": OTHER,
    "year": 2026,
    "quarter": 1,
    "opening": {"amount": 0, "currency": "CNY"},
    "income": _AMOUNT,
    "expense": {"amount": 120000, "currency": "CNY"},
    "closing": {"amount": 680000, "currency": "CNY"},
    "received": _AMOUNT,
    "given_back": _NOTHING,
    "line_count": 2,
    "created_at": MOMENT,
}
INSPECTION_IN: dict[str, Any] = {
    "inspected_on": "2026-03-20",
    "findings": "公示栏未更新",
    "due_on": "2026-04-10",
}
INSPECTION: dict[str, Any] = INSPECTION_IN | {
    "id": OTHER,
    "inspected_by": f"staff:{STAFF}",
    "remedied_on": None,
    "remedy": None,
    "late": False,
}
COUNTS: dict[str, Any] = {
    "organization_id": ORGANIZATION,
    "by_phase": [{"phase": "pilot", "village_count": 12}],
    "by_item": [{"item": "station", "village_count": 12}],
    "balance": {"amount": 680000, "currency": "CNY"},
}
RECKONING: dict[str, Any] = {
    "village_id": VILLAGE,
    "paid": _AMOUNT,
    "returned": _NOTHING,
    "arrived": _NOTHING,
    "received": _AMOUNT,
    "given_back": _NOTHING,
    "other_income": _NOTHING,
    "spent": {"amount": 120000, "currency": "CNY"},
    "balance": {"amount": 680000, "currency": "CNY"},
    "agrees": True,
}
