"""Payments of aid cases over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter

from app.kit.database import Writing
from app.kit.http import problems
from app.kit.http.idempotency import IdempotentRoute, KeyRequired
from app.organizations.access import Asking, Permission
from app.organizations.signin import may
from app.projects.aid_cases import cases, errors, payments
from app.projects.models import AidTask
from app.projects.schemas.aid_cases.bodies import AidFollowUpIn, AidPaymentIn
from app.projects.schemas.aid_cases.cases import AidCaseLine

router = APIRouter(prefix="/v1/projects/aid-cases/{case_id}", tags=["aid cases"], route_class=IdempotentRoute)

Changer = Annotated[Asking, may(Permission.beneficiaries_change)]
Payer = Annotated[Asking, may(Permission.payments_execute)]


@router.post(
    "/payment",
    operation_id="record_aid_payment",
    summary="Record the payment of a case",
    dependencies=[KeyRequired],
    responses=problems.responses(errors.AidCaseNotInState, errors.AidPaymentTaken, errors.AidDayAhead),
)
async def record_aid_payment(
    session: Writing, caller: Payer, case_id: UUID, body: AidPaymentIn
) -> AidCaseLine:
    """Record that a released case was paid, and by which payment: from now on it counts as help received."""
    case = await cases.get(session, case_id, lock=True)
    caller.must(at=case.organization_id)
    paid = await payments.mark_paid(session, case, on=body.paid_on, reference=body.reference, by=caller.label)
    return AidCaseLine.of(paid)


@router.post(
    "/follow-ups",
    operation_id="record_aid_follow_up",
    summary="Record how a person fares",
    status_code=201,
    responses=problems.responses(
        errors.NotOnTheCase, errors.NotYourTask, errors.AidCaseNotInState, errors.AidDayAhead
    ),
)
async def record_aid_follow_up(
    session: Writing, caller: Changer, case_id: UUID, body: AidFollowUpIn
) -> AidCaseLine:
    """Record how a person fares who was helped."""
    case = await cases.get(session, case_id, lock=True)
    caller.must(at=case.organization_id)
    await cases.must_work_on(session, case, caller.label, AidTask.handle, AidTask.verify)
    await payments.follow_up(session, case, body.as_asked(caller.label))
    return AidCaseLine.of(case)
