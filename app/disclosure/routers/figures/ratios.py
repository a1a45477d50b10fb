"""Ratios of a year over HTTP: for everybody once its books are closed, before for staff alone."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter

from app.disclosure.figures.errors import YearAhead
from app.disclosure.ratios import annual
from app.disclosure.ratios.errors import RatiosNotBinding, RatioYearOpen
from app.disclosure.routers.figures.annual import OfYear
from app.disclosure.schemas.figures.ratios import RatioForecastOut, RatiosOut
from app.kit.database import Reading
from app.kit.http import problems
from app.kit.http.caching import CacheableRoute
from app.kit.http.doors import LateRoute
from app.organizations.access import Asking, Permission
from app.organizations.errors import OutOfSight
from app.organizations.signin import may, public

router = APIRouter(prefix="/organizations", route_class=CacheableRoute, dependencies=[public])
desk = APIRouter(prefix="/organizations", route_class=LateRoute)

Reader = Annotated[Asking, may(Permission.publications_read)]


@router.get(
    "/{organization_id}/ratios/{year}",
    operation_id="read_ratios",
    summary="Read a year's ratios",
    responses=problems.responses(OutOfSight, RatiosNotBinding, RatioYearOpen, YearAhead),
)
async def read_ratios(session: Reading, organization_id: UUID, year: OfYear) -> RatiosOut:
    """Read what an organization spent and what it cost in a closed year, against what the law asks of it."""
    return RatiosOut.of(await annual.closed(session, organization_id, year))


@desk.get(
    "/{organization_id}/ratios/{year}/forecast",
    operation_id="read_ratio_forecast",
    summary="Read a year's ratios before it is closed",
    responses=problems.responses(OutOfSight, RatiosNotBinding, YearAhead),
)
async def read_ratio_forecast(
    session: Reading, caller: Reader, organization_id: UUID, year: OfYear
) -> RatioForecastOut:
    """Read a year's ratios so far, what must still be spent, and what comes out if it goes on so."""
    caller.must(at=organization_id)
    return RatioForecastOut.of(await annual.of(session, organization_id, year))
