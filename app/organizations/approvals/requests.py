"""Requests: how something is put before those who decide it, found again, and taken back."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import insert, select

from app.kit import constraints, outbox
from app.kit.clock import now
from app.kit.database import ReadSession, WriteSession
from app.organizations.approvals import kinds, policies
from app.organizations.errors import ApprovalEnded, AskedAlready, OutOfSight
from app.organizations.models import Approval, ApprovalState, ApprovalStep


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What is asked about: the feature's own row, in words that name no private person."""

    kind: str
    organization_id: UUID
    subject_id: UUID
    title: str
    amount_minor: int | None = None


async def ask(session: WriteSession, matter: Matter, *, asked_by: str) -> Approval:
    """Put a matter before those who decide it: the steps are those of the policy of this moment.

    `asked_by` is the label of whoever answers for it (`staff:<uuid>`): they decide no step of it.
    Refused while the same subject waits already.
    """
    kinds.get(session, matter.kind)
    policy = await policies.in_force(session, matter.organization_id, matter.kind)
    roles = policies.steps(policy.tiers, matter.amount_minor)
    approval = Approval(
        kind=matter.kind,
        organization_id=matter.organization_id,
        subject_id=matter.subject_id,
        title=matter.title,
        amount_minor=matter.amount_minor,
        asked_by=asked_by,
        step_count=len(roles),
    )
    async with constraints.told(session, {"approvals_waiting_idx": AskedAlready()}):
        session.add(approval)
    steps = [
        {"approval_id": approval.id, "number": number, "role": role} for number, role in enumerate(roles, 1)
    ]
    await session.execute(insert(ApprovalStep), steps)
    await tell(session, approval, "asked", role=roles[0])
    return approval


async def of(session: ReadSession, kind: str, subject_id: UUID) -> Approval | None:
    """Return the latest request about a subject, if there was any."""
    return await session.scalar(
        select(Approval)
        .where(Approval.subject_id == subject_id, Approval.kind == kind)
        .order_by(Approval.id.desc())
        .limit(1)
    )


async def waiting(session: ReadSession, kind: str, subject_id: UUID) -> Approval | None:
    """Return the request about a subject that nobody has ended yet, if there is one."""
    latest = await of(session, kind, subject_id)
    return latest if latest is not None and latest.state is ApprovalState.waiting else None


async def granted(
    session: ReadSession, kind: str, subject_id: UUID, *, amount_minor: int | None = None
) -> bool:
    """Return whether the latest request about a subject was approved, and for this very amount."""
    latest = await of(session, kind, subject_id)
    return (
        latest is not None and latest.state is ApprovalState.approved and latest.amount_minor == amount_minor
    )


async def get(session: ReadSession, approval_id: UUID) -> Approval:
    """Return a request."""
    approval = await session.get(Approval, approval_id)
    if approval is None:
        raise OutOfSight
    return approval


async def lock(session: WriteSession, approval_id: UUID) -> Approval:
    """Return a request as it now is, and let nobody else decide until this transaction ends.

    Take it before the row it is about: a decision takes them in that order.
    """
    approval = await session.get(Approval, approval_id, with_for_update=True, populate_existing=True)
    if approval is None:
        raise OutOfSight
    return approval


async def withdraw(session: WriteSession, approval: Approval, *, by: str) -> None:
    """Take a request back that nobody has ended yet; whether `by` may, the caller has asked."""
    approval = await lock(session, approval.id)
    if approval.state is not ApprovalState.waiting:
        raise ApprovalEnded(state=approval.state)
    approval.state, approval.ended_at, approval.withdrawn_by = ApprovalState.withdrawn, now(), by
    await end(session, approval)


async def end(session: WriteSession, approval: Approval) -> None:
    """Set off what hangs on the end of a request, and tell of it."""
    await session.flush()
    await kinds.get(session, approval.kind).ended(session, approval)
    await tell(session, approval, approval.state)


async def tell(session: WriteSession, approval: Approval, what: str, **more: str) -> None:
    """Tell the world how far a request has come: `approval.asked`, `.advanced`, `.approved` and so on."""
    payload = {
        "kind": approval.kind,
        "subject_id": str(approval.subject_id),
        "amount_minor": approval.amount_minor,
        "asked_by": approval.asked_by,
        "answered_by": approval.answered_by,
    }
    await outbox.tell(
        session,
        f"approval.{what}",
        organization_id=approval.organization_id,
        subject=f"approval:{approval.id}",
        payload=payload | more,
    )
