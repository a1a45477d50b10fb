"""Delegations over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy import or_, select

from app.kit.database import Reading, Writing
from app.kit.http import problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page, Slice, page
from app.organizations import delegations, organizations
from app.organizations.access import Asking, Permission
from app.organizations.errors import DelegateInvalid, TermOutOfBounds
from app.organizations.models import Delegation
from app.organizations.schemas.grants import DelegationIn, DelegationOut, RevocableQuery
from app.organizations.signin import may

router = APIRouter(
    prefix="/organizations/{organization_id}/delegations", tags=["delegations"], route_class=IdempotentRoute
)
Changing = Annotated[Asking, may(Permission.delegations_change)]
Looking = Annotated[Asking, may(Permission.delegations_read)]


@router.post(
    "",
    operation_id="make_delegation",
    responses=problems.responses(DelegateInvalid, TermOutOfBounds),
    summary="Delegate the bookkeeping",
    response_model=DelegationOut,
    status_code=201,
)
async def make_delegation(
    session: Writing, caller: Changing, organization_id: UUID, body: DelegationIn
) -> Delegation:
    """Let another member's accountants write in this member's books for a time (代账)."""
    caller.must(at=organization_id)
    return await delegations.make(
        session,
        await organizations.get(session, organization_id),
        body.delegate_id,
        term=(body.valid_from, body.valid_to),
        reason=body.reason,
        made_by=caller.label,
    )


@router.get(
    "", operation_id="list_delegations", summary="List delegations", response_model=Page[DelegationOut]
)
async def list_delegations(
    session: Reading, caller: Looking, organization_id: UUID, asked: Annotated[RevocableQuery, Query()]
) -> Slice[Delegation]:
    """Return the delegations that a member made and those made to it, in the order they were made."""
    caller.must(at=organization_id)
    found = select(Delegation).where(
        or_(Delegation.organization_id == organization_id, Delegation.delegate_id == organization_id)
    )
    if asked.revoked is not None:
        found = found.where(Delegation.revoked_at.is_not(None) == asked.revoked)
    return await page(session, found, [Delegation.id], asked)


@router.delete(
    "/{delegation_id}",
    operation_id="revoke_delegation",
    summary="End a delegation",
    response_model=DelegationOut,
)
async def revoke_delegation(
    session: Writing, caller: Changing, organization_id: UUID, delegation_id: UUID
) -> Delegation:
    """End a delegation at once; that it was made stays on record."""
    caller.must(at=organization_id)
    delegation = await delegations.get(session, organization_id, delegation_id)
    delegations.revoke(delegation, by=caller.label)
    return delegation
