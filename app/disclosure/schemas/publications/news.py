"""News as JSON."""

from datetime import date
from typing import Any, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.disclosure.models import NewsIssue
from app.disclosure.news.articles import NewArticle, Told
from app.disclosure.schemas.campaigns import OrganizationSaid
from app.kit.fields import Body, Code, Day, Line, Words, shown
from app.kit.http.pages import PageQuery

_ID = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0041"
_CAMPAIGN = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0009"
_ARTICLE: dict[str, Any] = {
    "title": "一座桥，两岸亲",
    "address": "https://charity.example/shantianxia/2026-3/12",
}
_IN: dict[str, Any] = {
    "organization_id": "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0002",
    "media": "善天下",
    "number": "2026年第3期",
    "published_on": "2026-06-15",
    "articles": [_ARTICLE | {"campaigns": [_CAMPAIGN], "projects": []}],
}
_OUT: dict[str, Any] = {
    "id": _ID,
    "organization": {"code": "610000", "name": "陕西省慈善联合会"},
    "media": "善天下",
    "number": "2026年第3期",
    "published_on": "2026-06-15",
    **_ARTICLE,
    "campaigns": ["SX-2026-BRIDGE"],
    "projects": [],
}


class NewsArticleIn(Body):
    """One article, and which campaigns or projects it tells of."""

    title: Line
    address: Line | None = Field(default=None, pattern=r"^https?://", description="Where it can be read.")
    campaigns: list[UUID] = Field(default_factory=list[UUID], max_length=20)
    projects: list[UUID] = Field(default_factory=list[UUID], max_length=20)

    def as_article(self) -> NewArticle:
        """Return the same in the words of the rules."""
        return NewArticle(
            title=self.title,
            address=self.address,
            campaigns=list(dict.fromkeys(self.campaigns)),
            projects=list(dict.fromkeys(self.projects)),
        )


class NewsIssueIn(Body):
    """One number of a magazine or a newsletter, with its articles."""

    model_config = ConfigDict(json_schema_extra=shown(_IN))

    organization_id: UUID
    media: Line
    number: Line
    published_on: Day
    articles: list[NewsArticleIn] = Field(min_length=1, max_length=50)

    def as_issue(self, by: str) -> NewsIssue:
        """Return the issue as a row."""
        return NewsIssue(
            organization_id=self.organization_id,
            media=self.media,
            number=self.number,
            published_on=self.published_on,
            recorded_by=by,
        )


class NewsWithdrawalIn(Body):
    """Why an article is taken off the list."""

    model_config = ConfigDict(json_schema_extra=shown({"reason": "登记有误"}))

    reason: Words


class NewsQuery(PageQuery):
    """Which articles to list."""

    organization: Code | None = Field(default=None, description="The organization's code.")
    media: Line | None = None
    campaign: Code | None = Field(default=None, description="A campaign's code.")
    project: Code | None = Field(default=None, description="A project's code.")
    published_on_from: Day | None = None
    published_on_to: Day | None = None
    sort: Literal["published_on", "-published_on"] = "-published_on"


class NewsArticleOut(BaseModel):
    """An article about campaigns and projects. It is news, and discloses nothing that the law asks for."""

    model_config = ConfigDict(json_schema_extra=shown(_OUT))

    id: UUID
    organization: OrganizationSaid
    media: str
    number: str
    published_on: date
    title: str
    address: str | None
    campaigns: list[str] = Field(description="Codes of the campaigns that it tells of.")
    projects: list[str] = Field(description="Codes of the projects that it tells of.")

    @classmethod
    def of(cls, one: Told) -> Self:
        """Return an article as JSON shows it."""
        return cls(
            id=one.article.id,
            organization=OrganizationSaid(code=one.organization.code, name=one.organization.name),
            media=one.issue.media,
            number=one.issue.number,
            published_on=one.article.published_on,
            title=one.article.title,
            address=one.article.address,
            campaigns=list(one.campaigns),
            projects=list(one.projects),
        )


class NewsIssueOut(BaseModel):
    """The articles of an issue, as everybody reads them."""

    model_config = ConfigDict(json_schema_extra=shown({"articles": [_OUT]}))

    articles: list[NewsArticleOut]
