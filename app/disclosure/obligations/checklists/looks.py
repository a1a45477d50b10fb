"""Looks: what of projects our data can tell, for the checklists of what is owed about them."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from sqlalchemy import func, select

from app.disclosure.models import Obligation, SubjectKind
from app.disclosure.rules.law import Content
from app.kit.database import ReadSession
from app.projects.models import (
    BudgetVersionState,
    Disbursement,
    DisbursementKind,
    LeftoverDecision,
    LeftoverState,
    Project,
    ProjectBudget,
    ProjectPartner,
)
from app.projects.register import lists

Look = Callable[[ReadSession, Obligation], Awaitable[bool]]
"""Finds out whether there is something to tell about an obligation."""

Parts = Callable[[ReadSession, Obligation], Awaitable[Sequence[Content]]]
"""Finds out which parts of what an obligation asks for are still empty."""


async def _register(_session: ReadSession, _one: Obligation) -> bool:
    # No project is registered without these; the books know what was spent on it.
    return True


async def _income(session: ReadSession, one: Obligation) -> bool:
    holds = select(func.count()).where(
        ProjectBudget.project_id == one.subject_id, ProjectBudget.state == BudgetVersionState.approved
    )
    return bool(await session.scalar(holds))


async def _executors(session: ReadSession, one: Obligation) -> bool:
    named = select(func.count()).where(ProjectPartner.project_id == one.subject_id)
    paid = select(func.count()).where(
        Disbursement.project_id == one.subject_id,
        Disbursement.kind == DisbursementKind.partner,
        Disbursement.paid_on.is_not(None),
    )
    # Whoever was paid to carry it out has to be named.
    return bool(await session.scalar(named)) or not await session.scalar(paid)


async def _leftover(session: ReadSession, one: Obligation) -> bool:
    decided = select(func.count()).where(
        LeftoverDecision.project_id == one.subject_id, LeftoverDecision.state == LeftoverState.approved
    )
    return bool(await session.scalar(decided))


async def _implemented(session: ReadSession, one: Obligation) -> bool:
    ran = select(func.count()).where(
        Project.organization_id == one.organization_id, lists.implemented_in(one.number)
    )
    return bool(await session.scalar(ran))


_PROJECT = SubjectKind.project
_REGISTERED = ("name", "content", "time", "place", "beneficiaries", "expenditure")
_ALWAYS: Mapping[tuple[SubjectKind, str], Look] = {
    (_PROJECT, f"project_{name}"): _register for name in _REGISTERED
}
LOOKS: Mapping[tuple[SubjectKind, str], Look] = {
    **_ALWAYS,
    (_PROJECT, "raised_used"): _register,
    (_PROJECT, "project_income"): _income,
    (_PROJECT, "project_executor"): _executors,
    (_PROJECT, "remainder_amount"): _leftover,
    (_PROJECT, "remainder_project"): _leftover,
    (SubjectKind.year, "project_implementation"): _implemented,
}
