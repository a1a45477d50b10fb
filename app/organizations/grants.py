"""Grants: roles given to people at a member, and taken back."""

from uuid import UUID

from app.kit import constraints
from app.kit.clock import now
from app.kit.database import ReadSession, WriteSession
from app.organizations.errors import DutiesNotSeparate, OutOfSight, PersonDisabled, RoleHeld
from app.organizations.models import Grant, Organization, Role, Staff


async def give(
    session: WriteSession,
    staff: Staff,
    organization: Organization,
    *,
    role: Role,
    given_by: str,
    exception_reason: str | None = None,
) -> Grant:
    """Give a person a role at a member; two of accountant, reviewer, cashier need a recorded reason."""
    if staff.disabled_at is not None:
        raise PersonDisabled
    refusals = {"grants_live_idx": RoleHeld(role=role), "grants_separation_idx": DutiesNotSeparate(role=role)}
    grant = Grant(
        staff_id=staff.id,
        organization_id=organization.id,
        role=role,
        given_by=given_by,
        exception_reason=exception_reason,
    )
    async with constraints.told(session, refusals):
        session.add(grant)
    return grant


async def get(session: ReadSession, organization_id: UUID, grant_id: UUID) -> Grant:
    """Return a grant that was given at this member."""
    grant = await session.get(Grant, grant_id)
    if grant is None or grant.organization_id != organization_id:
        raise OutOfSight
    return grant


def revoke(grant: Grant, *, by: str) -> None:
    """Take a role back, from this moment. A second time it changes nothing."""
    if grant.revoked_at is None:
        grant.revoked_at, grant.revoked_by = now(), by
