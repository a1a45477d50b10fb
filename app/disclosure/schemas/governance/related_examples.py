"""Examples: what the API document shows of related parties, recusals, pay and standards."""

from typing import Any

from app.disclosure.schemas.governance.examples import BY, FILE_ID, OFFICER_ID, ORGANIZATION

Example = dict[str, Any]

PARTY_ID = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0041"
EVENT_ID = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0042"
_RECORDED: Example = {"recorded_by": BY, "created_at": "2026-03-20T03:00:00Z"}

PARTY_IN: Example = {
    "organization_id": ORGANIZATION,
    "kind": "organization",
    "relation": "investee",
    "name": "某物业管理有限公司",
    "officer_id": None,
    "counterparty_id": None,
    "consented_on": None,
    "starts_on": "2024-01-01",
    "ends_on": None,
    "explanation": "本会持股40%",
}
PARTY: Example = {
    "id": PARTY_ID,
    **PARTY_IN,
    "important": True,
    **_RECORDED,
}
PARTY_PUBLIC: Example = {
    "id": PARTY_ID,
    "kind": "organization",
    "relation": "investee",
    "name": "某物业管理有限公司",
    "starts_on": "2024-01-01",
    "ends_on": None,
}
PARTY_END: Example = {"ends_on": "2026-06-30"}
_EVENT: Example = {
    "kind": "transaction",
    "happened_on": "2026-05-06",
    "amount": {"amount": 12_000_000, "currency": "CNY"},
    "matter": "租用办公用房一年，按市场价",
}
EVENT_IN: Example = {"party_id": PARTY_ID, **_EVENT}
EVENT: Example = {
    "id": EVENT_ID,
    "organization_id": ORGANIZATION,
    **EVENT_IN,
    "recusal_missing": False,
    "withdrawn_on": None,
    "withdrawn_by": None,
    "withdrawn_reason": None,
    **_RECORDED,
}
EVENT_PUBLIC: Example = {
    "id": EVENT_ID,
    "party_id": PARTY_ID,
    "relation": "investee",
    "name": "某物业管理有限公司",
    **_EVENT,
}
WITHDRAWAL: Example = {"reason": "重复登记"}
RECUSAL_IN: Example = {
    "organization_id": ORGANIZATION,
    "officer_id": OFFICER_ID,
    "decided_on": "2026-04-28",
    "meeting": "第五届理事会第二次会议",
    "decision": "租用办公用房",
    "reason": "本人为出租方股东",
    "event_id": EVENT_ID,
    "payee_relation_id": None,
}
RECUSAL: Example = {"id": "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0043", **RECUSAL_IN, **_RECORDED}
_PAY: Example = {
    "year": 2025,
    "lines": [
        {"post": "秘书长", "amount": {"amount": 18_000_000, "currency": "CNY"}},
        {"post": "副秘书长", "amount": {"amount": 15_000_000, "currency": "CNY"}},
    ],
}
PAY_IN: Example = {"organization_id": ORGANIZATION, **_PAY}
PAY: Example = {
    "id": "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0044",
    **PAY_IN,
    "version": 1,
    "created_at": "2026-04-01T03:00:00Z",
}
TOTAL_IN: Example = {
    "organization_id": ORGANIZATION,
    "year": 2025,
    "headcount": 32,
    "full_time_count": 24,
    "pay": {"amount": 250_000_000, "currency": "CNY"},
    "benefits": {"amount": 60_000_000, "currency": "CNY"},
}
TOTAL: Example = {
    "id": "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0045",
    **TOTAL_IN,
    "version": 1,
    "created_at": "2026-04-01T03:00:00Z",
}
_STANDARD: Example = {
    "kind": "reception",
    "title": "公务接待管理办法",
    "adopted_by": "第五届理事会第一次会议",
    "adopted_on": "2026-03-20",
    "effective_from": "2026-04-01",
    "lines": [
        {"item": "工作餐", "per": "人次", "amount": {"amount": 8_000, "currency": "CNY"}},
    ],
}
STANDARD_IN: Example = {"organization_id": ORGANIZATION, **_STANDARD, "documents": [FILE_ID]}
STANDARD: Example = {
    "id": "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0046",
    "organization_id": ORGANIZATION,
    **_STANDARD,
    "documents": [f"/v1/attachments/{FILE_ID}/public-copy"],
}
