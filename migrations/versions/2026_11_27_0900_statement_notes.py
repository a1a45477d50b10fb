"""Statement notes: what people write to explain a year's statements, drafted by one and reviewed by another."""

import sqlalchemy as sa
from alembic import op

from migrations import rights

revision = "statement_notes"
down_revision = "pending_deliveries"
branch_labels = None
depends_on = None

_HEADINGS = (
    *("policies", "policy_changes", "impairments", "nominal_assets", "commitments", "contingencies"),
    *("unvalued_services", "later_events", "other"),
)


def upgrade() -> None:
    op.create_table(
        "statement_notes",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column(
            "heading",
            sa.Enum(*_HEADINGS, name="noteheading", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("drafted_by", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("reviewed_by", sa.Text(), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved", sa.Boolean(), nullable=True),
        sa.Column("review_note", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("version >= 1", name=op.f("statement_notes_version_check")),
        sa.CheckConstraint("btrim(text, E' \\n\\r\\t') <> ''", name=op.f("statement_notes_text_check")),
        sa.CheckConstraint(
            "num_nonnulls(reviewed_by, reviewed_at, approved) in (0, 3)",
            name=op.f("statement_notes_reviewed_check"),
        ),
        sa.CheckConstraint("reviewed_by <> drafted_by", name=op.f("statement_notes_reviewer_check")),
        sa.CheckConstraint(
            "coalesce(approved, true) or review_note is not null", name=op.f("statement_notes_returned_check")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("statement_notes_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("statement_notes_pkey")),
        sa.UniqueConstraint(
            *("organization_id", "year", "heading", "version"),
            name=op.f("statement_notes_organization_id_year_heading_version_key"),
        ),
    )
    rights.append_only("statement_notes", updating="reviewed_by, reviewed_at, approved, review_note")


def downgrade() -> None:
    op.drop_table("statement_notes")
