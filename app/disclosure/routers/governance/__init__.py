"""Governance over HTTP."""

from app.disclosure.routers.governance import (
    councils,
    elections,
    officers,
    pay,
    posts,
    published,
    registers,
    related,
)
from app.kit.http import doors

router = doors.joined(
    (
        *(councils.router, elections.router, officers.router, posts.router, registers.router),
        *(related.router, pay.router, published.router),
    )
)

__all__ = ["router"]
