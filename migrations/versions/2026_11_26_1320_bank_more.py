"""Cash and reconciliations: what was counted, deposited and signed; accounts that pay no more than they hold."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations import rights

revision = "bank_more"
down_revision = "bank_matches"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "account_floors",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("account_floors_account_id_fkey")),
        sa.PrimaryKeyConstraint("account_id", name=op.f("account_floors_pkey")),
    )
    op.create_table(
        "bank_reconciliations",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("channel_id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("prepared_by", sa.Text(), nullable=False),
        sa.Column("reviewed_by", sa.Text(), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("extract(day from month) = 1", name=op.f("bank_reconciliations_month_check")),
        sa.CheckConstraint(
            "num_nulls(reviewed_by, reviewed_at) in (0, 2)", name=op.f("bank_reconciliations_reviewed_check")
        ),
        sa.CheckConstraint("reviewed_by <> prepared_by", name=op.f("bank_reconciliations_two_people_check")),
        sa.ForeignKeyConstraint(
            ["channel_id", "organization_id"],
            ["channels.id", "channels.organization_id"],
            name=op.f("bank_reconciliations_channel_id_organization_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("bank_reconciliations_pkey")),
    )
    op.create_index(
        "bank_reconciliations_month_key", "bank_reconciliations", ["channel_id", "month"], unique=True
    )
    op.create_table(
        "cash_deposits",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("box_id", sa.Uuid(), nullable=False),
        sa.Column("bank_id", sa.Uuid(), nullable=False),
        sa.Column("slip_number", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("deposited_on", sa.Date(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("amount between 1 and 1000000000000000", name=op.f("cash_deposits_amount_check")),
        sa.ForeignKeyConstraint(
            ["bank_id", "organization_id"],
            ["channels.id", "channels.organization_id"],
            name=op.f("cash_deposits_bank_id_organization_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["box_id", "organization_id"],
            ["channels.id", "channels.organization_id"],
            name=op.f("cash_deposits_box_id_organization_id_fkey"),
        ),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("cash_deposits_entry_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("cash_deposits_pkey")),
        sa.UniqueConstraint("bank_id", "slip_number", name=op.f("cash_deposits_bank_id_slip_number_key")),
    )
    op.create_index(
        "cash_deposits_organization_id_idx", "cash_deposits", ["organization_id", "id"], unique=False
    )
    op.create_table(
        "cash_sessions",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("channel_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "counter", "box", name="cashsessionkind", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("opened_by", sa.Text(), nullable=False),
        sa.Column("box_number", sa.Text(), nullable=True),
        sa.Column("bag_number", sa.Text(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "counted",
                "closed",
                name="cashsessionstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("gift_count", sa.BigInteger(), nullable=False),
        sa.Column("expected_minor", sa.BigInteger(), nullable=False),
        sa.Column("counted_minor", sa.BigInteger(), nullable=True),
        sa.Column("denominations", postgresql.JSONB(), nullable=True),
        sa.Column("counted_by", sa.Text(), nullable=True),
        sa.Column("counted_with", sa.Uuid(), nullable=True),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("entry_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(kind = 'box') = (box_number is not null)", name=op.f("cash_sessions_box_check")),
        sa.CheckConstraint(
            "(state = 'open') = (counted_minor is null) and num_nulls(counted_minor, counted_by, counted_with, counted_at) in (0, 4)",
            name=op.f("cash_sessions_counted_check"),
        ),
        sa.CheckConstraint(
            "counted_by <> 'staff:' || counted_with::text", name=op.f("cash_sessions_two_people_check")
        ),
        sa.CheckConstraint(
            "state <> 'closed' or counted_minor = expected_minor or reason is not null",
            name=op.f("cash_sessions_told_check"),
        ),
        sa.CheckConstraint(
            "expected_minor >= 0 and gift_count >= 0 and counted_minor >= 0",
            name=op.f("cash_sessions_amounts_check"),
        ),
        sa.ForeignKeyConstraint(
            ["channel_id", "organization_id"],
            ["channels.id", "channels.organization_id"],
            name=op.f("cash_sessions_channel_id_organization_id_fkey"),
        ),
        sa.ForeignKeyConstraint(["counted_with"], ["staff.id"], name=op.f("cash_sessions_counted_with_fkey")),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("cash_sessions_entry_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("cash_sessions_pkey")),
    )
    op.create_index(
        "cash_sessions_open_key",
        "cash_sessions",
        ["channel_id"],
        unique=True,
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_index(
        "cash_sessions_organization_id_idx", "cash_sessions", ["organization_id", "id"], unique=False
    )

    rights.append_only("account_floors", updating="active")
    rights.append_only("bank_reconciliations", updating="reviewed_by, reviewed_at")
    rights.append_only("cash_deposits")
    rights.append_only(
        "cash_sessions",
        updating="state, gift_count, expected_minor, counted_minor, denominations, counted_by, counted_with,"
        " counted_at, reason, decided_by, entry_id",
    )


def downgrade() -> None:
    op.drop_index("cash_sessions_organization_id_idx", table_name="cash_sessions")
    op.drop_index(
        "cash_sessions_open_key", table_name="cash_sessions", postgresql_where=sa.text("state = 'open'")
    )
    op.drop_table("cash_sessions")
    op.drop_index("cash_deposits_organization_id_idx", table_name="cash_deposits")
    op.drop_table("cash_deposits")
    op.drop_index("bank_reconciliations_month_key", table_name="bank_reconciliations")
    op.drop_table("bank_reconciliations")
    op.drop_table("account_floors")
