"""Populations over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.kit.database import Reading, Writing
from app.kit.http import problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page, Slice, page
from app.organizations import organizations
from app.organizations.access import Asking, Permission
from app.organizations.errors import RegionUnknown
from app.organizations.models import RegionPopulation
from app.organizations.populations import counts
from app.organizations.populations.errors import CountAhead, RegionElsewhere
from app.organizations.schemas.populations import PopulationIn, PopulationOut, PopulationQuery
from app.organizations.signin import may, public

router = APIRouter(tags=["regions"], route_class=IdempotentRoute)
Changing = Annotated[Asking, may(Permission.organizations_change)]


@router.get(
    "/populations",
    operation_id="list_populations",
    summary="List the populations of regions",
    response_model=Page[PopulationOut],
    dependencies=[public],
)
async def list_populations(
    session: Reading, response: Response, asked: Annotated[PopulationQuery, Query()]
) -> Slice[RegionPopulation]:
    """Return how many people live in the regions and who says so, what was recorded last first."""
    response.headers["Cache-Control"] = "public, max-age=3600"
    found = counts.listed(region_code=asked.region_code, counted_on=asked.counted_on)
    return await page(session, found, [RegionPopulation.id], asked, newest_first=True)


@router.post(
    "/organizations/{organization_id}/populations",
    operation_id="record_population",
    summary="Record a region's population",
    response_model=PopulationOut,
    responses=problems.responses(RegionUnknown, RegionElsewhere, CountAhead),
    status_code=201,
)
async def record_population(
    session: Writing, caller: Changing, organization_id: UUID, body: PopulationIn
) -> RegionPopulation:
    """Record how many people live in your region, or in one within it, on some day; briefs tell per head."""
    caller.must(at=organization_id)
    organization = await organizations.get(session, organization_id)
    return await counts.record(session, organization, body.counted(organization_id, by=caller.label))
