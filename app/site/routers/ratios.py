"""An organization's spending and costs of its closed years, against what the law asks of it."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from app.disclosure.ratios import annual
from app.disclosure.ratios.errors import RatioYearOpen
from app.disclosure.ratios.judging import RatioId
from app.kit.database import Reading
from app.organizations import organizations
from app.site import languages, pictures, sheets
from app.site.languages import Writer

router = APIRouter(route_class=sheets.PageRoute)

YEARS = 5
"""So many closed years are told; what runs is its organization's own matter until the books are closed."""

DRAWN = (RatioId.charitable_spending, RatioId.administration)


@router.api_route("/organizations/{code}/ratios", methods=sheets.LOOKING)
async def ratios(
    request: Request,
    session: Reading,
    code: Annotated[str, Path(max_length=64)],
    year: Annotated[int | None, Query(ge=1990, le=2999)] = None,
) -> Response:
    """Show a closed year's ratios with their base, class and version, and how they went over the years."""
    it = await organizations.by_code(session, code)
    years = await annual.published(session, it, YEARS)
    told = next((one for one in years if year in (None, one.year)), None)
    if told is None and year is not None:
        raise RatioYearOpen(year=year)
    t = Writer(languages.of(request))
    drawn = [pictures.ratios(t, which, years) for which in DRAWN]
    facts = {"it": it, "years": years, "told": told, "drawings": [one for one in drawn if one is not None]}
    return sheets.page(request, "ratios.html", facts, demo=it.demo)
