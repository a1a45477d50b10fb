"""Delegations: for a time, one member's accountants keep the books of another (代账)."""

from datetime import date, timedelta
from uuid import UUID

from app.kit import constraints
from app.kit.clock import now
from app.kit.database import ReadSession, WriteSession
from app.organizations.errors import DelegateInvalid, OutOfSight, TermOutOfBounds
from app.organizations.models import Delegation, Organization

TERM_MAX = timedelta(days=3 * 366)


async def make(
    session: WriteSession,
    organization: Organization,
    delegate_id: UUID,
    *,
    term: tuple[date, date],
    reason: str,
    made_by: str,
) -> Delegation:
    """Let the accountants of `delegate_id` write in this member's books, on every day of `term`."""
    valid_from, valid_to = term
    if not timedelta(0) <= valid_to - valid_from <= TERM_MAX:
        raise TermOutOfBounds(days_max=TERM_MAX.days)
    if delegate_id == organization.id:
        raise DelegateInvalid
    delegation = Delegation(
        organization_id=organization.id,
        delegate_id=delegate_id,
        valid_from=valid_from,
        valid_to=valid_to,
        reason=reason,
        made_by=made_by,
    )
    async with constraints.told(session, {"delegations_delegate_id_fkey": DelegateInvalid()}):
        session.add(delegation)
    return delegation


async def get(session: ReadSession, organization_id: UUID, delegation_id: UUID) -> Delegation:
    """Return a delegation that this member made."""
    delegation = await session.get(Delegation, delegation_id)
    if delegation is None or delegation.organization_id != organization_id:
        raise OutOfSight
    return delegation


def revoke(delegation: Delegation, *, by: str) -> None:
    """End a delegation at once. A second time it changes nothing."""
    if delegation.revoked_at is None:
        delegation.revoked_at, delegation.revoked_by = now(), by
