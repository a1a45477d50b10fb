"""News: issues of the federation's own media, their articles, and what each tells of."""

import sqlalchemy as sa
from alembic import op

from migrations import rights

revision = "news"
down_revision = "publications"
branch_labels = None
depends_on = None


def _record() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
    )


def upgrade() -> None:
    op.create_table(
        "news_issues",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("media", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        *_record(),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("news_issues_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("news_issues_pkey")),
        sa.UniqueConstraint(
            *("organization_id", "media", "number"), name=op.f("news_issues_organization_id_media_number_key")
        ),
        sa.UniqueConstraint(
            *("id", "organization_id", "published_on"),
            name=op.f("news_issues_id_organization_id_published_on_key"),
        ),
    )
    op.create_table(
        "news_articles",
        sa.Column("issue_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("withdrawn_by", sa.Text(), nullable=True),
        sa.Column("withdrawn_reason", sa.Text(), nullable=True),
        *_record(),
        sa.CheckConstraint(
            "num_nulls(withdrawn_by, withdrawn_reason) in (0, 2)", name=op.f("news_articles_withdrawn_check")
        ),
        sa.ForeignKeyConstraint(
            ["issue_id", "organization_id", "published_on"],
            ["news_issues.id", "news_issues.organization_id", "news_issues.published_on"],
            name=op.f("news_articles_issue_fkey"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("news_articles_pkey")),
    )
    op.create_index("news_articles_published_on_idx", "news_articles", ["published_on", "id"])
    op.create_table(
        "news_links",
        sa.Column("article_id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=True),
        sa.Column("project_id", sa.Uuid(), nullable=True),
        *_record(),
        sa.CheckConstraint("num_nonnulls(campaign_id, project_id) = 1", name=op.f("news_links_one_check")),
        *(
            sa.ForeignKeyConstraint([column], [target], name=op.f(f"news_links_{column}_fkey"))
            for column, target in (
                ("article_id", "news_articles.id"),
                ("campaign_id", "campaigns.id"),
                ("project_id", "projects.id"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("news_links_pkey")),
        sa.UniqueConstraint(
            *("article_id", "campaign_id", "project_id"),
            name=op.f("news_links_article_id_campaign_id_project_id_key"),
            postgresql_nulls_not_distinct=True,
        ),
    )
    for column in ("campaign_id", "project_id"):
        op.create_index(f"news_links_{column}_idx", "news_links", [column])
    rights.append_only("news_issues", "news_links")
    rights.append_only("news_articles", updating="withdrawn_by, withdrawn_reason")


def downgrade() -> None:
    for table in ("news_links", "news_articles", "news_issues"):
        op.drop_table(table)
