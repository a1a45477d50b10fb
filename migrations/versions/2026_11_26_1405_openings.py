"""Openings: balances brought forward may name a fund's account and move no money of it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations import rights
from migrations.ledger_rules import POSTINGS_FIT

revision = "openings"
down_revision = "donors_of_a_campaign"
branch_labels = None
depends_on = None

_REPLACE = POSTINGS_FIT.replace("create function", "create or replace function")


def upgrade() -> None:
    op.execute(_REPLACE)
    op.create_table(
        "openings",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("chart", sa.Text(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("balances", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("unspent", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("reviewed_by", sa.Uuid(), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("entry_ids", postgresql.ARRAY(sa.Uuid()), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("made_by <> reviewed_by", name=op.f("openings_two_people_check")),
        sa.CheckConstraint(
            "num_nulls(reviewed_by, reviewed_at, entry_ids) in (0, 3)", name=op.f("openings_reviewed_check")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["dimensions.id"], name=op.f("openings_organization_id_fkey")
        ),
        sa.ForeignKeyConstraint(["made_by"], ["staff.id"], name=op.f("openings_made_by_fkey")),
        sa.ForeignKeyConstraint(["reviewed_by"], ["staff.id"], name=op.f("openings_reviewed_by_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("openings_pkey")),
    )
    op.create_index("openings_organization_id_idx", "openings", ["organization_id"], unique=False)
    rights.append_only("openings", updating="reviewed_by, reviewed_at, entry_ids")


def downgrade() -> None:
    op.drop_index("openings_organization_id_idx", table_name="openings")
    op.drop_table("openings")
    op.execute(_REPLACE.replace("('clearing', 'closing', 'opening')", "('clearing', 'closing')"))
