"""Settlements: the files of platforms, their lines, and what they say that they hold at a month's end."""

import sqlalchemy as sa
from alembic import op

from migrations import rights

revision = "settlements"
down_revision = "payment_platforms"
branch_labels = None
depends_on = None


def _enum(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    op.create_table(
        "settlements",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("channel_id", sa.Uuid(), nullable=False),
        sa.Column("layout", _enum("billlayout", "wechat_pay", "alipay", "plain"), nullable=False),
        sa.Column("file_hash", sa.LargeBinary(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("line_count", sa.BigInteger(), nullable=False),
        sa.Column("new_count", sa.BigInteger(), nullable=False),
        sa.Column("gross_minor", sa.BigInteger(), nullable=False),
        sa.Column("refunded_minor", sa.BigInteger(), nullable=False),
        sa.Column("fee_minor", sa.BigInteger(), nullable=False),
        sa.Column("state", _enum("settlementstate", "checked", "settled"), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fee_entry_id", sa.Uuid(), nullable=True),
        sa.Column("payout_line_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "line_count >= new_count and new_count >= 0", name=op.f("settlements_counts_check")
        ),
        sa.CheckConstraint("ends_on >= begins_on", name=op.f("settlements_days_check")),
        sa.CheckConstraint(
            "(state = 'settled') = (settled_at is not null)", name=op.f("settlements_settled_check")
        ),
        sa.ForeignKeyConstraint(
            ["channel_id", "organization_id"],
            ["channels.id", "channels.organization_id"],
            name=op.f("settlements_channel_id_organization_id_fkey"),
        ),
        sa.ForeignKeyConstraint(["fee_entry_id"], ["entries.id"], name=op.f("settlements_fee_entry_id_fkey")),
        sa.ForeignKeyConstraint(
            ["payout_line_id"], ["bank_lines.id"], name=op.f("settlements_payout_line_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("settlements_pkey")),
        sa.UniqueConstraint("channel_id", "file_hash", name=op.f("settlements_channel_id_file_hash_key")),
        sa.UniqueConstraint("payout_line_id", name=op.f("settlements_payout_line_id_key")),
    )
    op.create_index("settlements_days_idx", "settlements", ["channel_id", "begins_on", "ends_on"])
    op.create_table(
        "bill_lines",
        sa.Column("settlement_id", sa.Uuid(), nullable=False),
        sa.Column("channel_id", sa.Uuid(), nullable=False),
        sa.Column("line_number", sa.BigInteger(), nullable=False),
        sa.Column("kind", _enum("billkind", "payment", "refund"), nullable=False),
        sa.Column("their_id", sa.Text(), nullable=False),
        sa.Column("their_gift_id", sa.Text(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("fee_minor", sa.BigInteger(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.Column(
            "state", _enum("billstate", "new", "matched", "differs", "booked", "unknown"), nullable=False
        ),
        sa.Column("donation_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("amount between 1 and 1000000000000000", name=op.f("bill_lines_amount_check")),
        sa.CheckConstraint(
            "(kind = 'refund') = (their_gift_id is not null)", name=op.f("bill_lines_gift_check")
        ),
        sa.ForeignKeyConstraint(
            ["settlement_id"], ["settlements.id"], name=op.f("bill_lines_settlement_id_fkey")
        ),
        sa.ForeignKeyConstraint(["channel_id"], ["channels.id"], name=op.f("bill_lines_channel_id_fkey")),
        sa.ForeignKeyConstraint(["donation_id"], ["donations.id"], name=op.f("bill_lines_donation_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("bill_lines_pkey")),
        sa.UniqueConstraint(
            "channel_id", "kind", "their_id", name=op.f("bill_lines_channel_id_kind_their_id_key")
        ),
    )
    op.create_index(
        "bill_lines_new_idx",
        "bill_lines",
        ["settlement_id", "kind", "id"],
        postgresql_where=sa.text("state = 'new'"),
    )
    op.create_index("bill_lines_settlement_id_id_idx", "bill_lines", ["settlement_id", "id"])
    op.create_index("bill_lines_day_idx", "bill_lines", ["channel_id", "happened_at"])
    op.create_table(
        "bill_rows",
        sa.Column("settlement_id", sa.Uuid(), nullable=False),
        sa.Column("line_number", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", _enum("billkind", "payment", "refund"), nullable=False),
        sa.Column("their_id", sa.Text(), nullable=False),
        sa.Column("their_gift_id", sa.Text(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("fee_minor", sa.BigInteger(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("settlement_id", "line_number", name=op.f("bill_rows_pkey")),
    )
    op.create_table(
        "merchant_balances",
        sa.Column("channel_id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("balance_minor", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("extract(day from month) = 1", name=op.f("merchant_balances_month_check")),
        sa.ForeignKeyConstraint(
            ["channel_id"], ["channels.id"], name=op.f("merchant_balances_channel_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("merchant_balances_pkey")),
    )
    op.create_index(
        "merchant_balances_channel_id_month_idx", "merchant_balances", ["channel_id", "month", "id"]
    )
    rights.append_only(
        "settlements",
        updating="begins_on, ends_on, line_count, new_count, gross_minor, refunded_minor, fee_minor, state,"
        " settled_at, fee_entry_id, payout_line_id",
    )
    rights.append_only("bill_lines", updating="state, donation_id")
    rights.append_only("merchant_balances")
    rights.writable("bill_rows")


def downgrade() -> None:
    for table in ("merchant_balances", "bill_rows", "bill_lines", "settlements"):
        op.drop_table(table)
