"""Governance over HTTP."""

from app.disclosure.routers.governance import councils, elections, officers, posts, registers
from app.kit.http import doors

router = doors.joined((councils.router, elections.router, officers.router, posts.router, registers.router))

__all__ = ["router"]
