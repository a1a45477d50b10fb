"""Agreements: by what a payee is paid for a project, and whether it has to report on what it was paid."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from app.accounting.parties import counterparties
from app.kit import constraints
from app.kit.attachments import files
from app.kit.attachments.files import Owner
from app.kit.clock import today
from app.kit.database import ReadSession, WriteSession
from app.kit.models import Attachment
from app.organizations.errors import OutOfSight
from app.projects.disbursements import explanations
from app.projects.disbursements.errors import AgreementCodeTaken, AgreementDatesReversed, AgreementEnded
from app.projects.models import (
    Disbursement,
    DisbursementState,
    PayeeAgreement,
    PayeeReport,
    PayeeReportState,
)

OWNER = "payee_agreement"
"""Under this name agreements own the files of what was signed."""

GONE = frozenset({DisbursementState.rejected, DisbursementState.withdrawn})
"""States in which a disbursement takes nothing of its agreement's amount any more."""

SPENT = frozenset({DisbursementState.paid, DisbursementState.confirmed})


async def make(
    session: WriteSession, agreement: PayeeAgreement, attachment_ids: Sequence[UUID]
) -> PayeeAgreement:
    """Write an agreement down with the signed papers."""
    await counterparties.must_be_of(session, agreement.organization_id, agreement.counterparty_id)
    refusals = {
        "payee_agreements_organization_id_code_key": AgreementCodeTaken(agreement=agreement.code),
        "payee_agreements_valid_check": AgreementDatesReversed(),
    }
    async with constraints.told(session, refusals):
        session.add(agreement)
    if attachment_ids:
        owner = Owner(OWNER, agreement.id, agreement.organization_id)
        await files.attach(session, attachment_ids, owner, by=agreement.made_by)
    return agreement


async def of_project(
    session: ReadSession, project_id: UUID, organization_ids: Sequence[UUID]
) -> Sequence[Attachment]:
    """Return what was signed with those who are paid for a project."""
    signed = select(PayeeAgreement.id).where(PayeeAgreement.project_id == project_id)
    return await files.of_several(session, OWNER, signed, organization_ids)


async def get(session: ReadSession, agreement_id: UUID, *, lock: bool = False) -> PayeeAgreement:
    """Return an agreement, or refuse."""
    agreement = await session.get(
        PayeeAgreement, agreement_id, with_for_update=lock or None, populate_existing=lock
    )
    if agreement is None:
        raise OutOfSight
    return agreement


async def end(session: WriteSession, agreement: PayeeAgreement, *, reason: str, by: str) -> PayeeAgreement:
    """End an agreement (locked by the caller) before its time: from today nothing is paid by it."""
    if agreement.ended_on is not None:
        raise AgreementEnded(agreement=agreement.code)
    agreement.ended_on, agreement.ended_by = today(), by
    await session.flush()
    await explanations.keep(session, agreement, agreement, reason)
    return agreement


def in_force(agreement: PayeeAgreement, on: date) -> bool:
    """Return whether something may be paid by an agreement on a day."""
    return agreement.ended_on is None and agreement.valid_from <= on <= agreement.valid_to


async def left(session: ReadSession, agreement: PayeeAgreement, *, without: UUID) -> int | None:
    """Return what its cap still allows in fen beside one disbursement; None if it has no cap."""
    if agreement.cap_minor is None:
        return None
    taken = await session.scalar(
        select(func.sum(Disbursement.amount - Disbursement.returned_minor)).where(
            Disbursement.agreement_id == agreement.id,
            Disbursement.id != without,
            Disbursement.state.not_in(GONE),
        )
    )
    return agreement.cap_minor - int(taken or 0)


async def owes_report(session: ReadSession, agreement: PayeeAgreement) -> bool:
    """Return whether the last report asked for is missing or not accepted.

    It is due for the disbursement that was paid last; of several reports on one the last counts.
    """
    if not agreement.reports_due:
        return False
    last = await session.scalar(
        select(Disbursement.id)
        .where(Disbursement.agreement_id == agreement.id, Disbursement.state.in_(SPENT))
        .order_by(Disbursement.paid_on.desc(), Disbursement.id.desc())
        .limit(1)
    )
    if last is None:
        return False
    report = await session.scalar(
        select(PayeeReport)
        .where(PayeeReport.disbursement_id == last)
        .order_by(PayeeReport.number.desc())
        .limit(1)
    )
    return report is None or report.state is not PayeeReportState.accepted
