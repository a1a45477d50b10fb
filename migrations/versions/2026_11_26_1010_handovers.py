"""Handovers: the lists by which people leave, their lines and who signed them."""

import sqlalchemy as sa
from alembic import op

from migrations import rights

revision = "handovers"
down_revision = "desk"
branch_labels = None
depends_on = None

TABLES = ("handovers", "handover_items", "handover_signatures")


def upgrade() -> None:
    op.create_table(
        "handovers",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("leaver_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "drafted",
                "carried_out",
                "cancelled",
                name="handoverstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "case state when 'drafted' then num_nulls(ended_at, ended_by) = 2 else num_nulls(ended_at, ended_by) = 0 end",
            name=op.f("handovers_ended_check"),
        ),
        sa.CheckConstraint("length(digest) = 32", name=op.f("handovers_digest_check")),
        sa.ForeignKeyConstraint(["leaver_id"], ["staff.id"], name=op.f("handovers_leaver_id_fkey")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("handovers_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("handovers_pkey")),
    )
    op.create_index(
        "handovers_drafted_idx",
        "handovers",
        ["organization_id", "leaver_id"],
        unique=True,
        postgresql_where=sa.text("state = 'drafted'"),
    )
    op.create_table(
        "handover_items",
        sa.Column("handover_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("successor_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["handover_id"], ["handovers.id"], name=op.f("handover_items_handover_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["successor_id"], ["staff.id"], name=op.f("handover_items_successor_id_fkey")
        ),
        sa.PrimaryKeyConstraint("handover_id", "number", name=op.f("handover_items_pkey")),
        sa.UniqueConstraint(
            "handover_id", "kind", "subject_id", name=op.f("handover_items_handover_id_kind_subject_id_key")
        ),
    )
    op.create_table(
        "handover_signatures",
        sa.Column("handover_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["handover_id"], ["handovers.id"], name=op.f("handover_signatures_handover_id_fkey")
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("handover_signatures_staff_id_fkey")),
        sa.PrimaryKeyConstraint("handover_id", "staff_id", name=op.f("handover_signatures_pkey")),
    )
    rights.append_only("handovers", updating="state, ended_at, ended_by")
    rights.append_only("handover_items", "handover_signatures")


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
