"""Counts of beneficiaries over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query

from app.kit.database import Reading
from app.kit.http.idempotency import IdempotentRoute
from app.organizations.access import Asking, Permission
from app.organizations.errors import OutOfSight
from app.organizations.signin import may
from app.projects.beneficiaries import statistics
from app.projects.register import projects
from app.projects.schemas.beneficiaries.statistics import BenefitStatistics, BenefitStatisticsQuery

router = APIRouter(
    prefix="/v1/projects/beneficiary-statistics", tags=["beneficiaries"], route_class=IdempotentRoute
)

Reader = Annotated[Asking, may(Permission.projects_read)]


@router.get("", operation_id="read_beneficiary_statistics", summary="Count who was helped")
async def read_beneficiary_statistics(
    session: Reading, caller: Reader, asked: Annotated[BenefitStatisticsQuery, Query()]
) -> BenefitStatistics:
    """Count people and person-times of an organization with all below it, or of one of its projects."""
    caller.must(at=asked.organization_id)
    node_id = asked.organization_id
    if asked.project_id is not None:
        project = await projects.get(session, asked.project_id)
        if project.organization_id != asked.organization_id:
            raise OutOfSight
        node_id = project.id
    figures = await statistics.figures(session, node_id, asked.span(), region_code=asked.region_code)
    return BenefitStatistics.of(asked, figures)
