"""Notices: which events are told to people, in which words, and to whom."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from sqlalchemy import select

from app.kit.database import ReadSession
from app.kit.models import OutboxEvent
from app.organizations.approvals import rights
from app.organizations.models import Deputyship, Grant, Staff
from app.organizations.permissions import ROLE_PERMISSIONS, Permission

NOTICES = "notices"
"""Under this name the notices of the features above lie in `session.info`."""

Concerned = Callable[[ReadSession, OutboxEvent], Awaitable[Iterable[UUID]]]
"""Returns the people whom an event concerns."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What people are told of a topic, and who is."""

    title: str
    title_zh: str
    concerned: Concerned


def known(session: ReadSession) -> Mapping[str, Notice]:
    """Return the notice of every topic that is told to people."""
    return {**_OWN, **cast("Mapping[str, Notice]", session.info.get(NOTICES, {}))}


async def deciders(session: ReadSession, event: OutboxEvent) -> set[UUID]:
    """Return who may decide the step at which a request stands: holders of its role, and their deputies."""
    role, at = event.payload["role"], event.organization_id
    askers = {event.payload["asked_by"], event.payload["answered_by"]}
    holders = select(Grant.staff_id).where(
        Grant.organization_id == at, Grant.role == role, Grant.revoked_at.is_(None)
    )
    standing_in = select(Deputyship.deputy_id).where(
        Deputyship.organization_id == at, Deputyship.principal_id.in_(holders), rights.in_force()
    )
    found = await session.scalars(
        select(Staff.id).where(Staff.id.in_(holders) | Staff.id.in_(standing_in), Staff.disabled_at.is_(None))
    )
    return {one for one in found if rights.label(one) not in askers}


async def asker(session: ReadSession, event: OutboxEvent) -> set[UUID]:  # noqa: ARG001 - one of several
    """Return the person who asked, or who took it over; a machine is told nothing."""
    return named(event.payload["answered_by"])


async def _deputy(session: ReadSession, event: OutboxEvent) -> set[UUID]:  # noqa: ARG001 - one of several
    return named(event.payload["deputy"])


async def _subject(session: ReadSession, event: OutboxEvent) -> set[UUID]:  # noqa: ARG001 - one of several
    return named(event.subject)


async def holders(session: ReadSession, event: OutboxEvent, permission: Permission) -> set[UUID]:
    """Return who holds a permission where an event happened: for notices about what they look after."""
    return await holders_at(session, event.organization_id, permission)


async def holders_at(session: ReadSession, organization_id: UUID | None, permission: Permission) -> set[UUID]:
    """Return the people who hold a permission at an organization by a role of their own there."""
    roles = [role for role, held in ROLE_PERMISSIONS.items() if permission in held]
    found = await session.scalars(
        select(Grant.staff_id)
        .join(Staff, Staff.id == Grant.staff_id)
        .where(
            Grant.organization_id == organization_id,
            Grant.role.in_(roles),
            Grant.revoked_at.is_(None),
            Staff.disabled_at.is_(None),
        )
    )
    return set(found)


def named(label: str) -> set[UUID]:
    """Return the person whom a label names, if it names one."""
    kind, _, identity = label.partition(":")
    return {UUID(identity)} if kind == "staff" else set()


_OWN: Mapping[str, Notice] = {
    "approval.asked": Notice("A request waits for your decision", "有一项申请待您审批", deciders),
    "approval.advanced": Notice("A request has come to your step", "有一项申请已到您的审批环节", deciders),
    "approval.approved": Notice("Your request was approved", "您的申请已通过审批", asker),
    "approval.rejected": Notice("Your request was rejected", "您的申请已被驳回", asker),
    "deputy.named": Notice("You were named somebody's deputy", "您被指定为代理人", _deputy),
    "deputy.revoked": Notice("Your deputyship has ended", "您的代理已终止", _deputy),
    "second_factor.enrolled": Notice("A second factor was enrolled for you", "您已启用动态验证码", _subject),
    "second_factor.removed": Notice("Your second factor was removed", "您的动态验证码已被停用", _subject),
}
