"""Charters and terms over HTTP: what staff record."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter

from app.disclosure.governance import charters, errors, papers, terms
from app.disclosure.schemas.governance.councils import (
    CharterCorrectionIn,
    CharterIn,
    CharterOut,
    CouncilTermIn,
    CouncilTermOut,
)
from app.kit.attachments.errors import AttachmentNotFree
from app.kit.database import Writing
from app.kit.http import problems
from app.kit.http.idempotency import IdempotentRoute
from app.organizations import organizations
from app.organizations.access import Asking, Permission
from app.organizations.errors import OutOfSight
from app.organizations.signin import may

router = APIRouter(prefix="/v1/disclosure/governance", tags=["governance"], route_class=IdempotentRoute)

Changer = Annotated[Asking, may(Permission.governance_change)]


@router.post(
    "/charters",
    operation_id="record_charter",
    summary="Record a charter",
    status_code=201,
    responses=problems.responses(
        *(errors.CharterKnown, errors.HappenedAhead, AttachmentNotFree),
        *(errors.DaysOutOfOrder, errors.SeatsUnfit),
    ),
)
async def record_charter(session: Writing, caller: Changer, body: CharterIn) -> CharterOut:
    """Record a version of the charter with its document; what it changes is owed to the public in 30 days."""
    caller.must(at=body.organization_id)
    charter = await charters.record(session, body.as_charter(caller.label), documents=body.documents)
    files = await papers.of(session, charters.KIND, [charter.id], public=True)
    return CharterOut.of(charter, files.get(charter.id, ()))


@router.post(
    "/charters/{charter_id}/correction",
    operation_id="correct_charter",
    summary="Correct a charter",
    status_code=201,
    responses=problems.responses(
        *(errors.ReplacedAlready, errors.CharterKnown, errors.HappenedAhead, AttachmentNotFree),
        *(errors.DaysOutOfOrder, errors.SeatsUnfit, OutOfSight),
    ),
)
async def correct_charter(
    session: Writing, caller: Changer, charter_id: UUID, body: CharterCorrectionIn
) -> CharterOut:
    """Put a version in the place of one that was recorded wrongly; that one stays to be read as replaced."""
    wrong = await charters.get(session, charter_id, lock=True)
    caller.must(at=wrong.organization_id)
    right = body.as_charter(wrong, caller.label)
    charter = await charters.correct(session, wrong, right, documents=body.documents, reason=body.reason)
    files = await papers.of(session, charters.KIND, [charter.id], public=True)
    return CharterOut.of(charter, files.get(charter.id, ()))


@router.post(
    "/terms",
    operation_id="record_council_term",
    summary="Record the term as found",
    status_code=201,
    responses=problems.responses(
        errors.TermFound, errors.TermNumberTaken, errors.TermTooLong, errors.DaysOutOfOrder
    ),
)
async def record_council_term(session: Writing, caller: Changer, body: CouncilTermIn) -> CouncilTermOut:
    """Record the term in which your organization is found; every later one begins by a re-election."""
    caller.must(at=body.organization_id)
    organization = await organizations.get(session, body.organization_id)
    return CouncilTermOut.of(await terms.find(session, organization, body.as_term(caller.label)))
