"""Verifications of aid cases over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response

from app.kit.clock import now
from app.kit.database import Streaming, Writing
from app.kit.http import problems
from app.kit.http.idempotency import IdempotentRoute
from app.organizations import accesses
from app.organizations.access import Asking, Permission
from app.organizations.models import AccessKind
from app.organizations.signin import may
from app.projects.aid_cases import cases, errors, readings, verifications
from app.projects.models import AidTask
from app.projects.schemas.aid_cases.bodies import AidVerificationIn
from app.projects.schemas.aid_cases.cases import AidCaseLine
from app.projects.schemas.aid_cases.notices import AidCaseCheckOut
from app.projects.schemas.beneficiaries.duplicates import HelpReceivedOut

router = APIRouter(prefix="/v1/projects/aid-cases/{case_id}", tags=["aid cases"], route_class=IdempotentRoute)

Changer = Annotated[Asking, may(Permission.beneficiaries_change)]
_MINE = problems.responses(errors.NotOnTheCase, errors.NotYourTask, errors.AidCaseNotInState)


@router.post(
    "/verifications",
    operation_id="record_aid_verification",
    summary="Record a verification",
    status_code=201,
    responses=_MINE | problems.responses(errors.DocumentsMissing, errors.VerifiedByYou, errors.AidDayAhead),
)
async def record_aid_verification(
    session: Writing, caller: Changer, case_id: UUID, body: AidVerificationIn
) -> AidCaseLine:
    """Record what you found who are to verify a case; the second of two people makes it one to decide."""
    case = await cases.get(session, case_id, lock=True)
    caller.must(at=case.organization_id)
    await cases.must_work_on(session, case, caller.label, AidTask.verify)
    await verifications.verify(session, case, body.as_look(caller.label))
    return AidCaseLine.of(case)


@router.post(
    "/duplicate-check",
    operation_id="record_aid_duplicate_check",
    summary="Look who helps already",
    responses=_MINE,
)
async def record_aid_duplicate_check(
    database: Streaming, session: Writing, caller: Changer, case_id: UUID, response: Response
) -> AidCaseCheckOut:
    """Look what the person or their household received anywhere; without that nothing is granted."""
    case = await cases.get(session, case_id, lock=True)
    caller.must(at=case.organization_id)
    await cases.must_work_on(session, case, caller.label, AidTask.handle, AidTask.verify)
    found = await verifications.check(session, case, by=caller.label)
    at, subject = found.places | {case.organization_id}, f"duplicate-check:{case.beneficiary_id}"
    await accesses.record(database, caller.label, at=at, kind=AccessKind.beneficiary, subject=subject)
    response.headers["Cache-Control"] = "no-store"
    return AidCaseCheckOut(
        checked_at=case.checked_at or now(),
        open_case_count=await readings.others_open(session, case),
        received=[HelpReceivedOut.of(one) for one in found.received],
    )
