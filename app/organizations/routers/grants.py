"""Grants over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy import select

from app.kit.database import Reading, Writing
from app.kit.http import problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page, Slice, page
from app.organizations import grants, organizations
from app.organizations.access import Asking, Permission
from app.organizations.errors import DutiesNotSeparate, OutOfSight, PersonDisabled, RoleHeld
from app.organizations.models import Grant, Staff
from app.organizations.schemas.grants import GrantIn, GrantOut, GrantQuery
from app.organizations.signin import may

router = APIRouter(
    prefix="/organizations/{organization_id}/grants", tags=["grants"], route_class=IdempotentRoute
)
Changing = Annotated[Asking, may(Permission.grants_change)]
Looking = Annotated[Asking, may(Permission.grants_read)]


@router.post(
    "",
    operation_id="give_role",
    responses=problems.responses(RoleHeld, DutiesNotSeparate, PersonDisabled),
    summary="Give a role",
    response_model=GrantOut,
    status_code=201,
)
async def give_role(session: Writing, caller: Changing, organization_id: UUID, body: GrantIn) -> Grant:
    """Give a person a role at an organization."""
    caller.must(at=organization_id)
    person = await session.get(Staff, body.staff_id)
    if person is None:
        raise OutOfSight
    return await grants.give(
        session,
        person,
        await organizations.get(session, organization_id),
        role=body.role,
        given_by=caller.label,
        exception_reason=body.exception_reason,
    )


@router.get("", operation_id="list_grants", summary="List roles", response_model=Page[GrantOut])
async def list_grants(
    session: Reading, caller: Looking, organization_id: UUID, asked: Annotated[GrantQuery, Query()]
) -> Slice[Grant]:
    """Return who holds or held which role at an organization, in the order they were given."""
    caller.must(at=organization_id)
    found = select(Grant).where(Grant.organization_id == organization_id)
    if asked.staff_id is not None:
        found = found.where(Grant.staff_id == asked.staff_id)
    if asked.role is not None:
        found = found.where(Grant.role == asked.role)
    if asked.revoked is not None:
        found = found.where(Grant.revoked_at.is_not(None) == asked.revoked)
    return await page(session, found, [Grant.id], asked)


@router.delete(
    "/{grant_id}", operation_id="revoke_grant", summary="Take a role back", response_model=GrantOut
)
async def revoke_grant(session: Writing, caller: Changing, organization_id: UUID, grant_id: UUID) -> Grant:
    """Take a role back from this moment; that it was held stays on record."""
    caller.must(at=organization_id)
    grant = await grants.get(session, organization_id, grant_id)
    grants.revoke(grant, by=caller.label)
    return grant
