"""Approvals over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from sqlalchemy import Select, select

from app.kit.database import Reading, WriteSession, Writing
from app.kit.errors import Refusal
from app.kit.http import problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page, page
from app.organizations import approvals
from app.organizations.access import Asking, Permission
from app.organizations.approvals import views
from app.organizations.errors import (
    ApprovalEnded,
    AskedYourself,
    DecidedBefore,
    NotAllowed,
    NotYourStep,
    SecondFactorNeeded,
)
from app.organizations.models import Approval, Verdict
from app.organizations.schemas.approvals import (
    ApprovalOut,
    ApprovalQuery,
    ApprovingIn,
    BatchIn,
    BatchOut,
    DecisionIn,
    OutcomeOut,
    RejectionIn,
)
from app.organizations.signin import may

router = APIRouter(prefix="/approvals", tags=["approvals"], route_class=IdempotentRoute)
Deciding = Annotated[Asking, may(Permission.approvals_decide)]
Looking = Annotated[Asking, may(Permission.approvals_read)]
_REFUSALS = problems.responses(ApprovalEnded, AskedYourself, DecidedBefore, NotYourStep, SecondFactorNeeded)


@router.get("", operation_id="list_approvals", summary="List requests for approval")
async def list_approvals(
    session: Reading, caller: Looking, asked: Annotated[ApprovalQuery, Query()]
) -> Page[ApprovalOut]:
    """Return the requests of the organizations that you see, the latest first."""
    query = _filtered(select(Approval).where(Approval.organization_id.in_(caller.visible())), asked)
    if asked.waiting_for_me:
        query = query.where(await views.waiting_for(session, caller.caller))
    found = await page(session, query, [Approval.id], asked, newest_first=True)
    seen = await views.of(session, caller.caller, found.items)
    return found.told([ApprovalOut.of(view) for view in seen])


@router.get("/{approval_id}", operation_id="read_approval", summary="Read a request for approval")
async def read_approval(session: Reading, caller: Looking, approval_id: UUID) -> ApprovalOut:
    """Return a request with its steps, and what you may do about it."""
    approval = await approvals.get(session, approval_id)
    caller.must(at=approval.organization_id)
    return await _told(session, caller, approval)


@router.post(
    "/{approval_id}/approval", operation_id="approve_step", responses=_REFUSALS, summary="Approve a step"
)
async def approve_step(
    session: Writing, caller: Deciding, approval_id: UUID, body: ApprovingIn
) -> ApprovalOut:
    """Approve the step at which a request stands; the last one carries out what was asked for."""
    decision = DecisionIn(approval_id=approval_id, verdict=Verdict.approve, reason=body.reason)
    return await _told(session, caller, await _decide(session, caller, decision))


@router.post(
    "/{approval_id}/rejection", operation_id="reject_request", responses=_REFUSALS, summary="Reject a request"
)
async def reject_request(
    session: Writing, caller: Deciding, approval_id: UUID, body: RejectionIn
) -> ApprovalOut:
    """Reject a request at the step at which it stands, and say why; that ends it."""
    decision = DecisionIn(approval_id=approval_id, verdict=Verdict.reject, reason=body.reason)
    return await _told(session, caller, await _decide(session, caller, decision))


@router.post(
    "/{approval_id}/withdrawal",
    operation_id="withdraw_request",
    responses=problems.responses(ApprovalEnded),
    summary="Withdraw a request",
)
async def withdraw_request(session: Writing, caller: Deciding, approval_id: UUID) -> ApprovalOut:
    """Take back a request of your own that nobody has ended yet."""
    approval = await approvals.get(session, approval_id)
    caller.must(at=approval.organization_id)
    if approval.answered_by != caller.label:
        raise NotAllowed(organization_id=approval.organization_id)
    await approvals.withdraw(session, approval, by=caller.label)
    return await _told(session, caller, approval)


@router.post("/batch", operation_id="decide_batch", summary="Decide many requests")
async def decide_batch(session: Writing, caller: Deciding, request: Request, body: BatchIn) -> BatchOut:
    """Decide up to 200 requests; each has an outcome of its own, and none sinks its neighbours."""
    caller.visible()
    language = problems.language_of(request)
    outcomes: dict[int, OutcomeOut] = {}
    # In the order of their ids: two batches at once then wait for one another instead of blocking.
    for place, one in sorted(enumerate(body.decisions), key=lambda pair: pair[1].approval_id):
        outcomes[place] = await _outcome(session, caller, one, language)
    return BatchOut(outcomes=[outcomes[place] for place in sorted(outcomes)])


async def _outcome(session: WriteSession, caller: Asking, decision: DecisionIn, language: str) -> OutcomeOut:
    try:
        async with session.begin_nested():
            approval = await _decide(session, caller, decision)
    except Refusal as refusal:
        problem = problems.document(refusal, language=language)
        return OutcomeOut(approval_id=decision.approval_id, outcome="refused", state=None, problem=problem)
    return OutcomeOut(approval_id=decision.approval_id, outcome="decided", state=approval.state, problem=None)


async def _decide(session: WriteSession, caller: Asking, decision: DecisionIn) -> Approval:
    approval = await approvals.get(session, decision.approval_id)
    caller.must(at=approval.organization_id)
    return await approvals.decide(
        session, approval.id, caller.caller, decision.verdict, reason=decision.reason
    )


async def _told(session: Reading, caller: Asking, approval: Approval) -> ApprovalOut:
    [view] = await views.of(session, caller.caller, [approval])
    return ApprovalOut.of(view)


def _filtered(query: Select[Approval], asked: ApprovalQuery) -> Select[Approval]:
    equal = ("organization_id", "kind", "state", "subject_id", "asked_by")
    for name in equal:
        if (wanted := getattr(asked, name)) is not None:
            query = query.where(getattr(Approval, name) == wanted)
    bounds = (
        (Approval.amount_minor, asked.amount_from, asked.amount_to),
        (Approval.created_at, asked.created_from, asked.created_to),
    )
    for column, least, most in bounds:
        if least is not None:
            query = query.where(column >= least)
        if most is not None:
            query = query.where(column <= most)
    return query
