"""Decisions: who may decide a step, and what a decision does to its request."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from app.kit import constraints
from app.kit.clock import now
from app.kit.database import WriteSession
from app.organizations.access import Caller
from app.organizations.approvals import factors, kinds, requests, rights, words
from app.organizations.approvals.rights import Right
from app.organizations.errors import ApprovalEnded, AskedYourself, DecidedBefore, NotYourStep
from app.organizations.models import Approval, ApprovalDecision, ApprovalState, ApprovalStep, Role, Verdict


async def decide(
    session: WriteSession, approval_id: UUID, caller: Caller, verdict: Verdict, *, reason: str | None = None
) -> Approval:
    """Decide the step at which a request stands; the last approval, or a rejection, ends it.

    The request's row is locked first: of two who decide at once the second finds what the first has done.
    """
    approval = await requests.lock(session, approval_id)
    if approval.state is not ApprovalState.waiting:
        raise ApprovalEnded(state=approval.state)
    factors.check(session, approval, caller)
    number = approval.agreed_count + 1
    role = await _role(session, approval.id, number)
    right = await _right(session, approval, caller, role)
    kind = kinds.get(session, approval.kind)
    if kind.keep_away is not None:
        await kind.keep_away(session, approval, {caller.label, right.held_by})
    decision = ApprovalDecision(
        approval_id=approval.id,
        number=number,
        verdict=verdict,
        asked_by=approval.asked_by,
        decided_by=caller.label,
        held_by=right.held_by,
        deputyship_id=right.deputyship_id,
    )
    async with constraints.told(session, {"approval_decisions_asker_check": AskedYourself()}):
        session.add(decision)
    if reason is not None:
        await words.keep(session, approval.id, number, reason)
    await _advance(session, approval, verdict)
    return approval


async def _advance(session: WriteSession, approval: Approval, verdict: Verdict) -> None:
    if verdict is Verdict.reject:
        approval.state, approval.ended_at = ApprovalState.rejected, now()
        return await requests.end(session, approval)
    approval.agreed_count += 1
    if approval.agreed_count == approval.step_count:
        approval.state, approval.ended_at = ApprovalState.approved, now()
        return await requests.end(session, approval)
    role = await _role(session, approval.id, approval.agreed_count + 1)
    return await requests.tell(session, approval, "advanced", role=role)


async def _role(session: WriteSession, approval_id: UUID, number: int) -> Role:
    return (await session.get_one(ApprovalStep, (approval_id, number))).role


async def _right(session: WriteSession, approval: Approval, caller: Caller, role: Role) -> Right:
    """Return in whose right the caller decides this step, or refuse with the reason why nobody's will do."""
    askers = {approval.asked_by, approval.answered_by}
    if caller.label in askers:
        raise AskedYourself
    earlier = await _involved(session, approval.id)
    if caller.label in earlier:
        raise DecidedBefore
    held = await rights.of(session, caller.id, [approval.organization_id], keep=True)
    fitting = [right for right in held if right.role is role]
    if not fitting:
        raise NotYourStep(role=role)
    # A deputy stands for the absent person in everything: also in what that person may not do.
    free = [one for one in fitting if one.held_by not in askers and one.held_by not in earlier]
    if not free:
        raise AskedYourself if all(one.held_by in askers for one in fitting) else DecidedBefore
    return free[0]


async def _involved(session: WriteSession, approval_id: UUID) -> Sequence[str]:
    found = await session.execute(
        select(ApprovalDecision.decided_by, ApprovalDecision.held_by).where(
            ApprovalDecision.approval_id == approval_id
        )
    )
    return [one for row in found for one in row]
