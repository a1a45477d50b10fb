"""Tables of news: issues of the federation's own media, their articles, and what each tells of."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.fundraising.models import Campaign
from app.kit.database import Base, Record
from app.organizations.models import Organization
from app.projects.models import Project


class NewsIssue(Record, Base):
    """One number of a magazine or a newsletter. It is news: it discloses nothing that the law asks for."""

    __tablename__ = "news_issues"
    __table_args__ = (
        UniqueConstraint("organization_id", "media", "number"),
        UniqueConstraint("id", "organization_id", "published_on"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey(Organization.id))
    media: Mapped[str]
    number: Mapped[str]
    published_on: Mapped[date]
    recorded_by: Mapped[str]


class NewsArticle(Record, Base):
    """One article of an issue, with where it can be read."""

    __tablename__ = "news_articles"
    __table_args__ = (
        ForeignKeyConstraint(
            ["issue_id", "organization_id", "published_on"],
            ["news_issues.id", "news_issues.organization_id", "news_issues.published_on"],
            name="news_articles_issue_fkey",
        ),
        CheckConstraint("num_nulls(withdrawn_by, withdrawn_reason) in (0, 2)", name="withdrawn"),
        Index("news_articles_published_on_idx", "published_on", "id"),
    )

    issue_id: Mapped[UUID]
    organization_id: Mapped[UUID]
    published_on: Mapped[date]
    title: Mapped[str]
    recorded_by: Mapped[str]
    address: Mapped[str | None] = mapped_column(default=None)
    withdrawn_by: Mapped[str | None] = mapped_column(default=None)
    withdrawn_reason: Mapped[str | None] = mapped_column(default=None)


class NewsLink(Record, Base):
    """That an article tells of a campaign or of a project."""

    __tablename__ = "news_links"
    __table_args__ = (
        CheckConstraint("num_nonnulls(campaign_id, project_id) = 1", name="one"),
        UniqueConstraint("article_id", "campaign_id", "project_id", postgresql_nulls_not_distinct=True),
        Index("news_links_campaign_id_idx", "campaign_id"),
        Index("news_links_project_id_idx", "project_id"),
    )

    article_id: Mapped[UUID] = mapped_column(ForeignKey(NewsArticle.id))
    campaign_id: Mapped[UUID | None] = mapped_column(ForeignKey(Campaign.id), default=None)
    project_id: Mapped[UUID | None] = mapped_column(ForeignKey(Project.id), default=None)
