"""Governance over HTTP."""

from app.disclosure.routers.governance import (
    contacts,
    councils,
    dissolutions,
    elections,
    meetings,
    officers,
    pay,
    posts,
    published,
    reached,
    registers,
    related,
    reports,
    units,
)
from app.kit.http import doors

router = doors.joined(
    (
        *(councils.router, elections.router, officers.router, posts.router, registers.router),
        *(related.router, pay.router, reports.router, published.router, contacts.router, units.router),
        *(reached.router, meetings.router, dissolutions.router),
    )
)

__all__ = ["router"]
