from tests.access.disclosure import ACTS, LOOKS
from tests.access.words import PUBLIC

_REVIEWERS = "acts: admin reviewer"
_MEMBER = "/v1/disclosure/organizations/{organization_id}"
_AMBASSADOR = "/v1/disclosure/ambassadors/{ambassador_id}"
_ONE = "/v1/disclosure/commendations/{commendation_id}"
_HOLDS = "/v1/disclosure/retention/holds"

MAY = {
    "GET /v1/disclosure/honours": PUBLIC,
    "POST /v1/disclosure/honours": ACTS,
    "POST /v1/disclosure/honours/{honour_id}/withdrawal": ACTS,
    "GET /v1/disclosure/ambassadors": PUBLIC,
    f"GET {_MEMBER}/ambassadors": ACTS,
    "POST /v1/disclosure/ambassadors": ACTS,
    f"POST {_AMBASSADOR}/review": _REVIEWERS,
    f"POST {_AMBASSADOR}/end": ACTS,
    f"POST {_AMBASSADOR}/consent": ACTS,
    f"POST {_AMBASSADOR}/consent-withdrawal": ACTS,
    f"GET {_MEMBER}/naming-consents": ACTS,
    "GET /v1/disclosure/commendations": PUBLIC,
    f"GET {_ONE}": PUBLIC,
    f"GET {_MEMBER}/commendations": LOOKS,
    "POST /v1/disclosure/commendations": ACTS,
    "POST /v1/disclosure/commendations/records": ACTS,
    f"GET {_ONE}/details": ACTS,
    f"POST {_ONE}/approval": ACTS,
    f"POST {_ONE}/nominees": ACTS,
    f"POST {_ONE}/nominees/{{nominee_id}}/review": _REVIEWERS,
    f"POST {_ONE}/nominees/{{nominee_id}}/consent": ACTS,
    f"POST {_ONE}/nominees/{{nominee_id}}/consent-withdrawal": ACTS,
    f"POST {_ONE}/publicity": ACTS,
    f"POST {_ONE}/objections": PUBLIC,
    f"POST {_ONE}/objections/{{objection_id}}/answer": _REVIEWERS,
    f"POST {_ONE}/decision": ACTS,
    f"POST {_ONE}/filing": ACTS,
    f"GET {_MEMBER}/processings": LOOKS,
    "GET /v1/disclosure/assessments": LOOKS,
    "POST /v1/disclosure/assessments": ACTS,
    "GET /v1/disclosure/assessments/{assessment_id}": LOOKS,
    "POST /v1/disclosure/assessments/{assessment_id}/review": _REVIEWERS,
    "GET /v1/disclosure/retention": LOOKS,
    "GET /v1/disclosure/retention/acts": LOOKS,
    f"GET {_HOLDS}": LOOKS,
    f"POST {_HOLDS}": "acts: admin",
    f"POST {_HOLDS}/{{hold_id}}/release": "acts: admin",
}
