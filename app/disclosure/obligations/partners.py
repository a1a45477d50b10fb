"""Partners as facts: what was paid to those who pass it on, and whether they have accounted for it."""

from sqlalchemy import func, select

from app.disclosure.models import SubjectKind
from app.disclosure.obligations.facts import ANY, Fact, Member
from app.disclosure.rules.law import Trigger
from app.kit.clock import legal_day
from app.kit.database import ReadSession
from app.ledger.movements.transfers import Nature
from app.projects.models import (
    Disbursement,
    DisbursementKind,
    PayeeReport,
    PayeeReportState,
    Transfer,
    TransferState,
    TransferStep,
)


async def facts(session: ReadSession, member: Member) -> list[Fact]:
    """Return what a member paid to partners and advanced to other members, in two statements."""
    return await _paid(session, member) + await _advanced(session, member)


async def _paid(session: ReadSession, member: Member) -> list[Fact]:
    reported = (
        select(PayeeReport.disbursement_id, func.min(PayeeReport.reported_on).label("reported_on"))
        .where(PayeeReport.state == PayeeReportState.accepted)
        .group_by(PayeeReport.disbursement_id)
        .subquery()
    )
    rows = await session.execute(
        select(Disbursement.id, Disbursement.code, Disbursement.paid_on, reported.c.reported_on)
        .outerjoin(reported, reported.c.disbursement_id == Disbursement.id)
        .where(
            Disbursement.organization_id == member.id,
            Disbursement.kind == DisbursementKind.partner,
            Disbursement.paid_on.is_not(None),
        )
        .order_by(Disbursement.id)
    )
    return [
        Fact(
            trigger=Trigger.partner_paid,
            happened_on=paid_on,
            kind=SubjectKind.disbursement,
            id=disbursement_id,
            title=code,
            done={ANY: reported_on},
        )
        for disbursement_id, code, paid_on, reported_on in rows
        if paid_on is not None
    ]


async def _advanced(session: ReadSession, member: Member) -> list[Fact]:
    # An advance is accounted for by the member that had it; a grant is its own, and agency money never ours.
    accounted = (
        select(TransferStep.transfer_id, func.min(TransferStep.created_at).label("at"))
        .where(TransferStep.to_state == TransferState.accounted)
        .group_by(TransferStep.transfer_id)
        .subquery()
    )
    rows = await session.execute(
        select(Transfer.id, Transfer.code, Transfer.sent_on, accounted.c.at)
        .outerjoin(accounted, accounted.c.transfer_id == Transfer.id)
        .where(
            Transfer.sender_id == member.id,
            Transfer.nature == Nature.advance,
            Transfer.sent_on.is_not(None),
        )
        .order_by(Transfer.id)
    )
    return [
        Fact(
            trigger=Trigger.partner_paid,
            happened_on=sent_on,
            kind=SubjectKind.transfer,
            id=transfer_id,
            title=code,
            done={ANY: None if at is None else legal_day(at)},
        )
        for transfer_id, code, sent_on, at in rows
        if sent_on is not None
    ]
