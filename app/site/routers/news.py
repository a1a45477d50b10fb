"""What the federation's own media tell of campaigns and projects."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.disclosure import campaigns
from app.disclosure.models import NewsArticle
from app.disclosure.news import articles
from app.disclosure.projects import projects
from app.kit.database import Reading
from app.kit.http import pages
from app.kit.http.pages import PageQuery
from app.site import sheets

router = APIRouter(route_class=sheets.PageRoute)


@router.api_route("/news", methods=sheets.LOOKING)
async def everything(
    request: Request,
    session: Reading,
    organization: Annotated[str, Query(max_length=64)] = "",
    media: Annotated[str, Query(max_length=200)] = "",
    cursor: sheets.Cursor = None,
) -> Response:
    """Show what was written, the latest first; news discloses nothing that the law asks for, and says so."""
    asked = {"organization": sheets.typed(organization), "media": sheets.typed(media)}
    query = articles.matching({name: value or None for name, value in asked.items()})
    paging = PageQuery(cursor=cursor, limit=sheets.PAGE_SIZE)
    keys = [NewsArticle.published_on, NewsArticle.id]
    found = await pages.page(session, query, keys, paging, newest_first=True)
    told = await articles.told(session, found.items)
    facts = {
        "articles": told,
        "projects": await projects.titles(session, {code for one in told for code in one.projects}),
        "next_cursor": found.next_cursor,
        "cursor": cursor,
        "wanted": asked,
    }
    return sheets.page(request, "news.html", facts, demo=await campaigns.demo(session))
