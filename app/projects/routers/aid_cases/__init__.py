"""The doors of aid cases."""

from app.kit.http.doors import joined
from app.projects.routers.aid_cases import cases, decisions, notices, payments, people, verifications

# `notices` comes first: its list stands where a case's id would.
router = joined(
    [
        notices.router,
        cases.router,
        people.router,
        verifications.router,
        decisions.router,
        payments.router,
    ]
)

__all__ = ["router"]
