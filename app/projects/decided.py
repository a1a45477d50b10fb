"""Decided: which payments of projects are decided by approval, and who may read what belongs to them."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import select, union_all

from app.kit.database import ReadSession
from app.organizations import approvals
from app.organizations.access import Permission
from app.organizations.attachments import Readers, by_permission
from app.projects.disbursements import agreements, reaching, relations
from app.projects.disbursements import requests as disbursements
from app.projects.models import Disbursement, LeftoverDecision, ProjectBudget
from app.projects.transfers import requests as transfers
from app.projects.villages import requests as drawdowns

KINDS: Mapping[str, approvals.Kind] = {
    disbursements.KIND: approvals.Kind(
        "Disbursement",
        "项目拨付",
        disbursements.ended,
        moves_money=True,
        steps=disbursements.STEPS,
        keep_away=relations.keep_away,
    ),
    transfers.KIND: approvals.Kind(
        "Transfer to a member", "机构间划拨", transfers.ended, moves_money=True, steps=transfers.STEPS
    ),
}

# Whatever a project's own approvals may be about, beside the project itself.
_SUBJECTS = (ProjectBudget, LeftoverDecision, Disbursement)


async def of_project(session: ReadSession, project_id: UUID) -> Sequence[UUID]:
    """Return the ids of all that was decided for a project: budgets, leftover money, disbursements."""
    decided = (select(one.id).where(one.project_id == project_id) for one in _SUBJECTS)
    return (await session.scalars(union_all(*decided))).all()


READERS: Readers = dict.fromkeys(
    (agreements.OWNER, reaching.OWNER, drawdowns.OWNER),
    by_permission(Permission.projects_read, personal=Permission.beneficiaries_read),
)
