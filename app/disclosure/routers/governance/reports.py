"""Audits of a year's accounts, cooperation abroad, and costs above their cap, over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query
from sqlalchemy import select

from app.disclosure.governance import errors, papers
from app.disclosure.governance.years import reports
from app.disclosure.models import AnnualAudit, ExceptionReport, ForeignCooperation
from app.disclosure.ratios import exceptions
from app.disclosure.ratios.errors import ExceptionUnfit, RatiosNotBinding
from app.disclosure.schemas.governance.councils import OfOrganization
from app.disclosure.schemas.governance.exceptions import ExceptionReportIn, ExceptionReportOut
from app.disclosure.schemas.governance.reports import (
    AnnualAuditIn,
    AnnualAuditOut,
    ForeignCooperationIn,
    ForeignCooperationOut,
)
from app.kit.attachments.errors import AttachmentNotFree
from app.kit.database import Reading, Writing
from app.kit.http import pages, problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page
from app.organizations import organizations
from app.organizations.access import Asking, Permission
from app.organizations.errors import OutOfSight
from app.organizations.signin import may

router = APIRouter(prefix="/v1/disclosure/governance", tags=["governance"], route_class=IdempotentRoute)

Reader = Annotated[Asking, may(Permission.governance_read)]
Changer = Annotated[Asking, may(Permission.governance_change)]
Asked = Annotated[OfOrganization, Query()]


@router.post(
    "/annual-audits",
    operation_id="record_annual_audit",
    summary="Record a year's audit",
    status_code=201,
    responses=problems.responses(errors.HappenedAhead, AttachmentNotFree),
)
async def record_annual_audit(session: Writing, caller: Changer, body: AnnualAuditIn) -> AnnualAuditOut:
    """Record who audited a year's accounts and with which opinion; said again, the later version counts."""
    caller.must(at=body.organization_id)
    audit = await reports.audited(session, body.as_audit(caller.label), documents=body.documents)
    return AnnualAuditOut.of(audit, body.documents)


@router.get("/annual-audits", operation_id="list_annual_audits", summary="List audits of years")
async def list_annual_audits(session: Reading, caller: Reader, asked: Asked) -> Page[AnnualAuditOut]:
    """List the audits of your organizations' accounts, year by year, in all their versions."""
    row = AnnualAudit
    query = select(row).where(row.organization_id.in_(caller.visible(asked.organization_id)))
    found = await pages.page(session, query, [row.year, row.id], asked)
    files = await papers.of(session, reports.KIND, [one.id for one in found.items], public=False)
    items = [AnnualAuditOut.of(one, files.get(one.id, ())) for one in found.items]
    return found.told(items)


@router.post(
    "/foreign-cooperations",
    operation_id="record_foreign_cooperation",
    summary="Record cooperation abroad",
    status_code=201,
    responses=problems.responses(errors.HappenedAhead),
)
async def record_foreign_cooperation(
    session: Writing, caller: Changer, body: ForeignCooperationIn
) -> ForeignCooperationOut:
    """Record a year's cooperation abroad, or that there was none; said again, the later version counts."""
    caller.must(at=body.organization_id)
    return ForeignCooperationOut.of(await reports.cooperated(session, body.as_list(caller.label)))


@router.get(
    "/foreign-cooperations", operation_id="list_foreign_cooperations", summary="List cooperation abroad"
)
async def list_foreign_cooperations(
    session: Reading, caller: Reader, asked: Asked
) -> Page[ForeignCooperationOut]:
    """List your organizations' cooperation abroad, year by year, in all its versions."""
    row = ForeignCooperation
    query = select(row).where(row.organization_id.in_(caller.visible(asked.organization_id)))
    found = await pages.page(session, query, [row.year, row.id], asked)
    items = [ForeignCooperationOut.of(one) for one in found.items]
    return found.told(items)


@router.post(
    "/exception-reports",
    operation_id="record_exception_report",
    summary="Record why costs were above their cap",
    status_code=201,
    responses=problems.responses(errors.HappenedAhead, ExceptionUnfit, RatiosNotBinding, OutOfSight),
)
async def record_exception_report(
    session: Writing, caller: Changer, body: ExceptionReportIn
) -> ExceptionReportOut:
    """Record on which grounds administration cost more than its cap, as you told the authority.

    It is published with the year's ratios, whose verdict then says so; said again, the later version counts.
    """
    caller.must(at=body.organization_id)
    organization = await organizations.get(session, body.organization_id)
    return ExceptionReportOut.of(await exceptions.report(session, organization, body.as_report(caller.label)))


@router.get(
    "/exception-reports",
    operation_id="list_exception_reports",
    summary="List reports of costs above their cap",
)
async def list_exception_reports(session: Reading, caller: Reader, asked: Asked) -> Page[ExceptionReportOut]:
    """List why your organizations' costs were above their cap, year by year, in all versions."""
    row = ExceptionReport
    query = select(row).where(row.organization_id.in_(caller.visible(asked.organization_id)))
    found = await pages.page(session, query, [row.year, row.id], asked)
    items = [ExceptionReportOut.of(one) for one in found.items]
    return found.told(items)
