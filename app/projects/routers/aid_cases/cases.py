"""Aid cases over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from sqlalchemy import select

from app.kit.database import Reading, Streaming, Writing
from app.kit.http import idempotency, pages, problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page
from app.organizations import accesses
from app.organizations.access import Asking, Permission
from app.organizations.models import AccessKind
from app.organizations.signin import may
from app.projects.aid_cases import cases, errors, readings
from app.projects.beneficiaries.errors import BeneficiaryUnknown
from app.projects.claims import aid
from app.projects.disbursements.errors import BeingPaid
from app.projects.models import AidCase, AidTask
from app.projects.register import projects
from app.projects.register.errors import ProjectNotInState
from app.projects.schemas.aid_cases.bodies import AidCaseIn
from app.projects.schemas.aid_cases.cases import AidCaseLine, AidCaseOut, AidCaseQuery

router = APIRouter(prefix="/v1/projects/aid-cases", tags=["aid cases"], route_class=IdempotentRoute)

Reader = Annotated[Asking, may(Permission.projects_read)]
Changer = Annotated[Asking, may(Permission.beneficiaries_change)]


@router.post(
    "",
    operation_id="create_aid_case",
    summary="Take an application",
    status_code=201,
    responses=problems.responses(
        ProjectNotInState, BeneficiaryUnknown, errors.EpisodeOfAnother, errors.AidDayAhead
    ),
)
async def create_aid_case(
    session: Writing, caller: Changer, body: AidCaseIn, request: Request
) -> AidCaseLine:
    """Take an application for help in an illness; you handle the case from now on."""
    project = await projects.get(session, body.project_id)
    caller.must(at=project.organization_id)
    case = await cases.apply(session, project, body.as_application(), by=caller.label)
    idempotency.concerns(request, case.beneficiary_id)
    return AidCaseLine.of(case)


@router.get("", operation_id="list_aid_cases", summary="List aid cases")
async def list_aid_cases(
    session: Reading, caller: Reader, asked: Annotated[AidCaseQuery, Query()]
) -> Page[AidCaseLine]:
    """List the cases of the organizations that you can see: money, days and states, and nobody's name."""
    visible = caller.visible()
    if asked.organization_id is not None:
        visible &= {asked.organization_id}
    query = select(AidCase).where(AidCase.organization_id.in_(visible))
    for name in ("project_id", "state"):
        if getattr(asked, name) is not None:
            query = query.where(getattr(AidCase, name) == getattr(asked, name))
    found = await pages.page(
        session, query, [AidCase.id], asked, newest_first=True, amount=AidCase.amount_minor
    )
    return found.told([AidCaseLine.of(one) for one in found.items])


@router.get(
    "/{case_id}",
    operation_id="read_aid_case",
    summary="Read an aid case",
    responses=problems.responses(errors.NotOnTheCase),
)
async def read_aid_case(
    database: Streaming, session: Reading, caller: Reader, case_id: UUID, response: Response
) -> AidCaseOut:
    """Read a case that you work on, with all that is said in it; that you looked is logged."""
    case = await cases.get(session, case_id)
    caller.must(at=case.organization_id)
    await cases.must_work_on(session, case, caller.label)
    at, subject = case.organization_id, f"aid-case:{case.id}"
    await accesses.record(database, caller.label, at=at, kind=AccessKind.beneficiary, subject=subject)
    response.headers["Cache-Control"] = "no-store"
    return AidCaseOut.whole(await readings.whole(session, case))


@router.post(
    "/{case_id}/withdrawal",
    operation_id="withdraw_aid_case",
    summary="Withdraw an application",
    responses=problems.responses(
        errors.NotOnTheCase, errors.NotYourTask, errors.AidCaseNotInState, BeingPaid
    ),
)
async def withdraw_aid_case(session: Writing, caller: Changer, case_id: UUID) -> AidCaseLine:
    """End a case that its person no longer wants, as long as nothing of it is being paid."""
    case = await cases.get(session, case_id, lock=True)
    caller.must(at=case.organization_id)
    await cases.must_work_on(session, case, caller.label, AidTask.handle)
    await aid.withdraw(session, case, by=caller.label)
    return AidCaseLine.of(case)
