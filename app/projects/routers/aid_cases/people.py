"""Who works on aid cases, over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter

from app.kit.attachments.errors import AttachmentNotFree
from app.kit.database import Writing
from app.kit.http import problems
from app.kit.http.idempotency import IdempotentRoute
from app.organizations.access import Asking, Permission
from app.organizations.signin import may
from app.projects.aid_cases import cases, errors, verifications
from app.projects.models import AidTask
from app.projects.schemas.aid_cases.bodies import AidCasePersonIn, AidDocumentsIn, RecusalIn
from app.projects.schemas.aid_cases.cases import AidCaseLine, AidCasePersonOut

router = APIRouter(prefix="/v1/projects/aid-cases/{case_id}", tags=["aid cases"], route_class=IdempotentRoute)

Reader = Annotated[Asking, may(Permission.projects_read)]
Changer = Annotated[Asking, may(Permission.beneficiaries_change)]
_MINE = problems.responses(errors.NotOnTheCase, errors.NotYourTask)


@router.post(
    "/people",
    operation_id="add_aid_case_person",
    summary="Let somebody work on a case",
    status_code=201,
    responses=_MINE
    | problems.responses(errors.OnTheCaseAlready, errors.AidPersonUnfit, errors.AidCaseNotInState),
)
async def add_aid_case_person(
    session: Writing, caller: Changer, case_id: UUID, body: AidCasePersonIn
) -> AidCasePersonOut:
    """Let somebody of your organization verify or decide a case that you handle, and so see it."""
    case = await cases.get(session, case_id, lock=True)
    caller.must(at=case.organization_id)
    await cases.must_work_on(session, case, caller.label, AidTask.handle)
    new = body.as_person(case, caller.label)
    return AidCasePersonOut.of(await cases.bring_in(session, case, new, staff_id=body.staff_id))


@router.post(
    "/recusal",
    operation_id="record_recusal",
    summary="Step back from a case",
    status_code=204,
    responses=problems.responses(errors.NotOnTheCase),
)
async def record_recusal(session: Writing, caller: Reader, case_id: UUID, body: RecusalIn) -> None:
    """Step back because you are related to the person: you neither see nor decide the case any more."""
    case = await cases.get(session, case_id, lock=True)
    caller.must(at=case.organization_id)
    await cases.step_back(session, case, person=caller.label, reason=body.reason)


@router.post(
    "/documents",
    operation_id="add_aid_documents",
    summary="Add documents to a case",
    status_code=201,
    responses=_MINE | problems.responses(AttachmentNotFree),
)
async def add_aid_documents(
    session: Writing, caller: Changer, case_id: UUID, body: AidDocumentsIn
) -> AidCaseLine:
    """Give files that you uploaded to a case: they come under its person's seal."""
    case = await cases.get(session, case_id, lock=True)
    caller.must(at=case.organization_id)
    await cases.must_work_on(session, case, caller.label, AidTask.handle, AidTask.verify)
    await verifications.add_documents(session, case, body.attachment_ids, by=caller.label)
    return AidCaseLine.of(case)
