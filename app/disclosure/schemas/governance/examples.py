"""Examples: what the API document shows of charters, terms, elections, officers and their posts."""

from typing import Any

Example = dict[str, Any]

ORGANIZATION = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0002"
BY = "staff:019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0011"
OFFICER_ID = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0031"
TERM_ID = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0032"
AUDIT_ID = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0033"
ELECTION_ID = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0034"
FILE_ID = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0035"
_RECORDED: Example = {"recorded_by": BY, "created_at": "2026-03-20T03:00:00Z"}

_CHARTER: Example = {
    "number": 3,
    "adopted_by": "第四届会员代表大会第一次会议",
    "adopted_on": "2026-01-15",
    "authority": "陕西省民政厅",
    "approved_on": "2026-02-10",
    "effective_from": "2026-02-10",
    "seats_min": 15,
    "seats_max": 45,
    "term_years": 5,
}
CHARTER_IN: Example = {"organization_id": ORGANIZATION, **_CHARTER, "documents": [FILE_ID]}
CHARTER: Example = {
    "id": "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0036",
    "organization_id": ORGANIZATION,
    **_CHARTER,
    "documents": [f"/v1/attachments/{FILE_ID}/public-copy"],
    "created_at": "2026-02-11T03:00:00Z",
    "replaces_id": None,
    "replaced_on": None,
    "replaced_reason": None,
}
CHARTER_CORRECTION_IN: Example = {**_CHARTER, "documents": [FILE_ID], "reason": "登记时理事人数下限有误"}
TERM_IN: Example = {
    "organization_id": ORGANIZATION,
    "body": "council",
    "number": 4,
    "starts_on": "2021-03-20",
    "ends_on": "2026-03-19",
}
TERM: Example = {"id": TERM_ID, **TERM_IN, "closed_on": None, "overdue": False}
AUDIT_IN: Example = {
    "organization_id": ORGANIZATION,
    "auditor": "某会计师事务所",
    "report_no": "审字〔2026〕第8号",
    "period_from": "2021-01-01",
    "period_to": "2025-12-31",
    "reported_on": "2026-02-28",
    "finding": "财务收支真实、合规，未发现重大问题。",
    "documents": [FILE_ID],
}
AUDIT: Example = {"id": AUDIT_ID, **AUDIT_IN, **_RECORDED}
_ELECTION: Example = {
    "kind": "re_election",
    "body": "council",
    "held_on": "2026-03-19",
    "meeting": "第五届会员代表大会第一次会议",
    "entitled_count": 210,
    "present_count": 186,
    "in_favour_count": 180,
    "audit_id": AUDIT_ID,
}
ELECTION_IN: Example = {
    "organization_id": ORGANIZATION,
    **_ELECTION,
    "term": {"starts_on": "2026-03-20", "ends_on": "2031-03-19"},
}
ELECTION: Example = {
    "id": ELECTION_ID,
    "organization_id": ORGANIZATION,
    **_ELECTION,
    "term_id": TERM_ID,
    **_RECORDED,
}
MEETING_IN: Example = {
    "organization_id": ORGANIZATION,
    "body": "council",
    "term_id": TERM_ID,
    "title": "第五届理事会第二次会议",
    "held_on": "2026-04-28",
    "entitled_count": 15,
    "present_count": 13,
    "resolutions": "审议通过2025年度工作报告和财务报告。",
    "documents": [FILE_ID],
}
MEETING: Example = {"id": "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0039", **MEETING_IN, **_RECORDED}
REGISTRATION_IN: Example = {
    "organization_id": ORGANIZATION,
    "matter": "legal_representative",
    "decided_on": "2026-03-19",
    "authority": "陕西省民政厅",
    "filed_on": "2026-04-02",
}
REGISTRATION: Example = {
    "id": "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0037",
    **REGISTRATION_IN,
    "registered_on": None,
    "reference": None,
    **_RECORDED,
}
COMPLETION_IN: Example = {"registered_on": "2026-04-20", "reference": "陕民社变〔2026〕12号"}
_OFFICER: Example = {
    "name": "王某某",
    "phone": "029-00000000",
    "email": "office@example.org",
    "qualities": ["有情怀", "有能力"],
    "staff_id": None,
    "consented_on": None,
}
OFFICER_IN: Example = {"organization_id": ORGANIZATION, **_OFFICER}
OFFICER_CHANGES: Example = {"phone": "029-00000001"}
OFFICER_LINE: Example = {
    "id": OFFICER_ID,
    "organization_id": ORGANIZATION,
    "name": "王某某",
    "staff_id": None,
    "consented_on": None,
    "created_at": "2026-03-20T03:00:00Z",
}
OFFICER: Example = OFFICER_LINE | _OFFICER | {"erased": False, "version": 1, "recorded_by": BY}
APPOINTMENT_IN: Example = {
    "organization_id": ORGANIZATION,
    "officer_id": OFFICER_ID,
    "post": "exec_vice_president",
    "title": "常务副会长",
    "starts_on": "2026-03-20",
    "ends_on": None,
    "paid": False,
    "term_id": TERM_ID,
    "election_id": ELECTION_ID,
}
APPOINTMENT: Example = {
    "id": "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0038",
    **APPOINTMENT_IN,
    "name": "王某某",
    "end_reason": None,
    "ended_by": None,
    **_RECORDED,
}
END_IN: Example = {"ends_on": "2026-09-30", "reason": "辞任"}
ROSTER_LINE: Example = {
    "body": "council",
    "post": "exec_vice_president",
    "title": "常务副会长",
    "name": "王某某",
    "term_number": 5,
    "starts_on": "2026-03-20",
    "ends_on": None,
}
