"""Counts of projects over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query

from app.kit.database import Reading
from app.kit.http.idempotency import IdempotentRoute
from app.organizations import organizations
from app.organizations.access import Asking, Permission
from app.organizations.signin import may
from app.projects.register import statistics
from app.projects.schemas.register.statistics import ProjectStatistics, StatisticsQuery

router = APIRouter(prefix="/v1/projects/statistics", tags=["projects"], route_class=IdempotentRoute)

Reader = Annotated[Asking, may(Permission.projects_read)]


@router.get("", operation_id="read_project_statistics", summary="Count projects")
async def read_project_statistics(
    session: Reading, caller: Reader, asked: Annotated[StatisticsQuery, Query()]
) -> ProjectStatistics:
    """Count an organization's projects and those of everything below it, with what counts as one."""
    caller.must(at=asked.organization_id)
    places = await organizations.subtree_ids(session, asked.organization_id)
    return ProjectStatistics.of(asked, await statistics.count(session, places, asked.wanted()))
