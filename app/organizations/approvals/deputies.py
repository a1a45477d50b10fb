"""Deputies: whom an absent person lets decide in their place, and for which days."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from app.kit import outbox
from app.kit.clock import now, today
from app.kit.database import ReadSession, WriteSession
from app.organizations.approvals import rights
from app.organizations.errors import DeputyUnfit, DutiesNotSeparate, OutOfSight, TermOutOfBounds
from app.organizations.models import SEPARATE, Deputyship, Role, Staff
from app.organizations.permissions import ROLE_PERMISSIONS, Permission

TERM_MAX = timedelta(days=366)


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """Who is away from which day to which, who decides meanwhile, and why."""

    principal_id: UUID
    deputy_id: UUID
    valid_from: date
    valid_to: date
    reason: str
    exception_reason: str | None = None


async def name(session: WriteSession, organization_id: UUID, absence: Absence, *, by: str) -> Deputyship:
    """Let a person decide at a member in the right of another, on every day of an absence.

    Both hold a role there that decides. Who would come to a second of the separate duties by it needs a
    recorded reason, as for holding two of them.
    """
    length = absence.valid_to - absence.valid_from
    if not timedelta(0) <= length <= TERM_MAX or absence.valid_to < today():
        raise TermOutOfBounds(days_max=TERM_MAX.days)
    principal = await _roles(session, absence.principal_id, organization_id)
    deputy = await _roles(session, absence.deputy_id, organization_id)
    if absence.principal_id == absence.deputy_id or not principal or not deputy:
        raise DeputyUnfit
    duties, theirs = deputy & SEPARATE, principal & SEPARATE
    if duties and theirs - duties and absence.exception_reason is None:
        raise DutiesNotSeparate
    made = Deputyship(
        organization_id=organization_id,
        principal_id=absence.principal_id,
        deputy_id=absence.deputy_id,
        valid_from=absence.valid_from,
        valid_to=absence.valid_to,
        reason=absence.reason,
        exception_reason=absence.exception_reason,
        made_by=by,
    )
    session.add(made)
    await session.flush()
    await _tell(session, made, "named", by=by)
    return made


async def get(session: ReadSession, organization_id: UUID, deputyship_id: UUID) -> Deputyship:
    """Return a deputyship at this member."""
    found = await session.get(Deputyship, deputyship_id)
    if found is None or found.organization_id != organization_id:
        raise OutOfSight
    return found


async def revoke(session: WriteSession, deputyship: Deputyship, *, by: str) -> None:
    """End a deputyship at once. A second time it changes nothing."""
    await session.refresh(deputyship, with_for_update=True)
    if deputyship.revoked_at is None:
        deputyship.revoked_at, deputyship.revoked_by = now(), by
        await _tell(session, deputyship, "revoked", by=by)


async def _roles(session: ReadSession, staff_id: UUID, organization_id: UUID) -> frozenset[Role]:
    staff = await session.get(Staff, staff_id)
    if staff is None or staff.disabled_at is not None:
        return frozenset()
    held = await rights.own(session, staff_id, organization_id)
    return frozenset(role for role in held if Permission.approvals_decide in ROLE_PERMISSIONS[role])


async def _tell(session: WriteSession, deputyship: Deputyship, what: str, *, by: str) -> None:
    payload = {
        "principal": rights.label(deputyship.principal_id),
        "deputy": rights.label(deputyship.deputy_id),
        "valid_from": deputyship.valid_from.isoformat(),
        "valid_to": deputyship.valid_to.isoformat(),
        "by": by,
    }
    await outbox.tell(
        session,
        f"deputy.{what}",
        organization_id=deputyship.organization_id,
        subject=f"deputyship:{deputyship.id}",
        payload=payload,
    )
