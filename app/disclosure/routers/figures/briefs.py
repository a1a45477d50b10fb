"""Briefs over HTTP, for everybody: to read by machine, as a workbook, on one page, or as words to pass on."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.disclosure.briefs import briefs, chat, papers, spans
from app.disclosure.briefs.errors import BriefSpanUnfit
from app.disclosure.figures import scopes
from app.disclosure.schemas.figures.briefs import BriefOut, BriefQuery
from app.kit.clock import today
from app.kit.database import Reading
from app.kit.http import formats, problems
from app.kit.http.caching import CacheableRoute
from app.kit.http.formats import Format, WantedInWords
from app.kit.sheets import workbooks
from app.organizations.errors import OutOfSight
from app.organizations.signin import public

router = APIRouter(prefix="/organizations", route_class=CacheableRoute, dependencies=[public])

_FORMS = formats.also(Format.xlsx, Format.pdf, Format.text)


@router.get(
    "/{organization_id}/briefs",
    operation_id="read_brief",
    summary="Read a brief",
    responses={**_FORMS, **problems.responses(OutOfSight, BriefSpanUnfit)},
    response_model=BriefOut,
)
async def read_brief(
    session: Reading,
    organization_id: UUID,
    asked: Annotated[BriefQuery, Query()],
    wanted: WantedInWords,
) -> BriefOut | Response:
    """Read how an organization did in a day, week, month, quarter or year, and which members raised most."""
    span = spans.of(asked.period, asked.first, asked.last, today=today())
    scope = await scopes.of(session, organization_id, asked.basis)
    brief = await briefs.write(session, scope, span, rank_by=asked.rank_by)
    name = f"{brief.scope.organization.code}-{span.period}-{span.last}"
    match wanted:
        case Format.xlsx:
            return formats.file(workbooks.write(papers.sheets(brief)), f"{name}.xlsx", wanted)
        case Format.pdf:
            return formats.file(await papers.pdf(brief), f"{name}.pdf", wanted)
        case Format.text:
            return Response(chat.words(brief), media_type=wanted.value)
        case Format.json:
            return BriefOut.of(brief)
