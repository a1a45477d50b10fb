"""Payees' reports over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy import select

from app.kit.attachments.errors import AttachmentNotFree
from app.kit.database import Reading, ReadSession, Writing
from app.kit.http import pages, problems
from app.kit.http.idempotency import MoneyRoute
from app.kit.http.pages import Page, PageQuery
from app.ledger.errors import ArrivalUnfit
from app.organizations.access import Asking, Permission
from app.organizations.signin import may
from app.projects.disbursements import errors, explanations, reports, requests
from app.projects.models import Disbursement, PayeeReport
from app.projects.schemas.disbursements.reaching import PayeeReportDecisionIn, PayeeReportIn, PayeeReportOut

router = APIRouter(
    prefix="/v1/projects/disbursements/{disbursement_id}/reports",
    tags=["last mile"],
    route_class=MoneyRoute,
)

Reader = Annotated[Asking, may(Permission.projects_read)]
Officer = Annotated[Asking, may(Permission.disbursements_request)]
Second = Annotated[Asking, may(Permission.disbursements_approve)]
_DECIDING = problems.responses(
    errors.PayeeReportDecided,
    errors.SamePersonTwice,
    errors.RelatedToPayee,
    errors.NothingLeftToReach,
    errors.DayToCome,
    ArrivalUnfit,
)


@router.post(
    "",
    operation_id="submit_payee_report",
    summary="Submit a payee's report",
    status_code=201,
    responses=problems.responses(errors.DisbursementNotInState, AttachmentNotFree),
)
async def submit_payee_report(
    session: Writing, caller: Officer, disbursement_id: UUID, body: PayeeReportIn
) -> PayeeReportOut:
    """Submit what a payee reports of the money it was paid; somebody else accepts or declines it."""
    disbursement = await requests.get(session, disbursement_id, lock=True)
    caller.must(at=disbursement.organization_id)
    report = body.as_report(disbursement, caller.label)
    return PayeeReportOut.of(await reports.submit(session, disbursement, report, body.attachment_ids))


@router.get("", operation_id="list_payee_reports", summary="List a payee's reports")
async def list_payee_reports(
    session: Reading, caller: Reader, disbursement_id: UUID, asked: Annotated[PageQuery, Query()]
) -> Page[PayeeReportOut]:
    """List the reports on a disbursement, the first one first."""
    disbursement = await requests.get(session, disbursement_id)
    caller.must(at=disbursement.organization_id)
    query = select(PayeeReport).where(PayeeReport.disbursement_id == disbursement.id)
    found = await pages.page(session, query, [PayeeReport.number, PayeeReport.id], asked)
    why = await explanations.read(session, caller.caller, [(one, disbursement) for one in found.items])
    return found.told([PayeeReportOut.of(one, why.get(one.id)) for one in found.items])


@router.post(
    "/{report_id}/acceptance",
    operation_id="approve_payee_report",
    summary="Accept a payee's report",
    responses=_DECIDING,
)
async def approve_payee_report(
    session: Writing, caller: Second, disbursement_id: UUID, report_id: UUID, body: PayeeReportDecisionIn
) -> PayeeReportOut:
    """Accept a report that somebody else submitted: what it says has reached its beneficiaries counts now."""
    disbursement = await requests.get(session, disbursement_id, lock=True)
    caller.must(at=disbursement.organization_id)
    report = await reports.get(session, disbursement, report_id)
    await reports.decide(session, disbursement, report, accept=True, reason=body.reason, by=caller.label)
    return await _decided(session, caller, disbursement, report)


@router.post(
    "/{report_id}/refusal",
    operation_id="decline_payee_report",
    summary="Decline a payee's report",
    responses=_DECIDING,
)
async def decline_payee_report(
    session: Writing, caller: Second, disbursement_id: UUID, report_id: UUID, body: PayeeReportDecisionIn
) -> PayeeReportOut:
    """Decline a report that somebody else submitted; the payee reports anew."""
    disbursement = await requests.get(session, disbursement_id, lock=True)
    caller.must(at=disbursement.organization_id)
    report = await reports.get(session, disbursement, report_id)
    await reports.decide(session, disbursement, report, accept=False, reason=body.reason, by=caller.label)
    return await _decided(session, caller, disbursement, report)


async def _decided(
    session: ReadSession, caller: Asking, disbursement: Disbursement, report: PayeeReport
) -> PayeeReportOut:
    why = await explanations.read(session, caller.caller, [(report, disbursement)])
    return PayeeReportOut.of(report, why.get(report.id))
