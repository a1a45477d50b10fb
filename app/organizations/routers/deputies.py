"""Deputies over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy import select

from app.kit.database import Reading, Writing
from app.kit.http import problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page, Slice, page
from app.organizations.access import Asking, Permission
from app.organizations.approvals import deputies
from app.organizations.errors import DeputyUnfit, DutiesNotSeparate, NotAllowed, TermOutOfBounds
from app.organizations.models import Deputyship
from app.organizations.schemas.policies import DeputyIn, DeputyOut, DeputyQuery
from app.organizations.signin import may

router = APIRouter(
    prefix="/organizations/{organization_id}/deputies", tags=["approvals"], route_class=IdempotentRoute
)
Deciding = Annotated[Asking, may(Permission.approvals_decide)]
Looking = Annotated[Asking, may(Permission.approvals_read)]


@router.post(
    "",
    operation_id="name_deputy",
    responses=problems.responses(DeputyUnfit, DutiesNotSeparate, TermOutOfBounds),
    summary="Name a deputy",
    response_model=DeputyOut,
    status_code=201,
)
async def name_deputy(
    session: Writing, caller: Deciding, organization_id: UUID, body: DeputyIn
) -> Deputyship:
    """Let somebody decide in your place while you are away; for another person, an admin does it."""
    caller.must(at=organization_id)
    absence = body.absence(caller.id)
    _own_or_admin(caller, absence.principal_id, organization_id)
    return await deputies.name(session, organization_id, absence, by=caller.label)


@router.get("", operation_id="list_deputies", summary="List deputies", response_model=Page[DeputyOut])
async def list_deputies(
    session: Reading, caller: Looking, organization_id: UUID, asked: Annotated[DeputyQuery, Query()]
) -> Slice[Deputyship]:
    """Return who decides or decided for whom, in the order in which they were named."""
    caller.must(at=organization_id)
    found = select(Deputyship).where(Deputyship.organization_id == organization_id)
    if asked.principal_id is not None:
        found = found.where(Deputyship.principal_id == asked.principal_id)
    if asked.deputy_id is not None:
        found = found.where(Deputyship.deputy_id == asked.deputy_id)
    if asked.revoked is not None:
        found = found.where(Deputyship.revoked_at.is_not(None) == asked.revoked)
    return await page(session, found, [Deputyship.id], asked)


@router.delete(
    "/{deputyship_id}", operation_id="revoke_deputy", summary="End a deputyship", response_model=DeputyOut
)
async def revoke_deputy(
    session: Writing, caller: Deciding, organization_id: UUID, deputyship_id: UUID
) -> Deputyship:
    """End a deputyship at once; what was decided under it stands, and that it was stays on record."""
    caller.must(at=organization_id)
    deputyship = await deputies.get(session, organization_id, deputyship_id)
    _own_or_admin(caller, deputyship.principal_id, organization_id)
    await deputies.revoke(session, deputyship, by=caller.label)
    return deputyship


def _own_or_admin(caller: Asking, principal_id: UUID, organization_id: UUID) -> None:
    if principal_id != caller.id and organization_id not in caller.caller.holds(Permission.grants_change):
        raise NotAllowed(permission=Permission.grants_change, organization_id=organization_id)
