"""Leftovers: money that a project did not need, and the decision that must be there before it is closed."""

from collections import defaultdict
from uuid import UUID

from sqlalchemy import select

from app.kit import constraints
from app.kit.clock import today
from app.kit.database import ReadSession, WriteSession
from app.ledger import funds
from app.ledger.models import Fund
from app.organizations import approvals
from app.organizations.approvals import Matter
from app.organizations.models import Approval, ApprovalState
from app.projects.budgets import actuals, versions
from app.projects.budgets.errors import (
    LeftoverBeingDecided,
    LeftoverTargetUnfit,
    LeftoverTooEarly,
    NothingLeftOver,
)
from app.projects.models import LeftoverDecision, LeftoverState, LeftoverUse, Project, ProjectState
from app.projects.register import projects
from app.projects.register.projects import OVER

KIND = "project_leftover"
"""Under this name decisions about leftover money stand among the kinds of approval."""


async def by_fund(session: ReadSession, project_id: UUID) -> dict[UUID, int]:
    """Return what each fund planned for a project and still holds: planned less spent, if there, in fen."""
    budget = await versions.approved(session, project_id)
    if budget is None:
        return {}
    left: dict[UUID, int] = defaultdict(int)
    for line in await versions.lines(session, budget):
        if line.fund_id is not None:
            left[line.fund_id] += line.amount
    for (_, _, fund_id), amount in (await actuals.spent(session, project_id)).items():
        if fund_id is not None and fund_id in left:
            left[fund_id] -= amount
    held = await funds.left(session, left)
    found = {fund_id: min(amount, held.get(fund_id, 0)) for fund_id, amount in left.items()}
    return {fund_id: amount for fund_id, amount in found.items() if amount > 0}


async def propose(session: WriteSession, project: Project, decision: LeftoverDecision) -> LeftoverDecision:
    """Put before those who decide what becomes of a project's leftover money (慈善法 art. 58).

    Raises LeftoverTooEarly while the work goes on, NothingLeftOver, LeftoverTargetUnfit.
    """
    if project.state is not ProjectState.closing:
        raise LeftoverTooEarly(state=project.state)
    if (decision.use is LeftoverUse.similar_project) != (decision.target_project_id is not None):
        raise LeftoverTargetUnfit
    if decision.target_project_id is not None:
        target = await projects.get(session, decision.target_project_id)
        if target.state in OVER or target.id == project.id:
            raise LeftoverTargetUnfit(target=target.id, state=target.state)
    decision.amount = sum((await by_fund(session, project.id)).values())
    if not decision.amount:
        raise NothingLeftOver(project=project.id)
    async with constraints.told(session, {"leftover_decisions_open_idx": LeftoverBeingDecided()}):
        session.add(decision)
    matter = Matter(
        kind=KIND,
        organization_id=project.organization_id,
        subject_id=decision.id,
        title=f"剩余资金处理 {project.code}",
        amount_minor=decision.amount,
    )
    await approvals.ask(session, matter, asked_by=decision.asked_by)
    return decision


async def ended(session: WriteSession, approval: Approval) -> None:
    """Let a decision hold: the funds whose money goes on may be spent on the project that it goes to."""
    decision = await session.get_one(LeftoverDecision, approval.subject_id, with_for_update=True)
    if approval.state is not ApprovalState.approved:
        decision.state = LeftoverState.rejected
        await session.flush()
        return
    decision.state, decision.decided_on = LeftoverState.approved, today()
    await session.flush()
    if decision.target_project_id is not None:
        ids = list(await by_fund(session, decision.project_id))
        for fund in await session.scalars(select(Fund).where(Fund.id.in_(ids)).order_by(Fund.id)):
            await funds.allow(session, fund, decision.target_project_id)


async def undecided(session: ReadSession, project_id: UUID) -> int:
    """Return how much of a project's money is left over without a decision about this very amount, in fen."""
    amount = sum((await by_fund(session, project_id)).values())
    query = select(LeftoverDecision.id).where(
        LeftoverDecision.project_id == project_id,
        LeftoverDecision.state == LeftoverState.approved,
        LeftoverDecision.amount == amount,
    )
    return 0 if not amount or await session.scalar(query.limit(1)) is not None else amount
