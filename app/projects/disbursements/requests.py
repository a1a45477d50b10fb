"""Requests: money asked for from a fund, decided by others, step by step through its states."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.accounting.parties import counterparties
from app.kit import constraints
from app.kit.clock import today
from app.kit.database import WriteSession
from app.kit.ids import new_code
from app.kit.money import yuan
from app.organizations import approvals
from app.organizations.approvals import Matter, Tier
from app.organizations.models import Role
from app.projects.courses import Course
from app.projects.disbursements import checks, relations
from app.projects.disbursements.errors import (
    BeingPaid,
    DisbursementMoved,
    DisbursementNotInState,
    DisbursementPartsApart,
    VillageAsksFirst,
)
from app.projects.models import (
    CostKind,
    Disbursement,
    DisbursementKind,
    DisbursementState,
    DisbursementStep,
    Project,
    Village,
)

KIND = "disbursement"
"""Under this name disbursements stand among the kinds of approval."""

STEPS = (Tier(50_000_00, (Role.reviewer,)), Tier(None, (Role.reviewer, Role.admin)))
"""Up to fifty thousand yuan one reviewer; above, a reviewer and then an admin."""

S = DisbursementState


def _told(disbursement: Disbursement) -> tuple[list[UUID], dict[str, Any]]:
    payload = {"kind": disbursement.kind, "project_id": str(disbursement.project_id)}
    return [disbursement.organization_id], payload


COURSE = Course(
    kind=KIND,
    payment=Disbursement,
    step=DisbursementStep,
    next={
        S.requested: {S.approved, S.rejected, S.withdrawn},
        S.approved: {S.ordered, S.withdrawn},
        S.ordered: {S.paid, S.failed},
        S.failed: {S.ordered, S.withdrawn},
        S.paid: {S.confirmed},
        S.confirmed: set(),
        S.rejected: set(),
        S.withdrawn: set(),
    },
    not_in_state=DisbursementNotInState,
    overtaken=DisbursementMoved,
    told=_told,
)
get, withdraw, ended, move = COURSE.get, COURSE.withdraw, COURSE.ended, COURSE.move


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDisbursement:
    """What is asked for: how much, from which fund, for which project, to whom and for what."""

    project: Project
    counterparty_id: UUID
    fund_id: UUID
    kind: DisbursementKind
    cost: CostKind
    amount: int
    purpose: str
    agreement_id: UUID | None = None
    item: str | None = None
    household_count: int | None = None
    aid_case_id: UUID | None = None
    village_request_id: UUID | None = None


async def ask(session: WriteSession, new: NewDisbursement, *, by: str) -> Disbursement:
    """Ask for money and put it before those who decide disbursements at the project's organization.

    Raises ChecksUnmet with everything that is missing, RelatedToPayee, DisbursementPartsApart, BeingPaid;
    VillageAsksFirst: what a village is paid stands in its public book, by a resolution of its committee.
    """
    await relations.must_be_free(session, [new.counterparty_id], by)
    await counterparties.must_be_of(session, new.project.organization_id, new.counterparty_id)
    if new.village_request_id is None and await session.get(Village, new.counterparty_id) is not None:
        raise VillageAsksFirst(village=new.counterparty_id)
    values: dict[str, Any] = {
        name: getattr(new, name) for name in NewDisbursement.__slots__ if name != "project"
    }
    disbursement = Disbursement(
        organization_id=new.project.organization_id,
        project_id=new.project.id,
        code=f"D{new_code(10)}",
        requested_by=by,
        **values,
    )
    apart = DisbursementPartsApart()
    refusals = {
        "disbursements_fund_id_organization_id_fkey": apart,
        "disbursements_agreement_fkey": apart,
        "disbursements_households_check": apart,
        # A case is paid out of its project, a request to its village, each by one disbursement at a time.
        "disbursements_aid_case_fkey": apart,
        "disbursements_village_request_fkey": apart,
        "disbursements_aid_case_id_idx": BeingPaid(),
        "disbursements_village_request_id_idx": BeingPaid(),
    }
    async with constraints.told(session, refusals):
        session.add(disbursement)
    await checks.must_meet(session, disbursement, on=today(), more=[])
    await COURSE.begin(session, disbursement, by=by)
    matter = Matter(
        kind=KIND,
        organization_id=disbursement.organization_id,
        subject_id=disbursement.id,
        title=f"拨付 {disbursement.code} {new.project.title} {yuan(new.amount)} 元",
        amount_minor=new.amount,
    )
    await approvals.ask(session, matter, asked_by=by)
    return disbursement
