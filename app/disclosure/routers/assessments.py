"""Impact assessments over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from app.disclosure.assessments import assessments, errors, processings
from app.disclosure.models import ImpactAssessment
from app.disclosure.schemas.assessments.assessments import (
    AssessmentDetail,
    AssessmentIn,
    AssessmentOut,
    AssessmentQuery,
    ProcessingsOut,
)
from app.kit.attachments import files
from app.kit.attachments.errors import AttachmentNotFree
from app.kit.database import Reading, ReadSession, Writing
from app.kit.http import pages, problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page, Slice
from app.organizations.access import Asking, Permission
from app.organizations.errors import OutOfSight
from app.organizations.signin import may

router = APIRouter(route_class=IdempotentRoute)

Reader = Annotated[Asking, may(Permission.publications_read)]
Changer = Annotated[Asking, may(Permission.publications_change)]
Reviewer = Annotated[Asking, may(Permission.plans_review)]


@router.get(
    "/organizations/{organization_id}/processings",
    operation_id="read_processings",
    summary="Read what needs an assessment",
)
async def read_processings(session: Reading, caller: Reader, organization_id: UUID) -> ProcessingsOut:
    """Read which features process sensitive data, data of minors or names, and what lacks its assessment."""
    caller.must(at=organization_id)
    return ProcessingsOut.of(await processings.needs(session, organization_id))


@router.get(
    "/assessments",
    operation_id="list_assessments",
    summary="List impact assessments",
    response_model=Page[AssessmentOut],
)
async def list_assessments(
    session: Reading, caller: Reader, asked: Annotated[AssessmentQuery, Query()]
) -> Slice[ImpactAssessment]:
    """List the assessments of your organizations, superseded ones too, the latest first."""
    query = assessments.listing(caller.visible())
    for name in ("organization_id", "processing"):
        if (wanted := getattr(asked, name)) is not None:
            query = query.where(getattr(ImpactAssessment, name) == wanted)
    return await pages.page(session, query, [ImpactAssessment.id], asked, newest_first=True)


@router.post(
    "/assessments",
    operation_id="record_assessment",
    summary="Record an impact assessment",
    status_code=201,
    responses=problems.responses(errors.AssessmentAhead, AttachmentNotFree),
)
async def record_assessment(session: Writing, caller: Changer, body: AssessmentIn) -> AssessmentDetail:
    """Record an assessment; it is in force when somebody else has reviewed it."""
    caller.must(at=body.organization_id)
    one = await assessments.record(session, body.as_assessment(caller.label), body.reports)
    return await whole(session, one)


@router.get(
    "/assessments/{assessment_id}",
    operation_id="read_assessment",
    summary="Read an impact assessment",
    responses=problems.responses(OutOfSight),
)
async def read_assessment(session: Reading, caller: Reader, assessment_id: UUID) -> AssessmentDetail:
    """Read an assessment with the ids of its report's files."""
    one = await assessments.get(session, assessment_id)
    caller.must(at=one.organization_id)
    return await whole(session, one)


@router.post(
    "/assessments/{assessment_id}/review",
    operation_id="review_assessment",
    summary="Review an impact assessment",
    responses=problems.responses(errors.AssessmentReviewed, errors.OwnAssessment, OutOfSight),
)
async def review_assessment(session: Writing, caller: Reviewer, assessment_id: UUID) -> AssessmentDetail:
    """Put an assessment in force in place of the one before; not if you wrote it."""
    one = await assessments.get(session, assessment_id, lock=True)
    caller.must(at=one.organization_id)
    await assessments.review(session, one, by=caller.label)
    return await whole(session, one)


async def whole(session: ReadSession, one: ImpactAssessment) -> AssessmentDetail:
    """Return an assessment with its report."""
    return AssessmentDetail.whole(one, await files.of(session, assessments.owner_of(one)))
