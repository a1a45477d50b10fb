"""Moves between funds, investments, and accounts in the words of other programs."""

import sqlalchemy as sa
from alembic import op

from migrations import rights

revision = "net_assets"
down_revision = "voucher_numbers"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "account_mappings",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column(
            "program",
            sa.Enum(
                "kingdee", "yonyou", name="program", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("their_code", sa.Text(), nullable=False),
        sa.CheckConstraint("label <> ''", name=op.f("account_mappings_label_check")),
        sa.CheckConstraint(
            "their_code ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$'", name=op.f("account_mappings_their_code_check")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["dimensions.id"], name=op.f("account_mappings_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("organization_id", "program", "label", name=op.f("account_mappings_pkey")),
    )
    op.create_table(
        "fund_moves",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "release",
                "redesignation",
                name="movekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("source_fund_id", sa.Uuid(), nullable=False),
        sa.Column("target_fund_id", sa.Uuid(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column(
            "ground",
            sa.Enum(
                "limits_ended",
                "provider_revoked",
                "donor_consent",
                "filed_change",
                "provider_restricted",
                "law",
                name="ground",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("requested_by", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "requested",
                "booked",
                "declined",
                name="movestate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("entry_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(state = 'booked') = (entry_id is not null)", name=op.f("fund_moves_booked_check")
        ),
        sa.CheckConstraint(
            "(state = 'requested') = (num_nulls(decided_by, decided_at) = 2)",
            name=op.f("fund_moves_decided_check"),
        ),
        sa.CheckConstraint("document <> ''", name=op.f("fund_moves_document_check")),
        sa.CheckConstraint("amount between 1 and 1000000000000000", name=op.f("fund_moves_amount_check")),
        sa.CheckConstraint("decided_by <> requested_by", name=op.f("fund_moves_separate_check")),
        sa.CheckConstraint("source_fund_id <> target_fund_id", name=op.f("fund_moves_two_funds_check")),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("fund_moves_entry_id_fkey")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["dimensions.id"], name=op.f("fund_moves_organization_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["source_fund_id", "organization_id"],
            ["funds.id", "funds.organization_id"],
            name=op.f("fund_moves_source_fund_id_organization_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["target_fund_id", "organization_id"],
            ["funds.id", "funds.organization_id"],
            name=op.f("fund_moves_target_fund_id_organization_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("fund_moves_pkey")),
        sa.UniqueConstraint("entry_id", name=op.f("fund_moves_entry_id_key")),
    )
    op.create_index("fund_moves_organization_id_idx", "fund_moves", ["organization_id"], unique=False)
    op.create_table(
        "investments",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "asset_management_product",
                "equity_participation",
                "entrusted",
                "listed_shares",
                "commodities_or_derivatives",
                "life_insurance",
                "loan",
                "against_industrial_policy",
                "unlimited_liability",
                "against_purpose",
                name="investmentkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("fund_id", sa.Uuid(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("resolution", sa.Text(), nullable=False),
        sa.Column("major", sa.Boolean(), nullable=False),
        sa.Column("votes_for", sa.BigInteger(), nullable=False),
        sa.Column("votes_total", sa.BigInteger(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("voucher_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind in ('asset_management_product', 'equity_participation', 'entrusted')",
            name=op.f("investments_allowed_check"),
        ),
        sa.CheckConstraint("amount between 1 and 1000000000000000", name=op.f("investments_amount_check")),
        sa.CheckConstraint(
            "not major or votes_for * 3 >= votes_total * 2", name=op.f("investments_two_thirds_check")
        ),
        sa.CheckConstraint(
            "votes_for between 0 and votes_total and votes_total > 0", name=op.f("investments_votes_check")
        ),
        sa.ForeignKeyConstraint(
            ["fund_id", "organization_id"],
            ["funds.id", "funds.organization_id"],
            name=op.f("investments_fund_id_organization_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["dimensions.id"], name=op.f("investments_organization_id_fkey")
        ),
        sa.ForeignKeyConstraint(["voucher_id"], ["vouchers.id"], name=op.f("investments_voucher_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("investments_pkey")),
        sa.UniqueConstraint("voucher_id", name=op.f("investments_voucher_id_key")),
    )
    op.create_index("investments_organization_id_idx", "investments", ["organization_id"], unique=False)

    rights.append_only("fund_moves", updating="state, decided_by, decided_at, entry_id")
    rights.append_only("investments")
    rights.writable("account_mappings")


def downgrade() -> None:
    op.drop_index("investments_organization_id_idx", table_name="investments")
    op.drop_table("investments")
    op.drop_index("fund_moves_organization_id_idx", table_name="fund_moves")
    op.drop_table("fund_moves")
    op.drop_table("account_mappings")
