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
from app.projects.beneficiaries.errors import BeneficiaryErased
from app.projects.claims import aid
from app.projects.disbursements.errors import (
    BeingPaid,
    ChecksUnmet,
    DisbursementPartsApart,
    RelatedToPayee,
)
from app.projects.models import AidTask
from app.projects.routers.disbursements.requests import whole
from app.projects.schemas.aid_cases.bodies import AidDisbursementIn, AidFollowUpIn
from app.projects.schemas.aid_cases.cases import AidCaseLine
from app.projects.schemas.disbursements.requests import DisbursementDetail

router = APIRouter(prefix="/v1/projects/aid-cases/{case_id}", tags=["aid cases"], route_class=IdempotentRoute)

Changer = Annotated[Asking, may(Permission.beneficiaries_change)]
Officer = Annotated[Asking, may(Permission.disbursements_request)]


@router.post(
    "/disbursement",
    operation_id="submit_aid_disbursement",
    summary="Ask for the payment of a case",
    status_code=201,
    dependencies=[KeyRequired],
    responses=problems.responses(
        *(errors.NotOnTheCase, errors.NotYourTask, errors.AidCaseNotInState, BeneficiaryErased),
        *(BeingPaid, ChecksUnmet, RelatedToPayee, DisbursementPartsApart),
    ),
)
async def submit_aid_disbursement(
    session: Writing, caller: Officer, case_id: UUID, body: AidDisbursementIn
) -> DisbursementDetail:
    """Ask for the disbursement of a released case, to the account that its application names.

    It is decided and ordered like any other; when the bank has paid it the case is paid, and counts as help.
    """
    case = await cases.get(session, case_id, lock=True)
    caller.must(at=case.organization_id)
    await cases.must_work_on(session, case, caller.label, AidTask.handle)
    return await whole(session, caller, await aid.ask(session, case, body.fund_id, by=caller.label))


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
