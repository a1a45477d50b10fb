"""Examples of events."""

_ID, _MEMBER = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0911", "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0002"
_SESSION, _SPEAKER = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0912", "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0913"
_SEAT, _FILE = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0914", "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0915"
_TIMES = {"starts_at": "2026-09-05T01:00:00Z", "ends_at": "2026-09-05T09:00:00Z"}
EVENT_IN = {
    "organization_id": _MEMBER,
    "code": "SX-2026-FORUM",
    "kind": "conference",
    "title": "全省慈善工作经验交流会",
    "description": "交流县区协会的做法。",
    "place": "西安市",
    "seats": 200,
    **_TIMES,
}
EVENT_CHANGE = {"place": "咸阳市", "seats": 220}
EVENT = EVENT_IN | {
    "id": _ID,
    "state": "published",
    "sign_up_open": True,
    "seats_left": 58,
    "published_at": "2026-08-01T02:00:00Z",
}
SESSION_IN = {"title": "专题讲座", "room": "一号厅", **_TIMES}
SESSION = {"id": _SESSION, **SESSION_IN}
SPEAKER_IN = {"name": "某教授", "title": "某大学", "publish_consent": True}
SPEAKER = {
    "id": _SPEAKER,
    "session_id": _SESSION,
    "name": "某教授",
    "title": "某大学",
    "consented_at": "2026-08-01T02:00:00Z",
    "withdrawn_at": None,
}
PUBLIC_SPEAKER = {"session_id": _SESSION, "name": "某教授", "title": "某大学"}
MATERIAL = {
    "id": _FILE,
    "file_name": "讲义.pdf",
    "media_type": "application/pdf",
    "address": f"/v1/attachments/{_FILE}/public-copy",
}
MATERIALS_IN = {"attachment_ids": [_FILE]}
PUBLIC_EVENT = EVENT | {
    "sessions": [SESSION],
    "speakers": [PUBLIC_SPEAKER],
    "materials": [MATERIAL],
    "demo": False,
}
EVENT_IN_FULL = EVENT | {
    "taken_count": 142,
    "version": 3,
    "sessions": [SESSION],
    "speakers": [SPEAKER],
    "materials": [MATERIAL],
    "allowed_actions": ["change", "cancel", "add_materials"],
}
SIGN_UP_IN = {"name": "某同志", "contact": "13800000000"}
TICKET = {"id": _SEAT, "ticket": "7K2M9QX4T0V8R3W6ZBND", "state": "signed_up"}
TICKET_IN = {"ticket": "7K2M9QX4T0V8R3W6ZBND"}
SIGN_IN_IN = TICKET_IN | {"code": "eyJhbGciOiJIUzI1NiJ9.eyJldmVudCI6Ii4uLiJ9.c2ln"}
SIGN_IN_CODE = {"code": SIGN_IN_IN["code"], "expires_at": "2026-09-05T01:05:00Z"}
SEAT = {"id": _SEAT, "state": "signed_in", "signed_in_at": "2026-09-05T00:40:00Z"}
ATTENDANCE = SEAT | {
    "name": "某同志",
    "contact": "13800000000",
    "signed_up_by": "public",
    "signed_in_by": "public",
    "cancelled_at": None,
    "created_at": "2026-08-10T02:00:00Z",
}
INITIATIVE_IN = {
    "organization_id": _MEMBER,
    "code": "CULTURE-8",
    "title": "慈善文化八大工程",
    "description": "以协会印发的文件为准。",
}
INITIATIVE = INITIATIVE_IN | {"id": "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0916"}
ITEM_IN = {"title": "慈善书画展", "description": "征集书画作品并展出。", "event_id": _ID}
INITIATIVE_IN_FULL = INITIATIVE | {"parts": [ITEM_IN | {"id": "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0917"}]}
