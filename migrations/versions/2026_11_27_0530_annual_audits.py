"""Audits of a year's accounts, and cooperation abroad: what annual reports need and no book tells."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations import rights

revision = "annual_audits"
down_revision = "related_party_publications"
branch_labels = None
depends_on = None

_OPINIONS = ("unqualified", "qualified", "adverse", "disclaimer")


def _yearly(table: str, *columns: sa.Column[object], **rules: str) -> None:
    op.create_table(
        table,
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        *columns,
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        *(sa.CheckConstraint(rule, name=op.f(f"{table}_{name}_check")) for name, rule in rules.items()),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f(f"{table}_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"{table}_pkey")),
        sa.UniqueConstraint(
            *("organization_id", "year", "version"), name=op.f(f"{table}_organization_id_year_version_key")
        ),
    )


def upgrade() -> None:
    opinion = sa.Enum(*_OPINIONS, name="auditopinion", native_enum=False, create_constraint=True, length=40)
    _yearly(
        "annual_audits",
        sa.Column("firm", sa.Text(), nullable=False),
        sa.Column("report_no", sa.Text(), nullable=False),
        sa.Column("opinion", opinion, nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        version="version >= 1",
        signed="extract(year from signed_on) > year",
    )
    _yearly(
        "foreign_cooperations",
        sa.Column("lines", postgresql.JSONB(), nullable=False),
        version="version >= 1",
        lines="jsonb_array_length(lines) <= 100",
    )
    rights.append_only("annual_audits", "foreign_cooperations")


def downgrade() -> None:
    for table in ("foreign_cooperations", "annual_audits"):
        op.drop_table(table)
