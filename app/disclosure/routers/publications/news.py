"""News over HTTP: everybody reads it, and who publishes records it."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from app.disclosure.models import NewsArticle
from app.disclosure.news import articles, errors
from app.disclosure.schemas.publications.news import (
    NewsArticleOut,
    NewsIssueIn,
    NewsIssueOut,
    NewsQuery,
    NewsWithdrawalIn,
)
from app.kit.database import Reading, Writing
from app.kit.http import pages, problems
from app.kit.http.caching import CacheableRoute
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import CursorUnreadable, Page
from app.organizations import organizations
from app.organizations.access import Asking, Permission
from app.organizations.signin import may, public

reading = APIRouter(prefix="/news", route_class=CacheableRoute, dependencies=[public])
router = APIRouter(prefix="/news", route_class=IdempotentRoute)

Changer = Annotated[Asking, may(Permission.publications_change)]
_ORDER = [NewsArticle.published_on, NewsArticle.id]


@reading.get(
    "", operation_id="list_news", summary="List news", responses=problems.responses(CursorUnreadable)
)
async def list_news(session: Reading, asked: Annotated[NewsQuery, Query()]) -> Page[NewsArticleOut]:
    """List what the federation's own media tell of campaigns and projects, the latest first."""
    query = articles.matching(asked.model_dump())
    found = await pages.page(session, query, _ORDER, asked, newest_first=asked.sort.startswith("-"))
    items = [NewsArticleOut.of(one) for one in await articles.told(session, found.items)]
    return found.told(items)


@router.post(
    "",
    operation_id="record_news",
    summary="Record an issue",
    status_code=201,
    responses=problems.responses(errors.IssueKnown, errors.ArticleAboutNothing),
)
async def record_news(session: Writing, caller: Changer, body: NewsIssueIn) -> NewsIssueOut:
    """Record an issue with its articles and what they tell of; no obligation is touched by it."""
    caller.must(at=body.organization_id)
    await organizations.get(session, body.organization_id)
    made = await articles.record(
        session, body.as_issue(caller.label), [one.as_article() for one in body.articles]
    )
    return NewsIssueOut(articles=[NewsArticleOut.of(one) for one in await articles.told(session, made)])


@router.post(
    "/{article_id}/withdrawal",
    operation_id="withdraw_news",
    summary="Take an article off",
    responses=problems.responses(errors.ArticleWithdrawn),
)
async def withdraw_news(
    session: Writing, caller: Changer, article_id: UUID, body: NewsWithdrawalIn
) -> NewsIssueOut:
    """Take an article off the public list, with the reason."""
    article = await articles.get(session, article_id, lock=True)
    caller.must(at=article.organization_id)
    await articles.withdraw(session, article, reason=body.reason, by=caller.label)
    return NewsIssueOut(articles=[NewsArticleOut.of(one) for one in await articles.told(session, [article])])
