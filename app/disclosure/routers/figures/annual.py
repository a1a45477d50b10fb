"""Figures of a year over HTTP, for everybody."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query

from app.disclosure.figures import annual, scopes
from app.disclosure.figures.errors import YearAhead
from app.disclosure.schemas.figures.annual import AnnualFiguresOut, AnnualFiguresQuery
from app.kit.database import Reading
from app.kit.http import problems
from app.kit.http.caching import CacheableRoute
from app.organizations.errors import OutOfSight
from app.organizations.signin import public

router = APIRouter(prefix="/organizations", route_class=CacheableRoute, dependencies=[public])

OfYear = Annotated[int, Path(ge=1990, le=2999, description="A calendar year, which is the fiscal year.")]


@router.get(
    "/{organization_id}/annual-figures/{year}",
    operation_id="read_annual_figures",
    summary="Read a year's figures",
    responses=problems.responses(OutOfSight, YearAhead),
)
async def read_annual_figures(
    session: Reading, organization_id: UUID, year: OfYear, asked: Annotated[AnnualFiguresQuery, Query()]
) -> AnnualFiguresOut:
    """Read every figure of an organization's year with its definition, what it is made of, and its growth.

    From totals that recording keeps: it costs alike whether ten gifts were given or ten million.
    """
    scope = await scopes.of(session, organization_id, asked.basis)
    return AnnualFiguresOut.of(await annual.compile_(session, scope, year))
