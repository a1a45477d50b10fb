"""Examples of honours, ambassadors and commendations."""

_ID, _MEMBER = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0931", "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0002"
_STAFF, _OTHER = "staff:019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0003", "staff:019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0004"
_NOMINEE, _OBJECTION = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0932", "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0933"
HONOUR_IN = {
    "organization_id": _MEMBER,
    "title": "五星级党组织",
    "awarded_by": "中共陕西省民政厅党组",
    "awarded_on": "2020-12-30",
    "document": "陕民党发〔2020〕1号",
    "expires_on": None,
}
HONOUR = HONOUR_IN | {"id": _ID, "recorded_by": _STAFF, "withdrawn_on": None, "withdrawn_reason": None}
PUBLIC_HONOUR = {name: value for name, value in HONOUR.items() if name != "recorded_by"}
AMBASSADOR_IN = {
    "organization_id": _MEMBER,
    "name": "某艺术家",
    "contract": "SX-DS-2026-01",
    "scope": "宣传助学项目，不代言任何商品",
    "starts_on": "2026-01-01",
    "ends_on": "2026-12-31",
    "publish_consent": True,
}
AMBASSADOR = {
    "id": _ID,
    "organization_id": _MEMBER,
    "name": "某艺术家",
    "contract": "SX-DS-2026-01",
    "scope": "宣传助学项目，不代言任何商品",
    "starts_on": "2026-01-01",
    "ends_on": "2026-12-31",
    "state": "active",
    "recorded_by": _STAFF,
    "consented_on": "2025-12-20",
    "withdrawn_on": None,
    "reviewed_by": _OTHER,
    "reviewed_on": "2025-12-21",
    "is_advertisement": False,
    "finding": "合同未涉及任何商品或服务",
    "ended_on": None,
    "ended_reason": None,
}
PUBLIC_AMBASSADOR = {
    "id": _ID,
    "organization_id": _MEMBER,
    "name": "某艺术家",
    "scope": "宣传助学项目，不代言任何商品",
    "starts_on": "2026-01-01",
    "ends_on": "2026-12-31",
}
SCHEME_IN = {
    "organization_id": _MEMBER,
    "year": 2026,
    "category": "volunteering",
    "title": "2026年度全省志愿服务工作先进单位和个人",
}
COMMENDED_IN = {"kind": "unit", "name": "某县慈善协会", "merits": "服务时长居前", "publish_consent": False}
HELD_IN = {
    "organization_id": _MEMBER,
    "year": 2020,
    "category": "volunteering",
    "title": "2020年度全省志愿服务工作先进单位和个人",
    "decided_on": "2021-03-11",
    "decided_by": "会长办公会议",
    "resolution": "陕慈发〔2021〕某号",
    "approval_document": None,
    "commended": [COMMENDED_IN],
}
SCHEME = SCHEME_IN | {
    "id": _ID,
    "regime": "mf_2026_31",
    "stage": "publicised",
    "approval_document": "陕评组函〔2026〕1号",
    "list_item": "SX-PB-001",
    "publicity_from": "2026-11-02",
    "publicity_to": "2026-11-09",
    "decided_on": None,
    "filed_on": None,
}
APPROVAL_IN = {
    "approval_document": "陕评组函〔2026〕1号",
    "list_item": "SX-PB-001",
    "rating": 4,
    "free_of_charge": True,
}
NOMINEE_IN = {
    "kind": "unit",
    "name": "某县慈善协会",
    "body": "social_organization",
    "merits": "服务时长居全省前列",
}
NOMINEE = {
    "id": _NOMINEE,
    "kind": "unit",
    "name": "某县慈善协会",
    "merits": "服务时长居全省前列",
    "state": "shortlisted",
    "nominated_by": _STAFF,
    "reviewed_by": _OTHER,
    "consented_on": None,
    "withdrawn_on": None,
}
PUBLIC_NOMINEE = {"id": _NOMINEE, "kind": "unit", "name": "某县慈善协会", "state": "shortlisted"}
OBJECTION = {
    "id": _OBJECTION,
    "nominee_id": _NOMINEE,
    "text": "事迹不实",
    "received_on": "2026-11-03",
    "upheld": None,
    "settled_by": None,
    "settled_on": None,
}
SCHEME_IN_FULL = SCHEME | {
    "rating": 4,
    "free_declared_by": _STAFF,
    "recorded_by": _STAFF,
    "decided_by": None,
    "resolution": None,
    "filing_place": None,
    "filing_number": None,
    "nominees": [NOMINEE],
    "objections": [OBJECTION],
}
PUBLIC_SCHEME = SCHEME | {"nominees": [PUBLIC_NOMINEE]}
PUBLICITY_IN = {"publicity_from": "2026-11-02", "publicity_to": "2026-11-09"}
DECISION_IN = {"nominee_ids": [_NOMINEE], "resolution": "理事会决议2026年第9号"}
FILING_IN = {"filing_place": "陕西省民政厅", "filing_number": "2026-0009"}
OBJECTION_IN = {"nominee_id": _NOMINEE, "text": "事迹不实"}
OBJECTION_RECEIVED = {"id": _OBJECTION, "received_on": "2026-11-03"}
