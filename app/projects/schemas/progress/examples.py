"""Examples: what the API's document shows of the progress of projects."""

from typing import Any

from app.projects.schemas.register.examples import MOMENT, ORGANIZATION, OTHER, PROJECT, STAFF

INDICATOR = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a7001"
REPORT = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a7101"
INSPECTION = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a7201"
FINDING = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a7301"
PHOTO = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0031"

INDICATOR_IN: dict[str, Any] = {"code": "BRIDGES", "title": "建成桥梁", "unit": "座", "target": 2}
INDICATOR_OUT: dict[str, Any] = {"id": INDICATOR, "project_id": PROJECT} | INDICATOR_IN | {"reached": 1}
REPORT_IN: dict[str, Any] = {
    "organization_id": ORGANIZATION,
    "period_from": "2026-07-01",
    "period_to": "2026-09-30",
    "done": "一号桥竣工，二号桥完成桥墩浇筑",
    "problems": "汛期停工十二天",
    "person_count": 420,
    "person_times": 420,
    "figures": [{"indicator_id": INDICATOR, "value": 1}],
    "attachment_ids": [PHOTO],
}
REPORT_OUT: dict[str, Any] = {
    "id": REPORT,
    "project_id": PROJECT,
    "organization_id": ORGANIZATION,
    "number": 3,
    "period_from": "2026-07-01",
    "period_to": "2026-09-30",
    "done": "一号桥竣工，二号桥完成桥墩浇筑",
    "problems": "汛期停工十二天",
    "person_count": 420,
    "person_times": 420,
    "state": "accepted",
    "made_by": f"staff:{STAFF}",
    "decided_by": f"staff:{OTHER}",
    "decided_reason": None,
    "published_on": "2026-10-15",
    "created_at": MOMENT,
}
INSPECTION_IN: dict[str, Any] = {
    "organization_id": ORGANIZATION,
    "inspected_on": "2026-08-20",
    "summary": "抽查一号桥施工质量和资料",
    "findings": [{"defect": "护栏焊点未做防锈处理", "due_on": "2026-09-10"}],
}
INSPECTION_OUT: dict[str, Any] = {
    "id": INSPECTION,
    "project_id": PROJECT,
    "organization_id": ORGANIZATION,
    "site_id": None,
    "inspected_on": "2026-08-20",
    "summary": "抽查一号桥施工质量和资料",
    "made_by": f"staff:{STAFF}",
    "created_at": MOMENT,
}
FINDING_OUT: dict[str, Any] = {
    "id": FINDING,
    "project_id": PROJECT,
    "inspection_id": INSPECTION,
    "number": 1,
    "defect": "护栏焊点未做防锈处理",
    "due_on": "2026-09-10",
    "state": "answered",
    "answer": "已补刷防锈漆两遍",
    "answered_on": "2026-09-05",
    "settled_on": None,
}
CLOSURE: dict[str, Any] = {
    "evaluation": "两座桥均一次验收合格，惠及六百余人",
    "lessons": "汛期前完成桥墩施工",
    "rating": 5,
}
