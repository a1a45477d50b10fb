from tests.access.words import ROLES

LOOKS = f"looks: {ROLES} audit accounting projects"
ACTS = "acts: project_officer projects"
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
}
