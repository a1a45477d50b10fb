"""Reports: what an annual report needs and no book tells: the audit, and cooperation abroad."""

from collections.abc import Sequence
from uuid import UUID

from app.disclosure.governance.errors import HappenedAhead
from app.disclosure.governance.years import versions
from app.disclosure.models import AnnualAudit, ForeignCooperation
from app.kit.attachments import files
from app.kit.attachments.files import Owner
from app.kit.clock import today
from app.kit.database import WriteSession

KIND = "annual_audit"
"""Under this name the auditors' reports lie; `app/wiring.py` says who reads them."""


async def audited(session: WriteSession, audit: AnnualAudit, *, documents: Sequence[UUID]) -> AnnualAudit:
    """Record the audit of a year's accounts with its report; said again, the later version counts.

    Raises HappenedAhead of a year that still runs, and of a report that is signed before the year's end.
    """
    versions.must_be_over(audit.year)
    if audit.signed_on > today():
        raise HappenedAhead(day=audit.signed_on)
    await versions.add(session, audit)
    if documents:
        owner = Owner(KIND, audit.id, audit.organization_id)
        await files.attach(session, documents, owner, by=audit.recorded_by)
    return audit


async def cooperated(session: WriteSession, said: ForeignCooperation) -> ForeignCooperation:
    """Record a year's cooperation abroad (Charity Law 13), or that there was none; the latest counts."""
    versions.must_be_over(said.year)
    return await versions.add(session, said)
