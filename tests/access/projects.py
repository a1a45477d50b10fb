from tests.access.words import PUBLIC, ROLES

LOOKS = f"looks: {ROLES} audit accounting projects"
ACTS = "acts: project_officer projects"
SEES_PEOPLE = "looks: project_officer projects"
_ONE = "/v1/projects/{project_id}"

MAY = {
    "POST /v1/projects/programmes": ACTS,
    "GET /v1/projects/programmes": LOOKS,
    "GET /v1/projects/programmes/{programme_id}": LOOKS,
    "PATCH /v1/projects/programmes/{programme_id}": ACTS,
    "POST /v1/projects": ACTS,
    "GET /v1/projects": LOOKS,
    "GET /v1/projects/statistics": LOOKS,
    f"GET {_ONE}": LOOKS,
    f"PATCH {_ONE}": ACTS,
    f"POST {_ONE}/partners": ACTS,
    f"GET {_ONE}/steps": LOOKS,
    **{
        f"POST {_ONE}/{step}": ACTS
        for step in ("proposal", "withdrawal", "start", "end", "reopening", "stop")
    },
    f"POST {_ONE}/standards": ACTS,
    f"GET {_ONE}/standards": LOOKS,
    f"POST {_ONE}/standards/{{standard_id}}/notices": ACTS,
    f"GET {_ONE}/standards/{{standard_id}}/notices": LOOKS,
    "POST /v1/projects/beneficiaries": ACTS,
    "GET /v1/projects/beneficiaries": SEES_PEOPLE,
    "POST /v1/projects/beneficiaries/look-ups": SEES_PEOPLE,
    "POST /v1/projects/beneficiaries/duplicate-checks": ACTS,
    "GET /v1/projects/beneficiaries/{beneficiary_id}": SEES_PEOPLE,
    "PATCH /v1/projects/beneficiaries/{beneficiary_id}": ACTS,
    "POST /v1/projects/beneficiaries/{beneficiary_id}/consents": ACTS,
    "POST /v1/projects/beneficiaries/{beneficiary_id}/erasure": ACTS,
    "POST /v1/projects/households": ACTS,
    "GET /v1/projects/households": SEES_PEOPLE,
    "POST /v1/projects/households/{household_id}/members": ACTS,
    "POST /v1/projects/beneficiary-groups": ACTS,
    "GET /v1/projects/beneficiary-groups": SEES_PEOPLE,
    "GET /v1/projects/beneficiary-statistics": LOOKS,
    "GET /v1/projects/sheets/beneficiaries": PUBLIC,
    "POST /v1/projects/sheets/beneficiaries": ACTS,
    "GET /v1/projects/sheets/benefits": PUBLIC,
    "POST /v1/projects/sheets/benefits": ACTS,
    f"POST {_ONE}/benefits": ACTS,
    f"GET {_ONE}/benefits": SEES_PEOPLE,
    f"POST {_ONE}/benefits/{{benefit_id}}/voiding": ACTS,
}
