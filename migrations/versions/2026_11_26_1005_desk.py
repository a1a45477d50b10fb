"""Desk: what people are told and how far the events were read, second factors and their recovery codes."""

import sqlalchemy as sa
from alembic import op

from migrations import rights

revision = "desk"
down_revision = "donations_of_a_donor"
branch_labels = None
depends_on = None

TABLES = ("outbox_readers", "notifications", "second_factors", "recovery_codes")


def upgrade() -> None:
    op.create_table(
        "outbox_readers",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("cursor", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("outbox_readers_pkey")),
    )
    op.create_table(
        "notifications",
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("notifications_organization_id_fkey")
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("notifications_staff_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("notifications_pkey")),
        sa.UniqueConstraint("staff_id", "event_id", name=op.f("notifications_staff_id_event_id_key")),
    )
    op.create_index("notifications_staff_id_idx", "notifications", ["staff_id", "id"], unique=False)
    op.create_index(
        "notifications_unread_idx",
        "notifications",
        ["staff_id", "id"],
        unique=False,
        postgresql_where=sa.text("read_at is null"),
    )
    op.create_table(
        "second_factors",
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_step", sa.BigInteger(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_by", sa.Text(), nullable=True),
        sa.Column("removed_because", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("removed_because <> ''", name=op.f("second_factors_removed_because_check")),
        sa.CheckConstraint(
            "num_nulls(removed_at, removed_by, removed_because) in (0, 3)",
            name=op.f("second_factors_removed_check"),
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("second_factors_staff_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("second_factors_pkey")),
    )
    op.create_index(
        "second_factors_live_idx",
        "second_factors",
        ["staff_id"],
        unique=True,
        postgresql_where=sa.text("removed_at is null"),
    )
    op.create_table(
        "recovery_codes",
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("factor_id", sa.Uuid(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["factor_id"], ["second_factors.id"], name=op.f("recovery_codes_factor_id_fkey")
        ),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("recovery_codes_pkey")),
    )
    op.create_index(op.f("recovery_codes_factor_id_idx"), "recovery_codes", ["factor_id"], unique=False)
    op.add_column(
        "logins", sa.Column("second_factor", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.alter_column("logins", "second_factor", server_default=None)
    rights.writable("outbox_readers")
    rights.append_only("notifications", updating="read_at")
    rights.append_only(
        "second_factors", updating="confirmed_at, last_step, removed_at, removed_by, removed_because"
    )
    rights.append_only("recovery_codes", updating="used_at")


def downgrade() -> None:
    op.drop_column("logins", "second_factor")
    for table in reversed(TABLES):
        op.drop_table(table)
