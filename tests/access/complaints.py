from tests.access.disclosure import ACTS, LOOKS
from tests.access.words import PUBLIC

_HANDLERS = "admin reviewer disclosure_officer"
_COMPLAINTS = "/v1/disclosure/complaints"
_ONE = f"{_COMPLAINTS}/{{complaint_id}}"
_EVENT = "/v1/disclosure/events/{event_id}"
_SEAT = f"{_EVENT}/attendances/{{attendance_id}}"
_INITIATIVES = "/v1/disclosure/initiatives"

MAY = {
    f"POST {_COMPLAINTS}": PUBLIC,
    f"GET {_COMPLAINTS}/{{lookup_code}}/progress": PUBLIC,
    f"POST {_COMPLAINTS}/records": f"acts: {_HANDLERS}",
    f"GET {_COMPLAINTS}": f"looks: {_HANDLERS}",
    f"GET {_ONE}": f"looks: {_HANDLERS}",
    f"POST {_ONE}/assignment": f"acts: {_HANDLERS}",
    f"POST {_ONE}/recusals": f"acts: {_HANDLERS}",
    f"POST {_ONE}/answer": f"acts: {_HANDLERS}",
    f"POST {_ONE}/closing": f"acts: {_HANDLERS}",
    "GET /v1/disclosure/events": PUBLIC,
    f"GET {_EVENT}": PUBLIC,
    "GET /v1/disclosure/organizations/{organization_id}/events": LOOKS,
    "POST /v1/disclosure/events": ACTS,
    f"GET {_EVENT}/details": LOOKS,
    f"PATCH {_EVENT}": ACTS,
    f"POST {_EVENT}/publication": ACTS,
    f"POST {_EVENT}/cancellation": ACTS,
    f"POST {_EVENT}/sessions": ACTS,
    f"POST {_EVENT}/sessions/{{session_id}}/speakers": ACTS,
    f"POST {_EVENT}/speakers/{{speaker_id}}/consent": ACTS,
    f"POST {_EVENT}/speakers/{{speaker_id}}/consent-withdrawal": ACTS,
    f"POST {_EVENT}/materials": ACTS,
    f"POST {_EVENT}/sign-ups": PUBLIC,
    f"POST {_EVENT}/sign-ups/cancellation": PUBLIC,
    f"POST {_EVENT}/sign-ins": PUBLIC,
    f"POST {_EVENT}/sign-in-codes": ACTS,
    f"GET {_EVENT}/attendances": ACTS,
    f"POST {_EVENT}/attendances": ACTS,
    f"POST {_SEAT}/sign-in": ACTS,
    f"POST {_SEAT}/cancellation": ACTS,
    f"GET {_INITIATIVES}": PUBLIC,
    f"GET {_INITIATIVES}/{{initiative_id}}": PUBLIC,
    f"POST {_INITIATIVES}": ACTS,
    f"POST {_INITIATIVES}/{{initiative_id}}/items": ACTS,
}
