"""Examples: what the API's document shows of sites; their places are made up."""

from typing import Any

from app.projects.schemas.register.examples import MOMENT, ORGANIZATION, OTHER, PROGRAMME, PROJECT, STAFF

SITE = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a6001"
MILESTONE = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a6101"
PHOTO = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0031"
COST = {"amount": 5650000, "currency": "CNY"}

SITE_IN: dict[str, Any] = {
    "project_id": PROJECT,
    "code": "QAB-2026-001",
    "title": "示例村慈安桥",
    "kind": "bridge",
    "structure": "slab",
    "region_code": "610924",
    "town": "汉王镇",
    "village": "示例村",
    "length_centimetres": 1800,
    "width_centimetres": 350,
    "latitude_microdegrees": 32520000,
    "longitude_microdegrees": 108530000,
    "contractor": "某建筑公司",
    "beneficiary_count": 420,
    "planned_cost": {"amount": 6000000, "currency": "CNY"},
}
SITE_OUT: dict[str, Any] = (
    {"id": SITE, "organization_id": ORGANIZATION}
    | SITE_IN
    | {
        "cost": COST,
        "state": "accepted",
        "accepted_on": "2026-10-20",
        "dropped_reason": None,
        "created_at": MOMENT,
    }
)
MILESTONE_OUT: dict[str, Any] = {
    "id": MILESTONE,
    "site_id": SITE,
    "kind": "construction",
    "due_on": "2026-09-30",
    "done_on": "2026-09-12",
    "done_by": f"staff:{STAFF}",
    "note": "桥面浇筑完成",
}
REACHED_IN: dict[str, Any] = {
    "done_on": "2026-09-12",
    "note": "桥面浇筑完成",
    "attachment_ids": [PHOTO],
}
PHOTO_OUT: dict[str, Any] = {
    "id": PHOTO,
    "kind": "photo",
    "media_type": "image/jpeg",
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "taken_at": "2026-09-12T02:12:00Z",
    "latitude_microdegrees": 32520100,
    "longitude_microdegrees": 108530050,
    "distance_metres": 12,
    "created_at": MOMENT,
}
ACCEPTANCE_IN: dict[str, Any] = {
    "inspected_on": "2026-10-20",
    "inspecting_body": "市慈善协会、县交通局",
    "passed": True,
    "findings": "桥面平整，护栏牢固，符合设计要求",
    "cost": COST,
}
ACCEPTANCE_OUT: dict[str, Any] = {
    "id": OTHER,
    "site_id": SITE,
    "inspected_on": "2026-10-20",
    "inspecting_body": "市慈善协会、县交通局",
    "passed": True,
    "findings": "桥面平整，护栏牢固，符合设计要求",
    "recorded_by": f"staff:{STAFF}",
    "created_at": MOMENT,
}
PLAQUE_IN: dict[str, Any] = {
    "inscription": "慈安桥 2026年10月立",
    "set_up_on": "2026-10-25",
    "names_donor": False,
    "consented_on": None,
    "approval_reference": None,
}
PLAQUE_OUT: dict[str, Any] = {"site_id": SITE} | PLAQUE_IN | {"recorded_by": f"staff:{STAFF}"}
UPKEEP_IN: dict[str, Any] = {
    "looked_on": "2026-11-20",
    "condition": "good",
    "work": "清理桥下漂浮物",
    "next_due_on": "2027-05-20",
}
UPKEEP_OUT: dict[str, Any] = (
    {"id": OTHER, "site_id": SITE} | UPKEEP_IN | {"recorded_by": f"staff:{STAFF}", "created_at": MOMENT}
)
TARGET_IN: dict[str, Any] = {"year": 2026, "site_kind": "bridge", "site_count": 700}
TARGET_OUT: dict[str, Any] = (
    {"id": OTHER, "programme_id": PROGRAMME} | TARGET_IN | {"accepted_count": 156, "percent": 22}
)
