"""Council meetings: when the bodies met, and with how many."""

import sqlalchemy as sa
from alembic import op

from migrations import rights

revision = "council_meetings"
down_revision = "award_regimes"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "council_meetings",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column(
            "body",
            sa.Enum(
                *("council", "supervisory_board"),
                name="councilbody",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("term_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("entitled_count", sa.BigInteger(), nullable=False),
        sa.Column("present_count", sa.BigInteger(), nullable=False),
        sa.Column("resolutions", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "present_count between 1 and entitled_count", name=op.f("council_meetings_present_check")
        ),
        sa.ForeignKeyConstraint(
            ["term_id", "organization_id", "body"],
            ["council_terms.id", "council_terms.organization_id", "council_terms.body"],
            name=op.f("council_meetings_term_id_organization_id_body_fkey"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("council_meetings_pkey")),
        sa.UniqueConstraint(
            "organization_id", "body", "title", name=op.f("council_meetings_organization_id_body_title_key")
        ),
    )
    op.create_index(
        "council_meetings_organization_id_idx",
        "council_meetings",
        ["organization_id", "held_on", "id"],
        unique=False,
    )
    rights.append_only("council_meetings")


def downgrade() -> None:
    op.drop_table("council_meetings")
