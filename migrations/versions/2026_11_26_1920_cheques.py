"""Cheques: numbers of what was drawn or received, until the bank has paid it."""

import sqlalchemy as sa
from alembic import op

from migrations import rights

revision = "cheques"
down_revision = "parties"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "cheques",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("channel_id", sa.Uuid(), nullable=False),
        sa.Column(
            "direction",
            sa.Enum(
                "drawn",
                "received",
                name="chequedirection",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=True),
        sa.Column("line_id", sa.Uuid(), nullable=True),
        sa.Column("presented_by", sa.Text(), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_by", sa.Text(), nullable=True),
        sa.Column("cancelled_because", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("amount between 1 and 1000000000000000", name=op.f("cheques_amount_check")),
        sa.CheckConstraint(
            "(direction = 'drawn') = (entry_id is not null)", name=op.f("cheques_entry_check")
        ),
        sa.CheckConstraint(
            "num_nulls(line_id, presented_by) in (0, 2)", name=op.f("cheques_presented_check")
        ),
        sa.CheckConstraint(
            "num_nulls(cancelled_at, cancelled_by, cancelled_because) in (0, 3)",
            name=op.f("cheques_cancelled_check"),
        ),
        sa.CheckConstraint("line_id is null or cancelled_at is null", name=op.f("cheques_one_end_check")),
        sa.ForeignKeyConstraint(
            ["channel_id", "organization_id"],
            ["channels.id", "channels.organization_id"],
            name=op.f("cheques_channel_id_organization_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["line_id", "organization_id"],
            ["bank_lines.id", "bank_lines.organization_id"],
            name=op.f("cheques_line_id_organization_id_fkey"),
        ),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("cheques_entry_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("cheques_pkey")),
    )
    op.create_index("cheques_line_id_key", "cheques", ["line_id"], unique=True)
    op.create_index("cheques_entry_id_idx", "cheques", ["entry_id"])
    op.create_index(
        "cheques_number_key",
        "cheques",
        ["channel_id", "direction", "number"],
        unique=True,
        postgresql_where=sa.text("cancelled_at is null"),
    )
    rights.append_only(
        "cheques", updating="line_id, presented_by, cancelled_at, cancelled_by, cancelled_because"
    )


def downgrade() -> None:
    op.drop_table("cheques")
