"""Examples: what the API document shows of publications."""

from typing import Any

Example = dict[str, Any]

_ORGANIZATION = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0002"
_CAMPAIGN = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0009"
ID, OLD_ID = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0031", "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0030"
_OFFICER = "staff:019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0011"
_REVIEWER = "staff:019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0012"
_SHA256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
_ABOUT: Example = {
    "kind": "campaign_progress",
    "subject_id": _CAMPAIGN,
    "subject_code": "SX-2026-BRIDGE",
    "title": "SX-2026-BRIDGE 慈安桥",
    "period_from": "2026-01-01",
    "period_to": "2026-03-31",
    "as_of": "2026-04-02",
}
PUBLICATION: Example = {
    "id": ID,
    "organization": {"code": "610000", "name": "陕西省慈善联合会"},
    **_ABOUT,
    "kind_title_zh": "公开募捐活动进展情况",
    "published_on": "2026-04-03",
    "published_at": "2026-04-03T02:00:00Z",
    "sha256": _SHA256,
    "corrects_id": OLD_ID,
    "corrected_by_id": None,
    "demo": False,
}
CHANGE: Example = {
    "section": "raised",
    "section_title_zh": "募得款物情况",
    "field": "received",
    "title_zh": "累计募得款项",
    "title": "Money raised in all",
    "unit": "fen",
    "units": None,
    "old": "36500000",
    "new": "36510000",
}
CORRECTION: Example = {
    "publication_id": OLD_ID,
    "sha256": _SHA256,
    "reason": "3月31日到账的一笔捐赠补记",
    "changes": [CHANGE],
}
CONTENT: Example = {
    "form": {
        "rule": "OB-B5",
        "regulation": "XX-81",
        "regulation_title_zh": "慈善组织信息公开办法",
        "regulation_title": "Measures for Information Disclosure (2025)",
        "article": "8(2); CL 79; GM 21",
    },
    "sections": [
        {
            "code": "raised",
            "title_zh": "募得款物情况",
            "title": "Money and goods raised",
            "fields": [
                {
                    "code": "received",
                    "title_zh": "累计募得款项",
                    "title": "Money raised in all",
                    "unit": "fen",
                    "value": "36510000",
                    "columns": None,
                    "rows": None,
                },
                {
                    "code": "major_gifts",
                    "title_zh": "单笔一万元及以上捐赠",
                    "title": "Gifts of 10,000 yuan and more",
                    "unit": None,
                    "value": None,
                    "columns": [
                        {"code": "amount", "title_zh": "金额", "title": "Amount", "unit": "fen"},
                        {"code": "giver", "title_zh": "捐赠人", "title": "Giver", "unit": "person"},
                    ],
                    "rows": [
                        ["1000000", {"commitment": _SHA256, "entry": _CAMPAIGN, "name": "王小明"}],
                    ],
                },
            ],
        }
    ],
}
PUBLICATION_IN_FULL: Example = PUBLICATION | {
    **CONTENT,
    "correction": CORRECTION,
    "missing": [{"section": "partner_supervision", "field": None}],
    "leaf": {"index": 73894, "proof": "/v1/log/proof/73894", "signed": True},
    "snapshot": f"/v1/disclosure/publications/{ID}/snapshot",
    "paper": f"/v1/disclosure/publications/{ID}/paper",
    "history": f"/v1/disclosure/publications/{ID}/history",
}
HISTORY: Example = {
    "publications": [
        PUBLICATION | {"id": OLD_ID, "corrects_id": None, "corrected_by_id": ID, "correction": None},
        PUBLICATION | {"correction": CORRECTION},
    ]
}
DIFFERENCE: Example = {"publication_id": ID, "as_of": "2026-05-01", "changes": [CHANGE]}
DRAFT_IN: Example = {
    "organization_id": _ORGANIZATION,
    "kind": "campaign_progress",
    "subject_id": _CAMPAIGN,
    "period_to": "2026-03-31",
}
DRAFT: Example = {
    "id": "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0032",
    "organization_id": _ORGANIZATION,
    **_ABOUT,
    "state": "reviewed",
    "missing_count": 1,
    "drafted_by": _OFFICER,
    "compiled_by": _OFFICER,
    "compiled_at": "2026-04-02T02:00:00Z",
    "reviewed_by": _REVIEWER,
    "reviewed_at": "2026-04-02T03:00:00Z",
    "corrects_id": None,
    "obligation_id": "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0020",
    "created_at": "2026-04-02T02:00:00Z",
    "version": 2,
}
DRAFT_IN_FULL: Example = DRAFT | {
    **CONTENT,
    "missing": [{"section": "partner_supervision", "field": None}],
    "changes": [],
    "reason": None,
    "review_note": None,
    "withdrawn_reason": None,
    "publication_id": None,
    "allowed_actions": ["refresh", "release", "withdraw"],
}
