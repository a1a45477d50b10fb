"""Examples: what the API document shows of contacts, channels, systems, units and how these keep books."""

from typing import Any

from app.disclosure.schemas.governance.examples import FILE_ID, OFFICER_ID, ORGANIZATION

Example = dict[str, Any]

FUND_ID = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0051"
_CONTACT: Example = {
    "effective_from": "2026-04-01",
    "office": "办公室",
    "address": "陕西省西安市某路1号",
    "phone": "029-00000000",
    "email": "office@example.org",
}
CONTACT_IN: Example = {"organization_id": ORGANIZATION, **_CONTACT, "officer_id": OFFICER_ID}
CONTACT: Example = {
    "id": "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0052",
    "organization_id": ORGANIZATION,
    **_CONTACT,
    "version": 1,
    "person": "王某某",
}
_CHANNEL: Example = {
    "kind": "wechat_account",
    "name": "某慈善协会",
    "address": "sx-charity-example",
    "opened_on": "2018-06-01",
}
CHANNEL_IN: Example = {"organization_id": ORGANIZATION, **_CHANNEL}
CHANNEL: Example = {
    "id": "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0053",
    "organization_id": ORGANIZATION,
    **_CHANNEL,
    "closed_on": None,
}
CHANNEL_CLOSING: Example = {"closed_on": "2026-06-30"}
_SYSTEM: Example = {
    "kind": "finance_and_assets",
    "title": "财务和资产管理制度",
    "adopted_by": "第五届理事会第二次会议",
    "adopted_on": "2026-03-20",
    "effective_from": "2026-04-01",
    "replaces_id": None,
}
SYSTEM_IN: Example = {"organization_id": ORGANIZATION, **_SYSTEM, "documents": [FILE_ID]}
SYSTEM: Example = {
    "id": "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0054",
    "organization_id": ORGANIZATION,
    **_SYSTEM,
    "ends_on": None,
    "documents": [f"/v1/attachments/{FILE_ID}/public-copy"],
}
SYSTEM_END: Example = {"ends_on": "2026-06-30"}
UNIT_IN: Example = {
    "organization_id": ORGANIZATION,
    "kind": "branch",
    "name": "助学工作委员会",
    "founded_on": "2022-05-01",
    "scope": "组织实施助学项目",
}
BOOKS_IN: Example = {
    "bookkeeping": "own_fund",
    "effective_from": "2026-01-01",
    "fund_id": FUND_ID,
    "keeper": None,
}
BOOKS: Example = {
    "bookkeeping": "own_fund",
    "effective_from": "2026-01-01",
    "effective_to": None,
    "fund_code": "ZX-01",
    "keeper": None,
}
UNIT: Example = {
    "id": "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0047",
    **UNIT_IN,
    "closed_on": None,
    "replaces_id": None,
    "replaced_on": None,
    "replaced_reason": None,
    "bookkeeping": "own_fund",
    "books": [BOOKS],
}
UNIT_CORRECTION_IN: Example = {
    "kind": "branch",
    "name": "助学工作委员会",
    "founded_on": "2022-05-01",
    "scope": "组织实施助学、助教项目",
    "reason": "登记时职责范围不完整",
}
UNIT_CLOSING: Example = {"closed_on": "2026-06-30"}
