"""Belongings: what is in one person's hands at a member, from every feature, and how it passes to another."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from sqlalchemy import func, select

from app.kit.database import ReadSession, WriteSession
from app.organizations import grants, organizations
from app.organizations.approvals import requests, rights
from app.organizations.desk.errors import SuccessorUnfit
from app.organizations.errors import RoleHeld
from app.organizations.models import Approval, ApprovalDecision, ApprovalState, Grant, Staff

BELONGINGS = "belongings"
"""Under this name the belongings of the features above lie in `session.info`."""


@dataclass(frozen=True, slots=True, order=True)
class Belonging:
    """One thing in somebody's hands: a role, or a feature's own task or draft."""

    kind: str
    subject_id: UUID
    title: str


@dataclass(frozen=True, slots=True)
class Passing:
    """What passes where: the thing, at which member, from whom to whom, and who carries it out."""

    subject_id: UUID
    organization_id: UUID
    leaver: Staff
    successor: Staff
    by: str


@dataclass(frozen=True, slots=True)
class Hands:
    """How a feature tells what a person has in hand at a member, and how it passes one thing on."""

    held: Callable[[ReadSession, UUID, UUID], Awaitable[Sequence[tuple[UUID, str]]]]
    passed: Callable[[WriteSession, Passing], Awaitable[None]]


def known(session: ReadSession) -> Mapping[str, Hands]:
    """Return how each kind of belonging is found and passed on."""
    return {
        "role": Hands(_roles, _pass_role),
        "approval": Hands(_requests, _pass_request),
        **cast("Mapping[str, Hands]", session.info.get(BELONGINGS, {})),
    }


async def of(session: ReadSession, staff_id: UUID, organization_id: UUID) -> list[Belonging]:
    """Return everything that a person has in hand at a member, by kind."""
    found: list[Belonging] = []
    for kind, hands in sorted(known(session).items()):
        held = await hands.held(session, staff_id, organization_id)
        found += [Belonging(kind, subject_id, title) for subject_id, title in held]
    return sorted(found)


async def _roles(session: ReadSession, staff_id: UUID, organization_id: UUID) -> Sequence[tuple[UUID, str]]:
    held = await session.scalars(
        select(Grant).where(
            Grant.staff_id == staff_id,
            Grant.organization_id == organization_id,
            Grant.revoked_at.is_(None),
        )
    )
    return [(grant.id, grant.role.value) for grant in held]


async def _pass_role(session: WriteSession, passing: Passing) -> None:
    grant = await grants.get(session, passing.organization_id, passing.subject_id)
    await session.refresh(grant, with_for_update=True)
    grants.revoke(grant, by=passing.by)
    at = await organizations.get(session, passing.organization_id)
    try:
        await grants.give(session, passing.successor, at, role=grant.role, given_by=passing.by)
    except RoleHeld:
        return  # the successor has the role already: nothing is missing


async def _requests(
    session: ReadSession, staff_id: UUID, organization_id: UUID
) -> Sequence[tuple[UUID, str]]:
    held = await session.scalars(
        select(Approval).where(
            Approval.organization_id == organization_id,
            Approval.state == ApprovalState.waiting,
            func.coalesce(Approval.handed_to, Approval.asked_by) == rights.label(staff_id),
        )
    )
    return [(one.id, one.title) for one in held]


async def _pass_request(session: WriteSession, passing: Passing) -> None:
    """Let the successor answer for a request; whoever has decided a step of it cannot ask for it as well."""
    approval = await requests.lock(session, passing.subject_id)
    successor = rights.label(passing.successor.id)
    decided = await session.scalar(
        select(ApprovalDecision.number)
        .where(
            ApprovalDecision.approval_id == approval.id,
            (ApprovalDecision.decided_by == successor) | (ApprovalDecision.held_by == successor),
        )
        .limit(1)
    )
    if decided is not None:
        raise SuccessorUnfit(approval=approval.id)
    approval.handed_to = None if successor == approval.asked_by else successor
    await session.flush()
