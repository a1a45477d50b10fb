"""The doors of disbursements."""

from app.kit.http import doors
from app.projects.routers.disbursements import (
    agreements,
    bank_lines,
    orders,
    payees,
    reaching,
    reports,
    requests,
)

_DOORS = (payees, agreements, orders, requests, reaching, reports, bank_lines)
router = doors.joined(door.router for door in _DOORS)

__all__ = ["router"]
