"""The log of accesses over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy import select

from app.kit.database import Reading
from app.kit.http import pages
from app.kit.http.doors import LateRoute
from app.kit.http.pages import Page, Slice
from app.organizations.access import Asking, Permission
from app.organizations.models import Access
from app.organizations.schemas.accesses import AccessOut, AccessQuery
from app.organizations.signin import may

router = APIRouter(
    prefix="/organizations/{organization_id}/accesses", tags=["organizations"], route_class=LateRoute
)
Looking = Annotated[Asking, may(Permission.accesses_read)]


@router.get("", operation_id="list_accesses", summary="List accesses", response_model=Page[AccessOut])
async def list_accesses(
    session: Reading, caller: Looking, organization_id: UUID, asked: Annotated[AccessQuery, Query()]
) -> Slice[Access]:
    """Return who looked at what is personal or financial of an organization, the latest first."""
    caller.must(at=organization_id)
    query = select(Access).where(Access.organization_id == organization_id)
    for name in ("caller", "kind", "subject"):
        if getattr(asked, name) is not None:
            query = query.where(getattr(Access, name) == getattr(asked, name))
    if asked.created_at_from:
        query = query.where(Access.created_at >= asked.created_at_from)
    if asked.created_at_to:
        query = query.where(Access.created_at <= asked.created_at_to)
    return await pages.listed(session, query, {"created_at": [Access.id]}, asked)
