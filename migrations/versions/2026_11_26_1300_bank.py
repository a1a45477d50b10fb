"""Bank: what is known of each channel, who signs for it, and what the bank's statements say."""

import sqlalchemy as sa
from alembic import op

from migrations import rights

revision = "bank"
down_revision = "attachments"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bank_rules",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "gift",
                "settlement",
                "cash_deposit",
                "member_transfer",
                "returned_money",
                "interest",
                "fee",
                "own_transfer",
                "payment",
                "unknown",
                name="linekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("amount_from", sa.BigInteger(), nullable=True),
        sa.Column("amount_to", sa.BigInteger(), nullable=True),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("amount_to >= amount_from", name=op.f("bank_rules_amounts_check")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("bank_rules_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("bank_rules_pkey")),
    )
    op.create_index("bank_rules_organization_id_idx", "bank_rules", ["organization_id", "id"], unique=False)
    op.create_table(
        "bank_statements",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("channel_id", sa.Uuid(), nullable=False),
        sa.Column("file_mac", sa.LargeBinary(), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("opening_minor", sa.BigInteger(), nullable=False),
        sa.Column("in_minor", sa.BigInteger(), nullable=False),
        sa.Column("out_minor", sa.BigInteger(), nullable=False),
        sa.Column("closing_minor", sa.BigInteger(), nullable=False),
        sa.Column("line_count", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("ends_on >= begins_on", name=op.f("bank_statements_days_check")),
        sa.CheckConstraint("line_count >= 1", name=op.f("bank_statements_count_check")),
        sa.CheckConstraint(
            "opening_minor + in_minor - out_minor = closing_minor", name=op.f("bank_statements_sum_check")
        ),
        sa.ForeignKeyConstraint(
            ["channel_id", "organization_id"],
            ["channels.id", "channels.organization_id"],
            name=op.f("bank_statements_channel_id_organization_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("bank_statements_pkey")),
        sa.UniqueConstraint("channel_id", "file_mac", name=op.f("bank_statements_channel_id_file_mac_key")),
    )
    op.create_index(
        "bank_statements_organization_id_idx", "bank_statements", ["organization_id", "id"], unique=False
    )
    op.create_table(
        "signatories",
        sa.Column("channel_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("named_by", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("ended_at >= created_at", name=op.f("signatories_ended_check")),
        sa.ForeignKeyConstraint(["channel_id"], ["channels.id"], name=op.f("signatories_channel_id_fkey")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("signatories_staff_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("signatories_pkey")),
    )
    op.create_index(
        "signatories_signing_key",
        "signatories",
        ["channel_id", "staff_id"],
        unique=True,
        postgresql_where=sa.text("ended_at is null"),
    )
    op.create_table(
        "bank_lines",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("channel_id", sa.Uuid(), nullable=False),
        sa.Column("statement_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("identity", sa.LargeBinary(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("balance_minor", sa.BigInteger(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("account_index", sa.LargeBinary(), nullable=True),
        sa.Column("proposed_kind", sa.Text(), nullable=True),
        sa.Column("proposed_because", sa.Text(), nullable=True),
        sa.Column("proposed_code", sa.Text(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "gift",
                "settlement",
                "cash_deposit",
                "member_transfer",
                "returned_money",
                "interest",
                "fee",
                "own_transfer",
                "payment",
                "unknown",
                name="linekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("entry_id", sa.Uuid(), nullable=True),
        sa.Column("matched_minor", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(entry_id is not null) <= (kind is not null)", name=op.f("bank_lines_booked_check")
        ),
        sa.CheckConstraint(
            "abs(amount) between 1 and 1000000000000000", name=op.f("bank_lines_amount_check")
        ),
        sa.CheckConstraint("matched_minor between 0 and abs(amount)", name=op.f("bank_lines_matched_check")),
        sa.CheckConstraint(
            "num_nulls(kind, decided_by, decided_at) in (0, 3)", name=op.f("bank_lines_decided_check")
        ),
        sa.ForeignKeyConstraint(
            ["channel_id", "organization_id"],
            ["channels.id", "channels.organization_id"],
            name=op.f("bank_lines_channel_id_organization_id_fkey"),
        ),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("bank_lines_entry_id_fkey")),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["bank_statements.id"], name=op.f("bank_lines_statement_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("bank_lines_pkey")),
        sa.UniqueConstraint("channel_id", "identity", name=op.f("bank_lines_channel_id_identity_key")),
        sa.UniqueConstraint("id", "organization_id", name=op.f("bank_lines_id_organization_id_key")),
    )
    op.create_index(
        "bank_lines_channel_id_happened_on_idx",
        "bank_lines",
        ["channel_id", "happened_on", "id"],
        unique=False,
    )
    op.create_index(
        "bank_lines_waiting_idx",
        "bank_lines",
        ["organization_id", "id"],
        unique=False,
        postgresql_where=sa.text("kind is null"),
    )
    op.add_column("channels", sa.Column("bank_name", sa.Text(), nullable=True))
    op.add_column("channels", sa.Column("branch", sa.Text(), nullable=True))
    op.add_column("channels", sa.Column("number_last", sa.Text(), nullable=True))
    op.add_column("channels", sa.Column("number_index", sa.LargeBinary(), nullable=True))
    op.add_column(
        "channels", sa.Column("currency", sa.Text(), nullable=False, server_default=sa.text("'CNY'"))
    )
    op.add_column("channels", sa.Column("purpose", sa.Text(), nullable=True))
    op.add_column("channels", sa.Column("opened_on", sa.Date(), nullable=True))
    op.add_column("channels", sa.Column("in_plans", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("channels", sa.Column("cash_limit_minor", sa.BigInteger(), nullable=True))
    op.add_column(
        "channels", sa.Column("version", sa.BigInteger(), nullable=False, server_default=sa.text("1"))
    )
    op.create_unique_constraint(
        op.f("channels_organization_id_number_index_key"), "channels", ["organization_id", "number_index"]
    )
    op.create_check_constraint(op.f("channels_currency_check"), "channels", "currency = 'CNY'")
    op.create_check_constraint(
        op.f("channels_cash_limit_check"), "channels", "cash_limit_minor is null or kind = 'cash'"
    )

    op.execute(
        "grant update (bank_name, branch, number_last, number_index, purpose, opened_on, in_plans,"
        f" cash_limit_minor, version) on channels to {rights.SERVICE_ROLE}"
    )
    rights.append_only("bank_statements")
    # What the bank told never changes; what we make of it does.
    rights.append_only(
        "bank_lines",
        updating="person_id, sealed, account_index, proposed_kind, proposed_because, proposed_code, kind,"
        " decided_by, decided_at, entry_id, matched_minor",
    )
    rights.append_only("bank_rules", updating="ended_at")
    rights.append_only("signatories", updating="ended_at, ended_by")


def downgrade() -> None:
    op.drop_constraint(op.f("channels_cash_limit_check"), "channels", type_="check")
    op.drop_constraint(op.f("channels_currency_check"), "channels", type_="check")
    op.drop_constraint(op.f("channels_organization_id_number_index_key"), "channels", type_="unique")
    op.drop_column("channels", "version")
    op.drop_column("channels", "cash_limit_minor")
    op.drop_column("channels", "in_plans")
    op.drop_column("channels", "opened_on")
    op.drop_column("channels", "purpose")
    op.drop_column("channels", "currency")
    op.drop_column("channels", "number_index")
    op.drop_column("channels", "number_last")
    op.drop_column("channels", "branch")
    op.drop_column("channels", "bank_name")
    op.drop_index("bank_lines_waiting_idx", table_name="bank_lines", postgresql_where=sa.text("kind is null"))
    op.drop_index("bank_lines_channel_id_happened_on_idx", table_name="bank_lines")
    op.drop_table("bank_lines")
    op.drop_index(
        "signatories_signing_key", table_name="signatories", postgresql_where=sa.text("ended_at is null")
    )
    op.drop_table("signatories")
    op.drop_index("bank_statements_organization_id_idx", table_name="bank_statements")
    op.drop_table("bank_statements")
    op.drop_index("bank_rules_organization_id_idx", table_name="bank_rules")
    op.drop_table("bank_rules")
