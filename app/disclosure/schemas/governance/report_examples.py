"""Examples: what the API document shows of what is recorded of a year that no book tells."""

from typing import Any

Example = dict[str, Any]

_ORGANIZATION = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0002"
_OFFICER = "staff:019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0011"

AUDIT_IN: Example = {
    "organization_id": _ORGANIZATION,
    "year": 2025,
    "firm": "某会计师事务所（特殊普通合伙）",
    "report_no": "审字〔2026〕第0123号",
    "opinion": "unqualified",
    "signed_on": "2026-03-28",
    "documents": ["019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0061"],
}
AUDIT: Example = AUDIT_IN | {
    "id": "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0062",
    "version": 1,
    "recorded_by": _OFFICER,
    "created_at": "2026-04-01T03:00:00Z",
}
COOPERATION_IN: Example = {
    "organization_id": _ORGANIZATION,
    "year": 2025,
    "lines": [
        {
            "partner": "某国际发展基金会",
            "place": "新加坡",
            "matter": "乡村卫生人员培训",
            "amount": {"amount": 50_000_000, "currency": "CNY"},
        }
    ],
}
COOPERATION: Example = COOPERATION_IN | {
    "id": "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0063",
    "version": 1,
    "recorded_by": _OFFICER,
    "created_at": "2026-04-01T03:00:00Z",
}
EXCEPTIONS_IN: Example = {
    "organization_id": _ORGANIZATION,
    "year": 2026,
    "authority": "某省民政厅",
    "reported_on": "2027-02-10",
    "lines": [
        {
            "exception_id": "depreciation",
            "explanation": "仓库受暴雨毁损，资产盘亏损失计入管理费用，剔除后占比为10.8%。",
        }
    ],
}
EXCEPTIONS: Example = EXCEPTIONS_IN | {
    "id": "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0064",
    "version": 1,
    "recorded_by": _OFFICER,
    "created_at": "2027-02-11T03:00:00Z",
}
