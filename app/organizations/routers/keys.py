"""API keys over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy import select

from app.kit.database import Reading, Writing
from app.kit.http import problems
from app.kit.http.doors import LateRoute
from app.kit.http.pages import Page, Slice, page
from app.organizations import keys, organizations
from app.organizations.access import Asking, Permission
from app.organizations.errors import ScopeNotForKind, TermOutOfBounds
from app.organizations.models import ApiKey
from app.organizations.schemas.grants import RevocableQuery
from app.organizations.schemas.keys import KeyIn, KeyMade, KeyOut
from app.organizations.signin import may

router = APIRouter(prefix="/organizations/{organization_id}/keys", tags=["keys"], route_class=LateRoute)
Changing = Annotated[Asking, may(Permission.keys_change)]
Looking = Annotated[Asking, may(Permission.keys_read)]


@router.post(
    "",
    operation_id="make_api_key",
    responses=problems.responses(ScopeNotForKind, TermOutOfBounds),
    summary="Make a key",
    status_code=201,
)
async def make_key(session: Writing, caller: Changing, organization_id: UUID, body: KeyIn) -> KeyMade:
    """Make a key for an auditor or a service; its spelling is in this answer and nowhere else."""
    caller.must(at=organization_id)
    key, spelling = await keys.make(
        session,
        await organizations.get(session, organization_id),
        keys.Terms(
            body.kind, body.scopes, body.expires_at, body.years and (body.years.first, body.years.last)
        ),
        name=body.name,
        made_by=caller.label,
    )
    return KeyMade(key=KeyOut.model_validate(key), spelling=spelling)


@router.get("", operation_id="list_api_keys", summary="List keys", response_model=Page[KeyOut])
async def list_keys(
    session: Reading, caller: Looking, organization_id: UUID, asked: Annotated[RevocableQuery, Query()]
) -> Slice[ApiKey]:
    """Return an organization's keys, without their secrets, in the order they were made."""
    caller.must(at=organization_id)
    found = select(ApiKey).where(ApiKey.organization_id == organization_id)
    if asked.revoked is not None:
        found = found.where(ApiKey.revoked_at.is_not(None) == asked.revoked)
    return await page(session, found, [ApiKey.id], asked)


@router.delete("/{key_id}", operation_id="revoke_api_key", summary="Revoke a key", response_model=KeyOut)
async def revoke_key(session: Writing, caller: Changing, organization_id: UUID, key_id: UUID) -> ApiKey:
    """Let a key stop working at once."""
    caller.must(at=organization_id)
    key = await keys.get(session, organization_id, key_id)
    keys.revoke(key, by=caller.label)
    return key
