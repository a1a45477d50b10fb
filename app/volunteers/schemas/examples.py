"""Examples: what the API's document shows of volunteers; nobody in them exists."""

from typing import Any

ORGANIZATION = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0002"
VOLUNTEER = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a1001"
TEAM = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a2001"
MEMBERSHIP = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a2101"
FUND = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a2201"
NUMBER = "V7K2M9QRT4X"
MOMENT = "2026-05-01T08:00:00Z"

PERSON_IN: dict[str, Any] = {
    "name": "志愿者0001",
    "document_kind": "resident_id",
    "document_number": "11010519491231002X",
    "phone": "13800000001",
    "emergency_name": "联系人0001",
    "emergency_phone": "13800000002",
    "region_code": "610100",
    "skills": ["first_aid"],
    "categories": ["elderly"],
    "languages": ["zh"],
    "publish_scopes": [],
}
REGISTRATION_IN: dict[str, Any] = {"organization_id": ORGANIZATION, "person": PERSON_IN}
VOLUNTEER_IN: dict[str, Any] = REGISTRATION_IN | {"checked": True}
LINE: dict[str, Any] = {
    "id": VOLUNTEER,
    "number": NUMBER,
    "name": "志愿者0001",
    "organization_id": ORGANIZATION,
    "registered_on": "2026-05-01",
    "document_kind": "resident_id",
    "region_code": "610100",
    "skills": ["first_aid"],
    "categories": ["elderly"],
    "languages": ["zh"],
    "publish_scopes": [],
    "national_number": None,
    "checked_at": MOMENT,
    "erased_at": None,
}
WHOLE: dict[str, Any] = LINE | {
    "gender": "female",
    "born_on": "1949-12-31",
    "document_number": "110*************2X",
    "phone": "+8613800000001",
    "address": None,
    "emergency_name": "联系人0001",
    "emergency_phone": "13800000002",
    "guardian_name": None,
    "guardian_phone": None,
    "guardian_relation": None,
}
TEAM_IN: dict[str, Any] = {
    "organization_id": ORGANIZATION,
    "code": "XA-TEAM-01",
    "name": "西安市爱心服务队",
    "founded_on": "2020-10-13",
    "purpose": "为社区老人提供日常照料",
    "region_code": "610100",
}
TEAM_OUT: dict[str, Any] = TEAM_IN | {
    "id": TEAM,
    "parent_id": None,
    "depth": 1,
    "fund_id": None,
    "dissolved_on": None,
}
MEMBER: dict[str, Any] = {
    "id": MEMBERSHIP,
    "team_id": TEAM,
    "volunteer_id": VOLUNTEER,
    "state": "active",
    "role": "member",
    "joined_on": "2026-05-02",
    "left_on": None,
}
TOKENS: dict[str, Any] = {
    "access_token": "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.e30.x",
    "token_type": "bearer",
    "expires_in": 900,
    "refresh_token": "q5nI3u0Xy1m1mA8l5XyW0f3n1m3p1k6xQy8cV9bR2aE",
}
