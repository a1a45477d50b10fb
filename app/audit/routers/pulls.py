"""Pulls: every answer at the auditors' door is written down for those whose books it tells of."""

from collections.abc import AsyncGenerator
from typing import Annotated, Any

from fastapi import Depends, Request

from app.kit.database import Streaming
from app.organizations import accesses
from app.organizations.access import Asking, Permission
from app.organizations.models import AccessKind
from app.organizations.signin import may

PREFIX = "/v1/audit"
Auditor = Annotated[Asking, may(Permission.books_read)]


async def _recorded(request: Request, database: Streaming, caller: Auditor) -> AsyncGenerator[None]:
    """Record the pull once the route has not refused it, and before anything of the answer is sent."""
    yield
    # A workbook asks for its list page by page: the first one stands for all.
    if not getattr(request.state, "continued", False):
        subject = _asked(request)
        kind = AccessKind.audit_pull
        await accesses.record(database, caller.label, at=caller.places, kind=kind, subject=subject)


def _asked(request: Request) -> str:
    at = request.path_params.get("organization_id")
    register = request.scope["path"].removeprefix(f"{PREFIX}/").removeprefix(f"organizations/{at}/")
    return f"{register}?{request.url.query}" if request.url.query else register


recorded: Any = Depends(_recorded, scope="function")
"""Declares that a route's answers are pulls; it asks for the same permission as the route itself."""
