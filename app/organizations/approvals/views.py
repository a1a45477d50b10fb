"""Views: requests as a caller sees them, with their steps and with what the caller may do about each."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Text,
    Uuid,
    and_,
    column,
    exists,
    false,
    or_,
    select,
    values,
)

from app.kit.database import ReadSession
from app.organizations.access import Caller, CallerKind, Permission
from app.organizations.approvals import rights, words
from app.organizations.approvals.rights import Right
from app.organizations.models import Approval, ApprovalDecision, ApprovalState, ApprovalStep


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a request, what was decided there if anything was, and why if that was said."""

    asked: ApprovalStep
    decided: ApprovalDecision | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class View:
    """A request with its steps, and what the caller may do about it."""

    approval: Approval
    steps: tuple[Step, ...]
    allowed_actions: tuple[str, ...]


async def of(session: ReadSession, caller: Caller, approvals: Sequence[Approval]) -> list[View]:
    """Return requests as a caller sees them, in a number of statements that does not grow with the list."""
    ids = [approval.id for approval in approvals]
    rows = await session.execute(
        select(ApprovalStep, ApprovalDecision)
        .outerjoin(
            ApprovalDecision,
            and_(
                ApprovalDecision.approval_id == ApprovalStep.approval_id,
                ApprovalDecision.number == ApprovalStep.number,
            ),
        )
        .where(ApprovalStep.approval_id.in_(ids))
        .order_by(ApprovalStep.approval_id, ApprovalStep.number)
        # What was decided just now, by this very transaction, is part of the picture.
        .execution_options(populate_existing=True)
    )
    found = [(step, decision) for step, decision in rows]
    said = await words.read(session, [(one.approval_id, one.number) for one, decision in found if decision])
    steps: defaultdict[UUID, list[Step]] = defaultdict(list)
    for step, decision in found:
        reason = said.get((step.approval_id, step.number))
        steps[step.approval_id].append(Step(step, decision, reason))
    waiting = await waiting_for(session, caller)
    mine = set(await session.scalars(select(Approval.id).where(Approval.id.in_(ids), waiting)))
    return [
        View(one, tuple(steps[one.id]), _actions(one, caller, decides=one.id in mine)) for one in approvals
    ]


async def waiting_for(session: ReadSession, caller: Caller) -> ColumnElement[bool]:
    """Return the condition that a request stands at a step which this caller may decide now."""
    if caller.kind is not CallerKind.staff:
        return false()
    places = sorted(caller.holds(Permission.approvals_decide))
    held = await rights.of(session, caller.id, places)
    return _decidable(caller.label, held)


def _decidable(me: str, held: Sequence[Right]) -> ColumnElement[bool]:
    # The same rule as decisions.decide, for many requests at once.
    if not held:
        return false()
    listed = values(
        column("organization_id", Uuid()), column("role", Text()), column("held_by", Text()), name="held"
    ).data([(one.organization_id, one.role.value, one.held_by) for one in held])
    again = (
        exists()
        .where(
            ApprovalDecision.approval_id == Approval.id,
            or_(
                ApprovalDecision.decided_by.in_([me, listed.c.held_by]),
                ApprovalDecision.held_by.in_([me, listed.c.held_by]),
            ),
        )
        .correlate(Approval, listed)
    )
    step = (
        exists()
        .where(
            ApprovalStep.approval_id == Approval.id,
            ApprovalStep.number == Approval.agreed_count + 1,
            ApprovalStep.role == listed.c.role,
            Approval.organization_id == listed.c.organization_id,
            listed.c.held_by != Approval.asked_by,
            listed.c.held_by.is_distinct_from(Approval.handed_to),
            ~again,
        )
        .correlate(Approval)
    )
    others = and_(Approval.asked_by != me, Approval.handed_to.is_distinct_from(me))
    return and_(Approval.state == ApprovalState.waiting, others, step)


def _actions(approval: Approval, caller: Caller, *, decides: bool) -> tuple[str, ...]:
    if approval.state is not ApprovalState.waiting:
        return ()
    if approval.answered_by == caller.label:
        held = approval.organization_id in caller.holds(Permission.approvals_decide)
        return ("withdraw",) if held else ()
    return ("approve", "reject") if decides else ()
