"""Partners as facts: what was paid to those who pass it on, and whether they have accounted for it."""

from datetime import date
from uuid import UUID

from sqlalchemy import Date, Select, cast, func, literal, select, union_all

from app.disclosure.models import SubjectKind
from app.disclosure.obligations.facts import ANY, Fact, Member
from app.disclosure.rules.law import Trigger
from app.kit.clock import LEGAL_ZONE
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

Paid = Select[str, UUID, str, date | None, date]
"""What was paid on: its kind, id and code, on which day, and since when it is accounted for."""


async def facts(session: ReadSession, member: Member) -> list[Fact]:
    """Return what a member paid to partners and advanced to other members, in one statement."""
    rows = await session.execute(union_all(_paid(member), _advanced(member)).order_by("id"))
    return [
        Fact(
            trigger=Trigger.partner_paid,
            happened_on=paid_on,
            kind=SubjectKind(kind),
            id=paid_id,
            title=code,
            done={ANY: accounted_on},
        )
        for kind, paid_id, code, paid_on, accounted_on in rows
        if paid_on is not None
    ]


def _paid(member: Member) -> Paid:
    first = (
        select(func.min(PayeeReport.reported_on))
        .where(PayeeReport.disbursement_id == Disbursement.id, PayeeReport.state == PayeeReportState.accepted)
        .scalar_subquery()
    )
    kind = literal(SubjectKind.disbursement.value).label("kind")
    return select(kind, Disbursement.id, Disbursement.code, Disbursement.paid_on, first).where(
        Disbursement.organization_id == member.id,
        Disbursement.kind == DisbursementKind.partner,
        Disbursement.paid_on.is_not(None),
    )


def _advanced(member: Member) -> Paid:
    # An advance is accounted for by the member that had it; a grant is its own, and agency money never ours.
    at = func.timezone(LEGAL_ZONE.key, func.min(TransferStep.created_at))
    first = (
        select(cast(at, Date))
        .where(TransferStep.transfer_id == Transfer.id, TransferStep.to_state == TransferState.accounted)
        .scalar_subquery()
    )
    kind = literal(SubjectKind.transfer.value).label("kind")
    return select(kind, Transfer.id, Transfer.code, Transfer.sent_on, first).where(
        Transfer.sender_id == member.id, Transfer.nature == Nature.advance, Transfer.sent_on.is_not(None)
    )
