"""Onboarding: which workbook an organization went live with, and what its campaigns had published before."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations import rights

revision = "onboarding"
down_revision = "months"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "onboardings",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("live_on", sa.Date(), nullable=False),
        sa.Column("file_sha256", sa.LargeBinary(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("report", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["dimensions.id"], name=op.f("onboardings_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("onboardings_pkey")),
        sa.UniqueConstraint("organization_id", name=op.f("onboardings_organization_id_key")),
    )
    op.create_table(
        "carried_campaigns",
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("last_published_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("carried_campaigns_campaign_id_fkey")
        ),
        sa.PrimaryKeyConstraint("campaign_id", name=op.f("carried_campaigns_pkey")),
    )
    rights.append_only("onboardings", "carried_campaigns")


def downgrade() -> None:
    op.drop_table("carried_campaigns")
    op.drop_table("onboardings")
