"""Articles: what an issue of the federation's media tells of which campaigns and projects.

News and advertising never count as disclosure (81号令 art. 2): nothing here looks at an obligation.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from app.disclosure import campaigns
from app.disclosure.models import NewsArticle, NewsIssue, NewsLink
from app.disclosure.news.errors import ArticleAboutNothing, ArticleWithdrawn, IssueKnown
from app.fundraising.models import Campaign
from app.kit import constraints
from app.kit.database import ReadSession, WriteSession
from app.organizations.errors import OutOfSight
from app.organizations.models import Organization
from app.projects.models import Project


@dataclass(frozen=True, slots=True, kw_only=True)
class NewArticle:
    """An article as somebody tells of it."""

    title: str
    address: str | None
    campaigns: Sequence[UUID] = ()
    projects: Sequence[UUID] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An article with its issue, and with what it tells of."""

    article: NewsArticle
    issue: NewsIssue
    organization: Organization
    campaigns: Sequence[str]
    projects: Sequence[str]


async def record(
    session: WriteSession, issue: NewsIssue, articles: Sequence[NewArticle]
) -> Sequence[NewsArticle]:
    """Record an issue with its articles; raises IssueKnown, of two at once too, and ArticleAboutNothing."""
    await _must_be_ours(session, issue.organization_id, articles)
    async with constraints.told(session, {"news_issues_organization_id_media_number_key": IssueKnown()}):
        session.add(issue)
    made: list[NewsArticle] = []
    for one in articles:
        article = NewsArticle(
            issue_id=issue.id,
            organization_id=issue.organization_id,
            published_on=issue.published_on,
            title=one.title,
            address=one.address,
            recorded_by=issue.recorded_by,
        )
        session.add(article)
        made.append(article)
    await session.flush()
    for article, one in zip(made, articles, strict=True):
        session.add_all(NewsLink(article_id=article.id, campaign_id=about) for about in one.campaigns)
        session.add_all(NewsLink(article_id=article.id, project_id=about) for about in one.projects)
    await session.flush()
    return made


async def withdraw(session: WriteSession, article: NewsArticle, *, reason: str, by: str) -> None:
    """Take a locked article off the list; that it was there is kept."""
    if article.withdrawn_by is not None:
        raise ArticleWithdrawn
    article.withdrawn_by, article.withdrawn_reason = by, reason
    await session.flush()


async def get(session: ReadSession, article_id: UUID, *, lock: bool = False) -> NewsArticle:
    """Return an article, or refuse."""
    found = await session.get(NewsArticle, article_id, with_for_update=lock or None, populate_existing=lock)
    if found is None:
        raise OutOfSight
    return found


def matching(wanted: Mapping[str, Any]) -> Select[NewsArticle]:
    """Return the query for the articles that everybody reads; what is None does not narrow."""
    row = NewsArticle
    query = select(row).where(row.withdrawn_by.is_(None))
    if code := wanted.get("organization"):
        query = query.where(row.organization_id.in_(select(Organization.id).where(Organization.code == code)))
    if media := wanted.get("media"):
        query = query.where(row.issue_id.in_(select(NewsIssue.id).where(NewsIssue.media == media)))
    links = select(NewsLink.article_id)
    if code := wanted.get("campaign"):
        told = links.join(Campaign, Campaign.id == NewsLink.campaign_id).where(Campaign.code == code)
        query = query.where(row.id.in_(told))
    if code := wanted.get("project"):
        told = links.join(Project, Project.id == NewsLink.project_id).where(Project.code == code)
        query = query.where(row.id.in_(told))
    if first := wanted.get("published_on_from"):
        query = query.where(row.published_on >= first)
    if last := wanted.get("published_on_to"):
        query = query.where(row.published_on <= last)
    return query


async def told(session: ReadSession, articles: Sequence[NewsArticle]) -> list[Told]:
    """Return articles in their order with what they tell of, in four statements however many they are."""
    wanted = {one.issue_id for one in articles}
    issues = {one.id: one for one in await session.scalars(select(NewsIssue).where(NewsIssue.id.in_(wanted)))}
    owners = await campaigns.organizations(session, {one.organization_id for one in articles})
    rows = await session.execute(
        select(NewsLink.article_id, Campaign.code, Project.code)
        .outerjoin(Campaign, Campaign.id == NewsLink.campaign_id)
        .outerjoin(Project, Project.id == NewsLink.project_id)
        .where(NewsLink.article_id.in_([one.id for one in articles]))
        .order_by(Campaign.code, Project.code)
    )
    appeals: dict[UUID, list[str]] = {one.id: [] for one in articles}
    works: dict[UUID, list[str]] = {one.id: [] for one in articles}
    for row in rows:
        if row[1]:
            appeals[row[0]].append(row[1])
        if row[2]:
            works[row[0]].append(row[2])
    return [
        Told(
            article=one,
            issue=issues[one.issue_id],
            organization=owners[one.organization_id],
            campaigns=appeals[one.id],
            projects=works[one.id],
        )
        for one in articles
    ]


async def _must_be_ours(session: ReadSession, organization_id: UUID, articles: Sequence[NewArticle]) -> None:
    appeals = {about for one in articles for about in one.campaigns}
    works = {about for one in articles for about in one.projects}
    known = await session.scalars(
        campaigns.shown().where(Campaign.id.in_(appeals), Campaign.organization_id == organization_id)
    )
    carried = await session.scalars(
        select(Project.id).where(Project.id.in_(works), Project.organization_id == organization_id)
    )
    bare = any(not one.campaigns and not one.projects for one in articles)
    if bare or {one.id for one in known} != appeals or set(carried) != works:
        raise ArticleAboutNothing
