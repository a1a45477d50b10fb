"""Checks for help that was given already, over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Response

from app.kit.database import Reading, Streaming
from app.kit.http import problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.persons import documents
from app.kit.persons.errors import DocumentInvalid
from app.organizations import accesses
from app.organizations.access import Asking, Permission
from app.organizations.models import AccessKind
from app.organizations.signin import may
from app.projects.beneficiaries import duplicates
from app.projects.schemas.beneficiaries.duplicates import DuplicateCheckIn, DuplicateCheckOut, HelpReceivedOut

router = APIRouter(prefix="/v1/projects/beneficiaries", tags=["beneficiaries"], route_class=IdempotentRoute)

Changer = Annotated[Asking, may(Permission.beneficiaries_change)]


@router.post(
    "/duplicate-checks",
    operation_id="find_duplicate_aid",
    summary="Look for help that was given already",
    responses=problems.responses(DocumentInvalid),
)
async def find_duplicate_aid(
    database: Streaming, session: Reading, caller: Changer, body: DuplicateCheckIn, response: Response
) -> DuplicateCheckOut:
    """Tell what somebody has received from any member: what and where; that you looked is logged."""
    caller.must(at=body.organization_id)
    document = documents.read(body.document_kind, body.document_number)
    found = await duplicates.find(session, document, body.as_wanted())
    at, subject = found.places | {body.organization_id}, f"duplicate-check:{found.beneficiary_id or 'nobody'}"
    await accesses.record(database, caller.label, at=at, kind=AccessKind.beneficiary, subject=subject)
    response.headers["Cache-Control"] = "no-store"
    return DuplicateCheckOut(received=[HelpReceivedOut.of(one) for one in found.received])
