"""Costs above their cap: on which grounds, as the authority was told, in versions."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations import rights

revision = "exception_reports"
down_revision = "needs_and_offers"
branch_labels = None
depends_on = None

_RULES = {
    "version": "version >= 1",
    "lines": "jsonb_array_length(lines) <= 10",
    "reported": "extract(year from reported_on) >= year",
}


def upgrade() -> None:
    op.create_table(
        "exception_reports",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=False),
        sa.Column("lines", postgresql.JSONB(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        *(
            sa.CheckConstraint(rule, name=op.f(f"exception_reports_{name}_check"))
            for name, rule in _RULES.items()
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("exception_reports_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("exception_reports_pkey")),
        sa.UniqueConstraint(
            *("organization_id", "year", "version"),
            name=op.f("exception_reports_organization_id_year_version_key"),
        ),
    )
    rights.append_only("exception_reports")


def downgrade() -> None:
    op.drop_table("exception_reports")
