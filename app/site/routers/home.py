"""The front page."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from app.disclosure import campaigns, members, years
from app.disclosure.figures import annual, scopes
from app.disclosure.figures.definitions import FigureId
from app.disclosure.figures.told import PartGroup
from app.disclosure.obligations import shown
from app.disclosure.projects import progress, projects
from app.fundraising.models import Campaign, CampaignState
from app.kit.clock import today
from app.kit.database import Reading, ReadSession
from app.kit.http import pages
from app.kit.http.pages import PageQuery
from app.ledger.balances import Basis
from app.site import languages, linked_data, pictures, sheets
from app.site.languages import Writer
from app.site.routers.publications import lately

router = APIRouter(route_class=sheets.PageRoute)

PHOTOS = 4
FOUND = 8
"""So many members and projects are told of a search; who wants all of them looks at their pages."""


class Wanted(BaseModel):
    """Which campaigns to show; other parameters are no matter of ours."""

    q: str = Field(default="", max_length=200)
    state: Literal["", "open", "closed"] = ""
    cursor: str | None = Field(default=None, max_length=500)

    @property
    def words(self) -> str:
        """What was typed, without what nobody can type."""
        return sheets.typed(self.q)

    @property
    def anything(self) -> bool:
        """Whether something is looked for: then the answer comes first."""
        return bool(self.words or self.state or self.cursor)


@router.api_route("/", methods=sheets.LOOKING)
async def home(request: Request, session: Reading, wanted: Annotated[Wanted, Query()]) -> Response:
    """Show what this is, the year, what is due, and the campaigns."""
    state = CampaignState(wanted.state) if wanted.state else None
    query = campaigns.matching(state=state, q=wanted.words or None)
    paging = PageQuery(cursor=wanted.cursor, limit=sheets.PAGE_SIZE)
    found = await pages.page(session, query, [Campaign.starts_on, Campaign.id], paging, newest_first=True)
    facts = await _found(session, Writer(languages.of(request)), wanted) | {
        "accounts": await campaigns.accounts(session, found.items),
        "next_cursor": found.next_cursor,
        "wanted": wanted,
        "linked": linked_data.website(sheets.origin(request), "征信录 Zhengxinlu"),
    }
    return sheets.page(request, "home.html", facts, demo=await campaigns.demo(session))


async def _found(session: ReadSession, t: Writer, wanted: Wanted) -> dict[str, object]:
    """Return what stands before the campaigns: who else was found, or, to who looks for nothing, the year."""
    if wanted.anything:
        return await _others(session, wanted.words)
    year = await years.so_far(session, today())
    return await _federation(session, t) | {
        "total": await campaigns.total(session),
        "year": year,
        "months": pictures.months(t, year),
        "photos": await progress.newest(session, PHOTOS),
        "publications": await lately(session),
        "calendar": await shown.calendar(session),
    }


async def _federation(session: ReadSession, t: Writer) -> dict[str, object]:
    """Return the figures of the year of the federation's head with everybody below it.

    They are read from totals that recording keeps: no gift is looked at, however many there are.
    """
    head = await members.head(session)
    if head is None:
        return {"annual": None, "parts": None}
    scope = await scopes.of(session, head.id, Basis.consolidated)
    told = await annual.compile_(session, scope, today().year)
    raised = told.of(FigureId.raised).told.parts
    by_member = [one for one in raised if one.group is PartGroup.organization]
    return {"annual": told, "parts": pictures.parts(t, by_member)}


async def _others(session: ReadSession, words: str) -> dict[str, object]:
    if not words:
        return {"organizations": [], "projects": []}
    of_projects = projects.matching(projects.Wanted(q=words)).limit(FOUND)
    return {
        "organizations": (await session.scalars(members.matching(words).limit(FOUND))).all(),
        "projects": (await session.scalars(of_projects)).all(),
    }
