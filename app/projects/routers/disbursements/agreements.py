"""Agreements with payees over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from sqlalchemy import select

from app.accounting.parties.errors import NotACounterparty
from app.kit.attachments.errors import AttachmentNotFree
from app.kit.database import Reading, Writing
from app.kit.http import idempotency, pages, problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import FRAME, Page
from app.organizations.access import Asking, Permission
from app.organizations.signin import may
from app.projects.disbursements import agreements, errors, explanations
from app.projects.models import PayeeAgreement
from app.projects.register import projects
from app.projects.schemas.disbursements.payees import (
    PayeeAgreementEndIn,
    PayeeAgreementIn,
    PayeeAgreementOut,
    PayeeAgreementQuery,
)

router = APIRouter(prefix="/v1/projects/payee-agreements", tags=["payees"], route_class=IdempotentRoute)

Reader = Annotated[Asking, may(Permission.projects_read)]
Officer = Annotated[Asking, may(Permission.disbursements_request)]


@router.post(
    "",
    operation_id="add_payee_agreement",
    summary="Add an agreement with a payee",
    status_code=201,
    responses=problems.responses(
        errors.AgreementCodeTaken, errors.AgreementDatesReversed, NotACounterparty, AttachmentNotFree
    ),
)
async def add_payee_agreement(session: Writing, caller: Officer, body: PayeeAgreementIn) -> PayeeAgreementOut:
    """Write down by which agreement a payee is paid for a project, with what was signed."""
    project = await projects.get(session, body.project_id)
    caller.must(at=project.organization_id)
    agreement = body.as_agreement(project, caller.label)
    return PayeeAgreementOut.of(await agreements.make(session, agreement, body.attachment_ids))


@router.get("", operation_id="list_payee_agreements", summary="List agreements with payees")
async def list_payee_agreements(
    session: Reading, caller: Reader, asked: Annotated[PayeeAgreementQuery, Query()]
) -> Page[PayeeAgreementOut]:
    """List agreements with payees, those written down last first."""
    query = select(PayeeAgreement).where(PayeeAgreement.organization_id.in_(caller.visible()))
    query = query.filter_by(**asked.model_dump(exclude=FRAME, exclude_none=True))
    found = await pages.page(session, query, [PayeeAgreement.id], asked, newest_first=True)
    why = await explanations.read(session, caller.caller, [(one, one) for one in found.items])
    return found.told([PayeeAgreementOut.of(one, why.get(one.id)) for one in found.items])


@router.get("/{agreement_id}", operation_id="read_payee_agreement", summary="Read an agreement with a payee")
async def read_payee_agreement(session: Reading, caller: Reader, agreement_id: UUID) -> PayeeAgreementOut:
    """Read an agreement with a payee, and whether it is in force today."""
    agreement = await agreements.get(session, agreement_id)
    caller.must(at=agreement.organization_id)
    why = await explanations.read(session, caller.caller, [(agreement, agreement)])
    return PayeeAgreementOut.of(agreement, why.get(agreement.id))


@router.post(
    "/{agreement_id}/ending",
    operation_id="close_payee_agreement",
    summary="End an agreement with a payee",
    responses=problems.responses(errors.AgreementEnded),
)
async def close_payee_agreement(
    session: Writing, caller: Officer, agreement_id: UUID, body: PayeeAgreementEndIn, request: Request
) -> PayeeAgreementOut:
    """End an agreement before its time, with the reason: nothing more is paid by it."""
    agreement = await agreements.get(session, agreement_id, lock=True)
    caller.must(at=agreement.organization_id)
    await agreements.end(session, agreement, reason=body.reason, by=caller.label)
    idempotency.concerns(request, agreement.counterparty_id)
    why = await explanations.read(session, caller.caller, [(agreement, agreement)])
    return PayeeAgreementOut.of(agreement, why.get(agreement.id))
