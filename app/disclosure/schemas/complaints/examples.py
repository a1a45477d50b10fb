"""Examples of complaints."""

_ID, _MEMBER = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0901", "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0002"
_PERSON = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0003"
COMPLAINT_IN = {
    "organization": "SX",
    "subject_kind": "campaign",
    "subject_code": "SX-2026-BRIDGE",
    "text": "公示的进度与现场不符。",
    "contact": "13800000000",
}
RECORDED_IN = {
    "organization_id": _MEMBER,
    "channel": "letter",
    "received_on": "2026-05-06",
    "subject_kind": "organization",
    "text": "来信反映财务公示不及时。",
}
RECEIPT = {
    "lookup_code": "7K2M9QX4T0V8R3W6ZBND",
    "state": "received",
    "received_on": "2026-05-06",
    "due_on": "2026-05-27",
    "mark": "C",
}
PROGRESS = {
    "state": "answered",
    "received_on": "2026-05-06",
    "due_on": "2026-05-27",
    "mark": "C",
    "answered_at": "2026-05-12T02:00:00Z",
    "answer": "经核查，物资已于5月3日送达，签收单已补充公示。",
    "closed_at": None,
    "outcome": None,
}
COMPLAINT = {
    "id": _ID,
    "organization_id": _MEMBER,
    "handled_by": _MEMBER,
    "channel": "web",
    "subject_kind": "campaign",
    "subject_code": "SX-2026-BRIDGE",
    "anonymous": False,
    "state": "assigned",
    "received_on": "2026-05-06",
    "due_on": "2026-05-27",
    "late": False,
    "assigned_to": _PERSON,
    "answered_at": None,
    "closed_at": None,
    "outcome": None,
    "created_at": "2026-05-06T01:00:00Z",
}
DETAIL = COMPLAINT | {
    "text": "公示的进度与现场不符。",
    "contact": "13800000000",
    "answer": None,
    "closing": None,
    "recused_count": 0,
    "mark": "C",
    "steps": [
        {"kind": "received", "actor": "public", "staff_id": None, "created_at": "2026-05-06T01:00:00Z"},
        {
            "kind": "assigned",
            "actor": f"staff:{_PERSON}",
            "staff_id": _PERSON,
            "created_at": "2026-05-06T02:00:00Z",
        },
    ],
    "allowed_actions": ["assign", "recuse", "answer", "close"],
}
ASSIGNMENT_IN = {"staff_id": _PERSON}
