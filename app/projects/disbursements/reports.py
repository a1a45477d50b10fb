"""Reports: what payees report of money they were paid, and what its acceptance by a second person counts."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select

from app.kit import constraints
from app.kit.clock import now
from app.kit.database import ReadSession, WriteSession
from app.ledger.models import ArrivalKind
from app.organizations.errors import OutOfSight
from app.projects.disbursements import explanations, reaching, relations
from app.projects.disbursements.errors import PayeeReportDecided, SamePersonTwice
from app.projects.disbursements.ways import WAYS, Way
from app.projects.models import Disbursement, PayeeReport, PayeeReportState


async def submit(
    session: WriteSession, disbursement: Disbursement, report: PayeeReport, attachment_ids: Sequence[UUID]
) -> PayeeReport:
    """Take in a report on a paid disbursement (locked by the caller), with its papers."""
    await reaching.show(session, disbursement, attachment_ids, by=report.submitted_by)
    last = select(func.max(PayeeReport.number)).where(PayeeReport.disbursement_id == disbursement.id)
    report.number = (await session.scalar(last) or 0) + 1
    session.add(report)
    await session.flush()
    return report


async def get(session: ReadSession, disbursement: Disbursement, report_id: UUID) -> PayeeReport:
    """Return a report on a disbursement, or refuse."""
    report = await session.get(PayeeReport, report_id)
    if report is None or report.disbursement_id != disbursement.id:
        raise OutOfSight
    return report


async def decide(
    session: WriteSession,
    disbursement: Disbursement,
    report: PayeeReport,
    *,
    accept: bool,
    reason: str | None,
    by: str,
) -> PayeeReport:
    """Accept or decline a report; what an accepted one says has reached its beneficiaries is counted.

    Money that went straight to a beneficiary, or was spent by the organization itself, has counted already.
    """
    if report.state is not PayeeReportState.submitted:
        raise PayeeReportDecided(report=report.id, state=report.state)
    if report.submitted_by == by:
        raise SamePersonTwice
    await relations.must_be_free(session, [disbursement.counterparty_id], by)
    if accept and report.reached_minor and WAYS[disbursement.kind] is Way.routed:
        shown = (ArrivalKind.report_accepted, report.reported_on, f"payee-report:{report.id}")
        await reaching.arrive(session, disbursement, report.reached_minor, shown)
    async with constraints.told(session, {"payee_reports_two_people_check": SamePersonTwice()}):
        report.state = PayeeReportState.accepted if accept else PayeeReportState.declined
        report.decided_by, report.decided_at = by, now()
    await explanations.keep(session, report, disbursement, reason)
    return report
