"""Decisions about aid cases over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter

from app.kit.database import Writing
from app.kit.http import problems
from app.kit.http.idempotency import IdempotentRoute
from app.organizations.access import Asking, Permission
from app.organizations.signin import may
from app.projects.aid_cases import cases, decisions, errors
from app.projects.models import AidTask
from app.projects.schemas.aid_cases.bodies import AidApprovalIn, AidRefusalIn, AidWordsIn
from app.projects.schemas.aid_cases.cases import AidCaseLine

router = APIRouter(prefix="/v1/projects/aid-cases/{case_id}", tags=["aid cases"], route_class=IdempotentRoute)

Changer = Annotated[Asking, may(Permission.beneficiaries_change)]
Decider = Annotated[Asking, may(Permission.disbursements_approve)]
_MINE = (errors.NotOnTheCase, errors.NotYourTask, errors.AidCaseNotInState)
_DECIDING = problems.responses(
    *_MINE,
    *(errors.DuplicatesUnchecked, errors.StandardMissing, errors.StandardUntold, errors.DecidedByYou),
    errors.AidDayAhead,
)


@router.post(
    "/approval",
    operation_id="approve_aid_case",
    summary="Grant help",
    responses=_DECIDING | problems.responses(errors.AidCapExceeded, errors.MoreThanNeeded),
)
async def approve_aid_case(
    session: Writing, caller: Decider, case_id: UUID, body: AidApprovalIn
) -> AidCaseLine:
    """Grant an amount by the standard that people were told, within what it allows for illness and year."""
    case = await cases.get(session, case_id, lock=True)
    caller.must(at=case.organization_id)
    await cases.must_work_on(session, case, caller.label, AidTask.decide)
    await decisions.decide(session, case, body.as_verdict(caller.label))
    return AidCaseLine.of(case)


@router.post("/refusal", operation_id="decline_aid_case", summary="Refuse help", responses=_DECIDING)
async def decline_aid_case(
    session: Writing, caller: Decider, case_id: UUID, body: AidRefusalIn
) -> AidCaseLine:
    """Refuse an application with the reason; the person may appeal once, to somebody else."""
    case = await cases.get(session, case_id, lock=True)
    caller.must(at=case.organization_id)
    await cases.must_work_on(session, case, caller.label, AidTask.decide)
    await decisions.decide(session, case, body.as_verdict(caller.label))
    return AidCaseLine.of(case)


@router.post(
    "/appeal",
    operation_id="record_aid_appeal",
    summary="Record an appeal",
    responses=problems.responses(*_MINE),
)
async def record_aid_appeal(
    session: Writing, caller: Changer, case_id: UUID, body: AidWordsIn
) -> AidCaseLine:
    """Take the person's word against a refusal; somebody else decides it, for good."""
    case = await cases.get(session, case_id, lock=True)
    caller.must(at=case.organization_id)
    await cases.must_work_on(session, case, caller.label, AidTask.handle)
    await decisions.appeal(session, case, words=body.words, by=caller.label)
    return AidCaseLine.of(case)
