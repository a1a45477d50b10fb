"""Changes: a later version of a project's budget holds when those who decide budgets have agreed."""

from app.kit.database import WriteSession
from app.organizations import approvals
from app.organizations.approvals import Matter
from app.organizations.models import Approval, ApprovalState
from app.projects.budgets import versions
from app.projects.budgets.errors import BudgetBeforeProject
from app.projects.models import BudgetVersionState, Project, ProjectBudget, ProjectState

KIND = "project_budget"
"""Under this name changes of budgets stand among the kinds of approval."""


async def propose(session: WriteSession, project: Project, budget: ProjectBudget, *, by: str) -> None:
    """Put a version before those who decide budgets at the project's organization, by its total.

    Raises BudgetBeforeProject: the first version is decided with the project itself.
    """
    if project.state not in {ProjectState.approved, ProjectState.running, ProjectState.closing}:
        raise BudgetBeforeProject(project=project.id, state=project.state)
    await versions.freeze(session, budget)
    matter = Matter(
        kind=KIND,
        organization_id=project.organization_id,
        subject_id=budget.id,
        title=f"项目预算 {project.code} 第{budget.number}版",
        amount_minor=await versions.total(session, budget) or None,
    )
    await approvals.ask(session, matter, asked_by=by)


async def ended(session: WriteSession, approval: Approval) -> None:
    """Let a version hold that was agreed to; one that was taken back can be written on."""
    budget = await versions.get(session, approval.subject_id, lock=True)
    if budget.state is not BudgetVersionState.proposed:
        return
    if approval.state is ApprovalState.approved:
        await versions.hold(session, budget)
    else:
        again = approval.state is ApprovalState.withdrawn
        await versions.send_back(session, budget, again=again)
