"""The front page."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from app.disclosure import campaigns, members, years
from app.disclosure.obligations import shown
from app.disclosure.projects import progress, projects
from app.fundraising.models import Campaign, CampaignState
from app.kit.clock import today
from app.kit.database import Reading, ReadSession
from app.kit.http import pages
from app.kit.http.pages import PageQuery
from app.site import charts, linked_data, sheets
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
    facts = await _found(session, wanted) | {
        "accounts": await campaigns.accounts(session, found.items),
        "next_cursor": found.next_cursor,
        "wanted": wanted,
        "linked": linked_data.website(sheets.origin(request), "征信录 Zhengxinlu"),
    }
    return sheets.page(request, "home.html", facts, demo=await campaigns.demo(session))


async def _found(session: ReadSession, wanted: Wanted) -> dict[str, object]:
    """Return what stands before the campaigns: who else was found, or, to who looks for nothing, the year."""
    if wanted.anything:
        return await _others(session, wanted.words)
    year = await years.so_far(session, today())
    return {
        "total": await campaigns.total(session),
        "year": year,
        "months": charts.of_year(year),
        "photos": await progress.newest(session, PHOTOS),
        "publications": await lately(session),
        "calendar": await shown.calendar(session),
    }


async def _others(session: ReadSession, words: str) -> dict[str, object]:
    if not words:
        return {"organizations": [], "projects": []}
    of_projects = projects.matching(projects.Wanted(q=words)).limit(FOUND)
    return {
        "organizations": (await session.scalars(members.matching(words).limit(FOUND))).all(),
        "projects": (await session.scalars(of_projects)).all(),
    }
