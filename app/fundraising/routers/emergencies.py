"""Emergencies over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from sqlalchemy import select

from app.fundraising.filings import emergencies, errors
from app.fundraising.models import Emergency
from app.fundraising.schemas.filings.certificates import EmergencyEndIn, EmergencyIn, EmergencyOut
from app.kit.database import Reading, Writing
from app.kit.http import pages, problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page, Paging
from app.organizations.access import Asking, Permission
from app.organizations.signin import may, public

router = APIRouter(prefix="/v1/fundraising/emergencies", tags=["emergencies"], route_class=IdempotentRoute)

Changer = Annotated[Asking, may(Permission.campaigns_change)]


@router.post(
    "",
    operation_id="create_emergency",
    summary="Record an emergency",
    status_code=201,
    responses=problems.responses(errors.EmergencyCodeTaken, errors.FilingDateWrong),
)
async def create_emergency(session: Writing, caller: Changer, body: EmergencyIn) -> EmergencyOut:
    """Record that the authority opened its response; campaigns that name it may be filed afterwards."""
    caller.must(at=body.organization_id)
    return EmergencyOut.of(await emergencies.declare(session, body.as_emergency(caller.label)))


@router.get("", operation_id="list_emergencies", summary="List emergencies", dependencies=[public])
async def list_emergencies(session: Reading, asked: Paging) -> Page[EmergencyOut]:
    """List the emergencies that campaigns may name, the newest first."""
    found = await pages.page(session, select(Emergency), [Emergency.id], asked, newest_first=True)
    return found.told([EmergencyOut.of(one) for one in found.items])


@router.post(
    "/{emergency_id}/closing",
    operation_id="close_emergency",
    summary="Record an emergency's end",
    responses=problems.responses(errors.EmergencyClosed, errors.FilingDateWrong),
)
async def close_emergency(
    session: Writing, caller: Changer, emergency_id: UUID, body: EmergencyEndIn
) -> EmergencyOut:
    """Record that the authority closed its response: receipts are no longer published every five days."""
    emergency = await emergencies.get(session, emergency_id, lock=True)
    caller.must(at=emergency.organization_id)
    await emergencies.close(session, emergency, on=body.closed_on)
    return EmergencyOut.of(emergency)
