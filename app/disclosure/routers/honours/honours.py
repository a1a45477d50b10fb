"""Honours over HTTP, for staff."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter

from app.disclosure.honours import errors, honours
from app.disclosure.models import Honour
from app.disclosure.schemas.honours.honours import HonourIn, HonourOut, HonourWithdrawalIn
from app.kit.database import Writing
from app.kit.http import problems
from app.kit.http.idempotency import IdempotentRoute
from app.organizations.access import Asking, Permission
from app.organizations.errors import OutOfSight
from app.organizations.signin import may

router = APIRouter(prefix="/honours", route_class=IdempotentRoute)

Changer = Annotated[Asking, may(Permission.publications_change)]


@router.post(
    "",
    operation_id="record_honour",
    summary="Record an honour",
    status_code=201,
    response_model=HonourOut,
    responses=problems.responses(errors.HonourAhead),
)
async def record_honour(session: Writing, caller: Changer, body: HonourIn) -> Honour:
    """Record what an organization was honoured with, by whom and when."""
    caller.must(at=body.organization_id)
    return await honours.record(session, body.as_honour(caller.label))


@router.post(
    "/{honour_id}/withdrawal",
    operation_id="withdraw_honour",
    summary="Withdraw an honour",
    response_model=HonourOut,
    responses=problems.responses(errors.HonourWithdrawn, errors.HonourAhead, OutOfSight),
)
async def withdraw_honour(
    session: Writing, caller: Changer, honour_id: UUID, body: HonourWithdrawalIn
) -> Honour:
    """Note that an honour was taken back; it stays to be read."""
    honour = await honours.get(session, honour_id)
    caller.must(at=honour.organization_id)
    await honours.withdraw(session, honour, on=body.withdrawn_on, reason=body.reason)
    return honour
