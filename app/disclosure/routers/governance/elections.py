"""Audits, elections and registrations over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy import select

from app.disclosure.governance import audits, elections, errors, papers, registrations
from app.disclosure.models import ChangeRegistration, CouncilElection, PreElectionAudit
from app.disclosure.schemas.governance.councils import OfOrganization
from app.disclosure.schemas.governance.elections import (
    ChangeCompletionIn,
    ChangeRegistrationIn,
    ChangeRegistrationOut,
    ElectionIn,
    ElectionOut,
    PreElectionAuditIn,
    PreElectionAuditOut,
)
from app.kit.attachments.errors import AttachmentNotFree
from app.kit.database import Reading, Writing
from app.kit.http import pages, problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page
from app.organizations import organizations
from app.organizations.access import Asking, Permission
from app.organizations.signin import may

router = APIRouter(prefix="/v1/disclosure/governance", tags=["governance"], route_class=IdempotentRoute)

Reader = Annotated[Asking, may(Permission.governance_read)]
Changer = Annotated[Asking, may(Permission.governance_change)]
Asked = Annotated[OfOrganization, Query()]


@router.post(
    "/audits",
    operation_id="record_pre_election_audit",
    summary="Record an audit",
    status_code=201,
    responses=problems.responses(
        errors.AuditNumberTaken, errors.HappenedAhead, errors.DaysOutOfOrder, AttachmentNotFree
    ),
)
async def record_pre_election_audit(
    session: Writing, caller: Changer, body: PreElectionAuditIn
) -> PreElectionAuditOut:
    """Record the audit of the finances that must come before a re-election or a new representative."""
    caller.must(at=body.organization_id)
    audit = await audits.record(session, body.as_audit(caller.label), documents=body.documents)
    return PreElectionAuditOut.of(audit, body.documents)


@router.get("/audits", operation_id="list_pre_election_audits", summary="List audits")
async def list_pre_election_audits(
    session: Reading, caller: Reader, asked: Asked
) -> Page[PreElectionAuditOut]:
    """List the audits before elections of your organizations."""
    row = PreElectionAudit
    query = select(row).where(row.organization_id.in_(caller.visible(asked.organization_id)))
    found = await pages.page(session, query, [row.reported_on, row.id], asked)
    files = await papers.of(session, audits.KIND, [one.id for one in found.items], public=False)
    items = [PreElectionAuditOut.of(one, files.get(one.id, ())) for one in found.items]
    return found.told(items)


@router.post(
    "/elections",
    operation_id="record_election",
    summary="Record an election",
    status_code=201,
    responses=problems.responses(
        *(errors.PreElectionAuditMissing, errors.AuditServed, errors.ElectionInvalid),
        *(errors.TermMissing, errors.TermTooLong, errors.HappenedAhead),
    ),
)
async def record_election(session: Writing, caller: Changer, body: ElectionIn) -> ElectionOut:
    """Record an election; a re-election begins the next term, and ends what was held in the one before."""
    caller.must(at=body.organization_id)
    organization = await organizations.get(session, body.organization_id)
    vote, begins = body.as_vote(), body.begins()
    return ElectionOut.of(await elections.hold(session, organization, vote, new=begins, by=caller.label))


@router.get("/elections", operation_id="list_elections", summary="List elections")
async def list_elections(session: Reading, caller: Reader, asked: Asked) -> Page[ElectionOut]:
    """List the elections of your organizations."""
    row = CouncilElection
    query = select(row).where(row.organization_id.in_(caller.visible(asked.organization_id)))
    found = await pages.page(session, query, [row.held_on, row.id], asked)
    return Page[ElectionOut].model_validate(found)


@router.post(
    "/registrations",
    operation_id="record_change_registration",
    summary="Record a change applied for",
    status_code=201,
    responses=problems.responses(errors.ChangeRegistered, errors.HappenedAhead),
)
async def record_change_registration(
    session: Writing, caller: Changer, body: ChangeRegistrationIn
) -> ChangeRegistrationOut:
    """Record that a change of what is registered was applied for with the authority."""
    caller.must(at=body.organization_id)
    change = await registrations.file(session, body.as_change(caller.label))
    return ChangeRegistrationOut.model_validate(change)


@router.post(
    "/registrations/{registration_id}/completion",
    operation_id="record_change_completion",
    summary="Record a change registered",
    responses=problems.responses(errors.ChangeRegistered, errors.HappenedAhead),
)
async def record_change_completion(
    session: Writing, caller: Changer, registration_id: UUID, body: ChangeCompletionIn
) -> ChangeRegistrationOut:
    """Record when and under which number the authority registered a change."""
    change = await registrations.get(session, registration_id, lock=True)
    caller.must(at=change.organization_id)
    await registrations.complete(session, change, on=body.registered_on, reference=body.reference)
    return ChangeRegistrationOut.model_validate(change)


@router.get("/registrations", operation_id="list_change_registrations", summary="List registrations")
async def list_change_registrations(
    session: Reading, caller: Reader, asked: Asked
) -> Page[ChangeRegistrationOut]:
    """List the changes that your organizations applied for, and what was registered."""
    row = ChangeRegistration
    query = select(row).where(row.organization_id.in_(caller.visible(asked.organization_id)))
    found = await pages.page(session, query, [row.filed_on, row.id], asked)
    return Page[ChangeRegistrationOut].model_validate(found)
