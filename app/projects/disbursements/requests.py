"""Requests: money asked for from a fund, decided by others, step by step through its states."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from app.accounting.parties import counterparties
from app.kit import constraints, outbox
from app.kit.clock import today
from app.kit.database import ReadSession, WriteSession
from app.kit.ids import new_code
from app.kit.money import yuan
from app.organizations import approvals
from app.organizations.approvals import Matter, Tier
from app.organizations.errors import OutOfSight
from app.organizations.models import Approval, ApprovalState, Role
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
NEXT: dict[DisbursementState, set[DisbursementState]] = {
    S.requested: {S.approved, S.rejected, S.withdrawn},
    S.approved: {S.ordered},
    S.ordered: {S.paid, S.failed},
    S.failed: {S.ordered},
    S.paid: {S.confirmed},
    S.confirmed: set(),
    S.rejected: set(),
    S.withdrawn: set(),
}


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
    await _write(session, disbursement, None, by=by)
    matter = Matter(
        kind=KIND,
        organization_id=disbursement.organization_id,
        subject_id=disbursement.id,
        title=f"拨付 {disbursement.code} {new.project.title} {yuan(new.amount)} 元",
        amount_minor=new.amount,
    )
    await approvals.ask(session, matter, asked_by=by)
    return disbursement


async def get(session: ReadSession, disbursement_id: UUID, *, lock: bool = False) -> Disbursement:
    """Return a disbursement, or refuse; with `lock` nobody else changes it until the transaction ends."""
    found = await session.get(
        Disbursement,
        disbursement_id,
        with_for_update={"key_share": True} if lock else None,
        populate_existing=lock,
    )
    if found is None:
        raise OutOfSight
    return found


async def withdraw(session: WriteSession, disbursement: Disbursement, *, by: str) -> None:
    """Take a request back that nobody has decided yet (its row not locked: the approval comes first)."""
    asked = await approvals.of(session, KIND, disbursement.id)
    if asked is None or asked.state is not ApprovalState.waiting:
        raise DisbursementNotInState(disbursement=disbursement.code, state=disbursement.state)
    await approvals.withdraw(session, asked, by=by)


async def ended(session: WriteSession, approval: Approval) -> None:
    """Let the disbursement go the way of its request."""
    disbursement = await get(session, approval.subject_id, lock=True)
    by = approval.withdrawn_by or f"approval:{approval.id}"
    await move(session, disbursement, S(approval.state.value), by=by)


async def move(
    session: WriteSession,
    disbursement: Disbursement,
    to: DisbursementState,
    *,
    by: str,
    reason: str | None = None,
    **facts: Any,  # noqa: ANN401 - columns that belong to the new state
) -> None:
    """Bring a disbursement (locked by the caller) into its next state, and write down who did and why."""
    before = disbursement.state
    if to not in NEXT[before]:
        raise DisbursementNotInState(disbursement=disbursement.code, state=before, wanted=to)
    disbursement.state = to
    for name, value in facts.items():
        setattr(disbursement, name, value)
    await _write(session, disbursement, before, by=by, reason=reason)


async def _write(
    session: WriteSession,
    disbursement: Disbursement,
    before: DisbursementState | None,
    *,
    by: str,
    reason: str | None = None,
) -> None:
    last = select(func.max(DisbursementStep.number)).where(
        DisbursementStep.disbursement_id == disbursement.id
    )
    step = DisbursementStep(
        disbursement_id=disbursement.id,
        number=(await session.scalar(last) or 0) + 1,
        from_state=before,
        to_state=disbursement.state,
        actor=by,
        reason=reason,
    )
    known = {"disbursement_steps_disbursement_id_number_key": DisbursementMoved()}
    async with constraints.told(session, known):
        session.add(step)
    await outbox.tell(
        session,
        f"disbursement.{disbursement.state}",
        organization_id=disbursement.organization_id,
        subject=f"disbursement:{disbursement.id}",
        payload={
            "code": disbursement.code,
            "kind": disbursement.kind,
            "project_id": str(disbursement.project_id),
            "amount": disbursement.amount,
            "by": by,
        },
    )
