"""Examples: what the API document shows of rules and obligations."""

from typing import Any

Example = dict[str, Any]

ORGANIZATION = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0002"
BY = "staff:019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0011"
_TITLES: Example = {
    "title": "Full and detailed account of a public campaign after its end",
    "title_zh": "公开募捐结束后的全面、详细公开",
}
_TEXT: Example = {
    "regulation": "XX-81",
    "regulation_title": "Measures for Information Disclosure (2025)",
    "regulation_title_zh": "慈善组织信息公开办法",
    "regulation_number": "民政部令第81号",
    "article": "8(1); CL 79; GM 21",
}
RULE: Example = {
    "id": "OB-B6",
    **_TEXT,
    "effective_from": "2026-01-01",
    "effective_to": None,
    **_TITLES,
    "who": "qualified",
    "trigger": "campaign_end",
    "unit": "months",
    "count": 3,
    "day_of_year": None,
    "recurring": False,
    "mark": "A",
    "mark_later": None,
    "longer_than_months": None,
    "needs_threshold": False,
    "sourced": True,
    "not_made": "",
    "note": "",
    "content": [{"code": "raised", "title": "Money and goods raised", "title_zh": "募得款物情况"}],
}
FILING_IN: Example = {
    "place": "慈善中国",
    "address": "https://cszg.mca.gov.cn/",
    "reference": None,
    "filed_on": "2026-08-28",
    "evidence": ["019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0021"],
}
FILING: Example = {
    "id": "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0022",
    **FILING_IN,
    "recorded_by": BY,
    "created_at": "2026-08-28T03:00:00Z",
    "withdrawn_on": None,
    "withdrawn_by": None,
    "withdrawn_reason": None,
}
OVERRIDE_IN: Example = {
    "kind": "another_day",
    "day_on": "2026-11-30",
    "reason": "民政厅通知：本年度统一于11月底前公开",
}
OVERRIDE: Example = {
    "id": "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0023",
    **OVERRIDE_IN,
    "decided_by": BY,
    "created_at": "2026-05-08T03:00:00Z",
}
OBLIGATION: Example = {
    "id": "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0020",
    "organization_id": ORGANIZATION,
    "rule_id": "OB-B6",
    **_TEXT,
    **_TITLES,
    "mark": "A",
    "subject_kind": "campaign",
    "subject_id": "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0009",
    "subject": "SX-2026-BRIDGE 慈安桥",
    "number": 1,
    "trigger_on": "2026-06-30",
    "due_on": "2026-09-30",
    "rolled_on": "2026-09-30",
    "own_day_on": None,
    "state": "fulfilled",
    "complete": True,
    "fulfilled_on": "2026-08-28",
    "prepared_on": "2026-08-20",
    "lapsed_on": None,
    "created_at": "2026-01-01T02:00:00Z",
}
OBLIGATION_IN_FULL: Example = OBLIGATION | {
    "preparation": "公示稿第3版",
    "waived_reason": None,
    "note": "",
    "checklist": [
        {
            "code": "raised",
            "title": "Money and goods raised",
            "title_zh": "募得款物情况",
            "state": "filled",
            "empty": [],
        }
    ],
    "filings": [FILING],
    "overrides": [],
    "allowed_actions": ["prepare", "record_filing"],
}
THRESHOLD_IN: Example = {
    "organization_id": ORGANIZATION,
    "rule_id": "OB-B11",
    "amount": {"amount": 100_000_000, "currency": "CNY"},
    "valid_from": "2026-01-01",
    "document": "财务管理制度（2025年12月理事会通过）第三十二条",
}
THRESHOLD: Example = THRESHOLD_IN | {
    "id": "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0024",
    "recorded_by": BY,
    "created_at": "2026-01-05T02:00:00Z",
}
LATE: Example = {
    "rule_id": "OB-B6",
    **_TEXT,
    **_TITLES,
    "subject_kind": "campaign",
    "subject": "SX-2026-BRIDGE 慈安桥",
    "trigger_on": "2026-06-30",
    "due_on": "2026-09-30",
    "rolled_on": "2026-09-30",
    "days_late": 30,
}
