"""Proposals: how a drafted project is put before those who decide it, and what their decision does."""

from app.kit.database import WriteSession
from app.organizations import approvals
from app.organizations.approvals import Matter
from app.organizations.models import Approval, ApprovalState
from app.projects.budgets import versions
from app.projects.models import BudgetVersionState, Project, ProjectState
from app.projects.register import projects, steps
from app.projects.register.errors import ProjectNotInState
from app.projects.register.steps import Move

KIND = "project"
"""Under this name proposals stand among the kinds of approval."""


async def propose(session: WriteSession, project: Project, *, by: str, reason: str | None = None) -> Project:
    """Put a draft (locked by the caller) before those who decide projects at its organization.

    What they decide includes the first budget, if there is one: it waits with the project, by its total.
    """
    budget = await versions.written(session, project.id, BudgetVersionState.draft)
    if budget is not None:
        await versions.freeze(session, budget)
    await steps.move(session, project, Move(to=ProjectState.proposed, by=by, reason=reason))
    matter = Matter(
        kind=KIND,
        organization_id=project.organization_id,
        subject_id=project.id,
        title=f"立项 {project.code} {project.title}",
        amount_minor=await versions.total(session, budget) if budget else None,
    )
    await approvals.ask(session, matter, asked_by=by)
    return project


async def withdraw(session: WriteSession, project: Project, *, by: str) -> Project:
    """Take a proposal back that nobody has decided yet: the project is a draft again."""
    asked = await approvals.waiting(session, KIND, project.id)
    if asked is None:
        raise ProjectNotInState(project=project.id, state=project.state)
    await approvals.withdraw(session, asked, by=by)
    return project


async def ended(session: WriteSession, approval: Approval) -> None:
    """Let the project and its first budget go the way of the request: approved, or back to drafts."""
    project = await projects.get(session, approval.subject_id, lock=True)
    approved = approval.state is ApprovalState.approved
    budget = await versions.written(session, project.id, BudgetVersionState.proposed)
    if budget is not None and approved:
        await versions.hold(session, budget)
    elif budget is not None:
        await versions.send_back(session, budget, again=True)
    step = Move(
        to=ProjectState.approved if approved else ProjectState.draft,
        by=approval.ended_by,
        reason=None if approved else f"approval {approval.state}",
    )
    await steps.move(session, project, step)
