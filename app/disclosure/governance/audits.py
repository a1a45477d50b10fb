"""Audits: the audit of the finances that comes before a re-election, and which terms still lack it."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, select

from app.disclosure.governance.errors import AuditNumberTaken, DaysOutOfOrder, HappenedAhead
from app.disclosure.models import CouncilElection, CouncilTerm, PreElectionAudit
from app.kit import constraints
from app.kit.attachments import files
from app.kit.attachments.files import Owner
from app.kit.clock import today
from app.kit.database import ReadSession, WriteSession

KIND = "pre_election_audit"
"""Under this name the reports of audits lie; `app/wiring.py` says who reads them."""


async def record(
    session: WriteSession, audit: PreElectionAudit, *, documents: Sequence[UUID]
) -> PreElectionAudit:
    """Record an audit of the finances with its report."""
    if audit.reported_on > today():
        raise HappenedAhead(day=audit.reported_on)
    known = {
        "pre_election_audits_organization_id_report_no_key": AuditNumberTaken(),
        "pre_election_audits_dates_check": DaysOutOfOrder(),
    }
    async with constraints.told(session, known):
        session.add(audit)
    if documents:
        owner = Owner(KIND, audit.id, audit.organization_id)
        await files.attach(session, documents, owner, by=audit.recorded_by)
    return audit


def unaudited() -> ColumnElement[bool]:
    """Return what is true of the terms for which no audit is there: of their time, and not served yet."""
    audit, election = PreElectionAudit, CouncilElection
    served = select(election.id).where(election.audit_id == audit.id, election.body == CouncilTerm.body)
    fit = select(audit.id).where(
        audit.organization_id == CouncilTerm.organization_id,
        audit.period_to >= CouncilTerm.starts_on,
        # Said, as it is two queries down: else it would be about some term, and not about this one.
        ~served.correlate(audit, CouncilTerm).exists(),
    )
    return ~fit.exists()


async def is_audited(session: ReadSession, term: CouncilTerm) -> bool:
    """Return whether an audit is there with which a re-election may end a term."""
    query = select(CouncilTerm.id).where(CouncilTerm.id == term.id, ~unaudited())
    return await session.scalar(query) is not None
