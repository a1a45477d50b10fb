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
ACTIVITY = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a3001"
NEED = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a3101"
SIGN_UP = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a3201"
CHECK_IN = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a3301"
RECORD = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a3401"
CERTIFICATE = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a3601"
POLICY = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a3501"
STARTS, ENDS = "2026-06-06T01:00:00Z", "2026-06-06T05:00:00Z"

NEED_IN: dict[str, Any] = {"role": "陪护", "capacity": 10, "skills": ["first_aid"], "age_min": 18}
NEED_OUT: dict[str, Any] = NEED_IN | {
    "id": NEED,
    "qualifications": [],
    "age_max": None,
    "starts_at": STARTS,
    "ends_at": ENDS,
    "taken_count": 3,
}
_SAID: dict[str, Any] = {
    "organization_id": ORGANIZATION,
    "code": "XA-2026-001",
    "title": "社区老人陪护",
    "category": "elderly",
    "starts_at": STARTS,
    "ends_at": ENDS,
    "place": "西安市莲湖区某社区",
    "content": "陪伴社区老人，协助测量血压",
    "risks": "路面湿滑，注意安全；可能接触感冒老人",
    "served_group": "社区独居老人",
    "responsible": "活动负责人",
    "contact": "029-00000000",
    "latitude": 34.265,
    "longitude": 108.954,
    "radius_metres": 300,
}
ACTIVITY_IN: dict[str, Any] = _SAID | {"needs": [NEED_IN]}
ACTIVITY_OUT: dict[str, Any] = _SAID | {
    "id": ACTIVITY,
    "region_code": None,
    "team_id": TEAM,
    "needs_approval": False,
    "dangerous": False,
    "policy_id": None,
    "state": "published",
    "published_at": MOMENT,
    "needs": [NEED_OUT],
}
CALL_OUT: dict[str, Any] = {name: said for name, said in ACTIVITY_OUT.items() if name != "responsible"}
SIGN_UP_OUT: dict[str, Any] = {
    "id": SIGN_UP,
    "activity_id": ACTIVITY,
    "need_id": NEED,
    "volunteer_id": VOLUNTEER,
    "starts_at": STARTS,
    "ends_at": ENDS,
    "place": 4,
    "state": "confirmed",
    "changed_at": MOMENT,
}
CHECK_IN_OUT: dict[str, Any] = {
    "id": CHECK_IN,
    "sign_up_id": SIGN_UP,
    "checked_in_at": STARTS,
    "in_method": "code",
    "checked_out_at": None,
    "out_method": None,
    "excluded_minutes": 0,
    "flagged_at": None,
    "settled_reason": None,
}
RECORD_IN: dict[str, Any] = {
    "organization_id": ORGANIZATION,
    "volunteer_id": VOLUNTEER,
    "category": "elderly",
    "title": "社区老人陪护",
    "served_on": "2026-06-06",
    "minutes": 210,
    "place": "西安市莲湖区某社区",
    "served_group": "社区独居老人",
    "responsible": "活动负责人",
}
RECORD_OUT: dict[str, Any] = RECORD_IN | {
    "id": RECORD,
    "activity_id": ACTIVITY,
    "team_id": TEAM,
    "sign_up_id": SIGN_UP,
    "source": "check_in",
    "state": "confirmed",
    "reference": None,
    "confirmed_at": MOMENT,
    "certificate_id": None,
    "correction_count": 0,
}
CORRECTION: dict[str, Any] = {
    "number": 1,
    "reason": "签退时间有误",
    "actor": "staff:019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0003",
    "old_minutes": 240,
    "new_minutes": 210,
    "old_served_on": "2026-06-06",
    "new_served_on": "2026-06-06",
    "old_category": "elderly",
    "new_category": "elderly",
    "created_at": MOMENT,
}
