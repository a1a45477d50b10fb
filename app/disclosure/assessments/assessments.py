"""Assessments: written by one person, reviewed by another, kept for three years at least (PIPL 56)."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import Select, select, update

from app.disclosure.assessments.errors import AssessmentAhead, AssessmentReviewed, OwnAssessment
from app.disclosure.models import ImpactAssessment
from app.kit import constraints
from app.kit.attachments import files
from app.kit.attachments.files import Owner
from app.kit.clock import today
from app.kit.database import ReadSession, WriteSession
from app.organizations.access import Caller, Permission
from app.organizations.desk import tasks
from app.organizations.errors import OutOfSight

KIND = "impact_assessment"
"""Under this name the reports lie; `app/wiring.py` says who reads them."""

TASK = "impact_assessment_review"


async def record(
    session: WriteSession, assessment: ImpactAssessment, reports: Sequence[UUID]
) -> ImpactAssessment:
    """Record an assessment with its report; it is in force when somebody else has reviewed it."""
    if assessment.assessed_on > today():
        raise AssessmentAhead(assessed_on=assessment.assessed_on)
    session.add(assessment)
    await session.flush()
    if reports:
        await files.attach(session, reports, owner_of(assessment), by=assessment.recorded_by)
    return assessment


async def review(session: WriteSession, assessment: ImpactAssessment, *, by: str) -> None:
    """Put an assessment in force; the one before it stays to be read. Not by whoever wrote it."""
    if assessment.reviewed_by is not None or assessment.superseded_on is not None:
        raise AssessmentReviewed
    if by == assessment.recorded_by:
        raise OwnAssessment
    await session.execute(
        update(ImpactAssessment)
        .where(
            ImpactAssessment.organization_id == assessment.organization_id,
            ImpactAssessment.processing == assessment.processing,
            ImpactAssessment.superseded_on.is_(None),
            ImpactAssessment.id != assessment.id,
        )
        .values(superseded_on=today())
    )
    # Of two that are reviewed at once the index lets one be in force.
    async with constraints.told(session, {"impact_assessments_in_force_idx": AssessmentReviewed()}):
        assessment.reviewed_by, assessment.reviewed_on = by, today()


async def get(session: ReadSession, assessment_id: UUID, *, lock: bool = False) -> ImpactAssessment:
    """Return an assessment, or refuse."""
    found = await session.get(
        ImpactAssessment, assessment_id, with_for_update=lock or None, populate_existing=lock
    )
    if found is None:
        raise OutOfSight
    return found


def listing(places: Collection[UUID]) -> Select[ImpactAssessment]:
    """Return the query for the assessments of some organizations, superseded ones too."""
    return select(ImpactAssessment).where(ImpactAssessment.organization_id.in_(places))


def owner_of(assessment: ImpactAssessment) -> Owner:
    """Return as what an assessment owns its report."""
    return Owner(KIND, assessment.id, assessment.organization_id)


async def waiting(_session: ReadSession, caller: Caller) -> tasks.Query:
    """Return the assessments that wait for a review, for those who may and did not write them."""
    return tasks.row(
        organization_id=ImpactAssessment.organization_id,
        subject_id=ImpactAssessment.id,
        title=tasks.named("个人信息保护影响评估待复核", ImpactAssessment.processing),
        since_at=ImpactAssessment.created_at,
    ).where(
        ImpactAssessment.organization_id.in_(caller.holds(Permission.plans_review)),
        ImpactAssessment.reviewed_by.is_(None),
        ImpactAssessment.superseded_on.is_(None),
        ImpactAssessment.recorded_by != caller.label,
    )
