"""An organization's brief of a month, a quarter or a year, as a page and as files to pass on."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel, Field

from app.disclosure.briefs import briefs, chat, papers, spans
from app.disclosure.briefs.briefs import Brief
from app.disclosure.briefs.errors import BriefSpanUnfit
from app.disclosure.briefs.ranking import Place
from app.disclosure.briefs.spans import BriefPeriod
from app.disclosure.figures import scopes
from app.kit.clock import today
from app.kit.database import Reading, ReadSession
from app.kit.http import formats
from app.kit.http.formats import Format
from app.kit.sheets import workbooks
from app.ledger.balances import Basis
from app.organizations import organizations
from app.site import languages, pictures, sheets
from app.site.languages import Writer
from app.site.pictures import BARS_MAX

router = APIRouter(route_class=sheets.PageRoute)

PERIODS = (BriefPeriod.week, BriefPeriod.month, BriefPeriod.quarter, BriefPeriod.year)


class Wanted(BaseModel):
    """Which period a brief is about: the one in which a day lies, without one that of today."""

    period: Literal["week", "month", "quarter", "year"] = "month"
    day: str = Field(default="", max_length=10)

    @property
    def lies_in(self) -> date | None:
        """The day that was typed; raises BriefSpanUnfit."""
        try:
            return date.fromisoformat(self.day) if self.day else None
        except ValueError:
            raise BriefSpanUnfit from None


@router.api_route("/organizations/{code}/briefs", methods=sheets.LOOKING)
async def brief(
    request: Request,
    session: Reading,
    code: Annotated[str, Path(max_length=64)],
    wanted: Annotated[Wanted, Query()],
) -> Response:
    """Show how an organization did in a period, beside a year before, and which members raised most."""
    told = await _written(session, code, wanted)
    t, path = Writer(languages.of(request)), f"/organizations/{code}/briefs"
    facts = {
        "brief": told,
        "wanted": wanted,
        "periods": PERIODS,
        "path": path,
        "asked": urlencode({"period": wanted.period, "day": told.span.first.isoformat()}),
        "turns": _turns(path, told),
        "cities": _ranked(t, told, "cities", told.cities),
        "counties": _ranked(t, told, "counties", told.counties),
    }
    return sheets.page(request, "briefs.html", facts, demo=told.scope.organization.demo)


@router.api_route("/organizations/{code}/briefs.{form}", methods=sheets.LOOKING)
async def paper(
    session: Reading,
    code: Annotated[str, Path(max_length=64)],
    form: Literal["pdf", "xlsx", "txt"],
    wanted: Annotated[Wanted, Query()],
) -> Response:
    """Hand out a brief as one page, as a workbook, or as words for a chat group."""
    told = await _written(session, code, wanted)
    name = f"{told.scope.organization.code}-{told.span.period}-{told.span.last}.{form}"
    if form == "pdf":
        return formats.file(await papers.pdf(told), name, Format.pdf)
    if form == "xlsx":
        return formats.file(workbooks.write(papers.sheets(told)), name, Format.xlsx)
    return Response(chat.words(told), media_type="text/plain; charset=utf-8")


async def _written(session: ReadSession, code: str, wanted: Wanted) -> Brief:
    organization = await organizations.by_code(session, code)
    span = spans.of(BriefPeriod(wanted.period), wanted.lies_in, None, today=today())
    return await briefs.write(session, await scopes.of(session, organization.id, Basis.consolidated), span)


def _turns(path: str, told: Brief) -> dict[str, str | None]:
    """Return the addresses of the period before, if there were books then, and of the next if it began."""
    span, day = told.span, timedelta(days=1)
    begun = told.scope.organization.books_from

    def at(one: date) -> str:
        return f"{path}?{urlencode({'period': span.period, 'day': one.isoformat()})}"

    later = span.whole + day
    return {
        "earlier": at(span.first - day) if span.first > begun else None,
        "later": at(later) if later <= today() else None,
    }


def _ranked(t: Writer, told: Brief, tier: str, places: Sequence[Place]) -> dict[str, object]:
    return {
        "tier": tier,
        "first": places[:BARS_MAX],
        "others": places[BARS_MAX:],
        "picture": pictures.ranking(t, places, tier=tier, known_before=told.known_before),
    }
