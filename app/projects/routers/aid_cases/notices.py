"""Notices of aid cases over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response

from app.kit.clock import today
from app.kit.database import Reading, Writing
from app.kit.http import pages, problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page, Paging
from app.organizations.access import Asking, Permission
from app.organizations.signin import may, public
from app.projects.aid_cases import cases, errors, notices
from app.projects.models import AidNotice, AidTask
from app.projects.schemas.aid_cases.bodies import AidNoticeIn, AidSettlementIn, AidWordsIn
from app.projects.schemas.aid_cases.cases import AidCaseLine
from app.projects.schemas.aid_cases.notices import PublicAidNotice

router = APIRouter(prefix="/v1/projects/aid-cases", tags=["aid cases"], route_class=IdempotentRoute)

Changer = Annotated[Asking, may(Permission.beneficiaries_change)]
Decider = Annotated[Asking, may(Permission.disbursements_approve)]
_MINE = problems.responses(errors.NotOnTheCase, errors.NotYourTask, errors.AidCaseNotInState)


@router.get(
    "/notices",
    operation_id="list_aid_notices",
    summary="List decisions that stand open to objections",
    dependencies=[public],
)
async def list_aid_notices(session: Reading, asked: Paging, response: Response) -> Page[PublicAidNotice]:
    """List what is to be given to whom nobody is told, and whom to tell an objection, until the days end."""
    found = await pages.page(session, notices.running(today()), [AidNotice.ends_on, AidNotice.id], asked)
    response.headers["Cache-Control"] = "public, max-age=300"
    told = await notices.told(session, found.items)
    return found.told([PublicAidNotice.of(*one) for one in told])


@router.post(
    "/{case_id}/notice",
    operation_id="open_aid_notice",
    summary="Put a decision up",
    status_code=201,
    responses=_MINE | problems.responses(errors.NoticeBeforeDecision, errors.AidDayAhead),
)
async def open_aid_notice(session: Writing, caller: Changer, case_id: UUID, body: AidNoticeIn) -> AidCaseLine:
    """Put up what was granted for everybody to object to; what they read names nobody."""
    case = await cases.get(session, case_id, lock=True)
    caller.must(at=case.organization_id)
    await cases.must_work_on(session, case, caller.label, AidTask.handle)
    await notices.post(session, case, body.as_posting(caller.label))
    return AidCaseLine.of(case)


@router.post(
    "/{case_id}/objections",
    operation_id="record_aid_objection",
    summary="Record an objection",
    status_code=201,
    responses=_MINE,
)
async def record_aid_objection(
    session: Writing, caller: Changer, case_id: UUID, body: AidWordsIn
) -> AidCaseLine:
    """Take an objection down while a case is on notice; until it is settled nothing is paid."""
    case = await cases.get(session, case_id, lock=True)
    caller.must(at=case.organization_id)
    await cases.must_work_on(session, case, caller.label, AidTask.handle)
    await notices.object_to(session, case, words=body.words, by=caller.label)
    return AidCaseLine.of(case)


@router.post(
    "/{case_id}/objections/{objection_id}/settlement",
    operation_id="record_aid_settlement",
    summary="Settle an objection",
    responses=_MINE | problems.responses(errors.AidObjectionSettled),
)
async def record_aid_settlement(
    session: Writing, caller: Decider, case_id: UUID, objection_id: UUID, body: AidSettlementIn
) -> AidCaseLine:
    """Settle an objection; if it was right the case is refused, and its amount is free for others again."""
    case = await cases.get(session, case_id, lock=True)
    caller.must(at=case.organization_id)
    await cases.must_work_on(session, case, caller.label, AidTask.decide)
    row = await notices.objection(session, case, objection_id)
    await notices.settle(session, case, row, body.as_settlement(caller.label))
    return AidCaseLine.of(case)


@router.post(
    "/{case_id}/release",
    operation_id="release_aid_case",
    summary="Release a case for payment",
    responses=_MINE | problems.responses(errors.NoticeRunning, errors.AidObjectionOpen),
)
async def release_aid_case(session: Writing, caller: Changer, case_id: UUID) -> AidCaseLine:
    """Let a case be paid whose notice is over, with no objection left."""
    case = await cases.get(session, case_id, lock=True)
    caller.must(at=case.organization_id)
    await cases.must_work_on(session, case, caller.label, AidTask.handle)
    await notices.release(session, case, by=caller.label)
    return AidCaseLine.of(case)
