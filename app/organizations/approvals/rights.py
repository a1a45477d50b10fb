"""Rights: the roles in whose right a person may decide, their own, lent ones and those of the absent."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, select

from app.kit.clock import today
from app.kit.database import ReadSession
from app.organizations.models import SEPARATE, Delegation, Deputyship, Grant, Role, Staff


@dataclass(frozen=True, slots=True)
class Right:
    """A role at a member in whose right somebody may decide, and whose it is."""

    organization_id: UUID
    role: Role
    held_by: str
    deputyship_id: UUID | None = None


async def of(session: ReadSession, staff_id: UUID, at: Sequence[UUID], *, keep: bool = False) -> list[Right]:
    """Return everything in whose right a person may decide today at some members, the person's own first.

    With `keep` none of it is taken back before this transaction ends: a deputyship revoked at the same
    moment either comes too late, or is seen here.
    """
    me = label(staff_id)
    own = await _rows(session, _own(staff_id, at), keep=keep)
    duties: defaultdict[UUID, set[Role]] = defaultdict(set)
    for grant in own:
        if grant.role in SEPARATE:
            duties[grant.organization_id].add(grant.role)

    def apart(organization_id: UUID, role: Role) -> bool:
        # Nobody comes to a second of the separate duties by the right of another.
        return role not in SEPARATE or duties[organization_id] <= {role}

    rights = [Right(grant.organization_id, grant.role, me) for grant in own]
    rights += [
        Right(delegation.organization_id, Role.accountant, me)
        for delegation in await _rows(session, _lent(staff_id, at), keep=keep)
        if apart(delegation.organization_id, Role.accountant)
    ]
    rights += [
        Right(grant.organization_id, grant.role, label(deputyship.principal_id), deputyship.id)
        for grant, deputyship in await _rows(session, _deputised(staff_id, at), keep=keep)
        if apart(grant.organization_id, grant.role) or deputyship.exception_reason is not None
    ]
    return rights


async def own(session: ReadSession, staff_id: UUID, organization_id: UUID) -> frozenset[Role]:
    """Return the roles that were given to a person at a member and not taken back."""
    return frozenset(grant.role for grant in await session.scalars(_own(staff_id, [organization_id])))


def label(staff_id: UUID) -> str:
    """Return how the records name a person."""
    return f"staff:{staff_id}"


def in_force() -> ColumnElement[bool]:
    """Return the condition that a deputyship is in force today."""
    day = today()
    return and_(Deputyship.revoked_at.is_(None), Deputyship.valid_from <= day, Deputyship.valid_to >= day)


def _own(staff_id: UUID, at: Sequence[UUID]) -> Select[Grant]:
    return select(Grant).where(
        Grant.staff_id == staff_id, Grant.organization_id.in_(at), Grant.revoked_at.is_(None)
    )


def _lent(staff_id: UUID, at: Sequence[UUID]) -> Select[Delegation]:
    day = today()
    return (
        select(Delegation)
        .join(Grant, Grant.organization_id == Delegation.delegate_id)
        .where(
            Grant.staff_id == staff_id,
            Grant.role == Role.accountant,
            Grant.revoked_at.is_(None),
            Delegation.organization_id.in_(at),
            Delegation.revoked_at.is_(None),
            Delegation.valid_from <= day,
            Delegation.valid_to >= day,
        )
    )


def _deputised(staff_id: UUID, at: Sequence[UUID]) -> Select[Grant, Deputyship]:
    return (
        select(Grant, Deputyship)
        .join(
            Deputyship,
            and_(
                Deputyship.principal_id == Grant.staff_id,
                Deputyship.organization_id == Grant.organization_id,
            ),
        )
        .join(Staff, Staff.id == Grant.staff_id)
        .where(
            Deputyship.deputy_id == staff_id,
            Deputyship.organization_id.in_(at),
            in_force(),
            Grant.revoked_at.is_(None),
            Staff.disabled_at.is_(None),
        )
        .order_by(Grant.id, Deputyship.id)
    )


async def _rows(session: ReadSession, query: Any, *, keep: bool) -> Sequence[Any]:  # noqa: ANN401 - any of three
    if keep:
        query = query.with_for_update(read=True).execution_options(populate_existing=True)
    found = await session.execute(query)
    rows = found.all()
    return [row[0] if len(row) == 1 else row for row in rows]
