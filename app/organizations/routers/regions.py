"""Regions over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from app.kit.database import Reading
from app.kit.http.doors import LateRoute
from app.kit.http.pages import Page, Slice, page
from app.organizations import regions
from app.organizations.models import Region
from app.organizations.schemas.regions import RegionOut, RegionQuery
from app.organizations.signin import public

router = APIRouter(prefix="/regions", tags=["regions"], route_class=LateRoute)


@router.get(
    "",
    operation_id="list_regions",
    summary="List regions",
    response_model=Page[RegionOut],
    dependencies=[public],
)
async def list_regions(
    session: Reading, response: Response, asked: Annotated[RegionQuery, Query()]
) -> Slice[Region] | Slice[RegionOut]:
    """Return the administrative divisions of Shaanxi, today's or a day's, in the order of their codes."""
    response.headers["Cache-Control"] = "public, max-age=3600"
    query = regions.listed(
        level=asked.level, parent_code=asked.parent_code, q=asked.q, former=asked.former, on=asked.on
    )
    found = await page(session, query, [Region.code], asked)
    if asked.on is None:
        return found
    then = [(RegionOut.model_validate(one), regions.name_on(one, asked.on)) for one in found.items]
    return Slice([told.model_copy(update={"name": name}) for told, name in then], found.next_cursor)
