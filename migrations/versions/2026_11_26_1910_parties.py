"""Parties: counterparties, agency mandates with their floors, and the terms of merchant accounts."""

import sqlalchemy as sa
from alembic import op

from migrations import rights

revision = "parties"
down_revision = "month_waivers"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "account_floors", sa.Column("owed", sa.Boolean(), nullable=False, server_default=sa.text("false"))
    )
    op.alter_column("account_floors", "owed", server_default=None)
    op.create_table(
        "counterparties",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "supplier",
                "partner",
                "village_collective",
                "hospital",
                "school",
                "government",
                "person",
                "other",
                name="counterpartykind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("credit_code", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(kind = 'person') = (name is null)", name=op.f("counterparties_person_check")),
        sa.CheckConstraint(
            "credit_code is null or kind <> 'person'", name=op.f("counterparties_credit_code_check")
        ),
        sa.ForeignKeyConstraint(["id"], ["dimensions.id"], name=op.f("counterparties_id_fkey")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["dimensions.id"], name=op.f("counterparties_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("counterparties_pkey")),
        sa.UniqueConstraint(
            "organization_id", "credit_code", name=op.f("counterparties_organization_id_credit_code_key")
        ),
    )
    op.create_table(
        "agency_mandates",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("counterparty_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "code ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$'", name=op.f("agency_mandates_code_check")
        ),
        sa.CheckConstraint("document <> ''", name=op.f("agency_mandates_document_check")),
        sa.CheckConstraint(
            "num_nulls(ended_at, ended_by) in (0, 2)", name=op.f("agency_mandates_ended_check")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["dimensions.id"], name=op.f("agency_mandates_organization_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["counterparty_id"], ["dimensions.id"], name=op.f("agency_mandates_counterparty_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("agency_mandates_pkey")),
        sa.UniqueConstraint("organization_id", "code", name=op.f("agency_mandates_organization_id_code_key")),
    )
    op.create_index("agency_mandates_organization_id_idx", "agency_mandates", ["organization_id", "id"])
    op.create_table(
        "merchant_terms",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("channel_id", sa.Uuid(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("settlement_channel_id", sa.Uuid(), nullable=False),
        sa.Column("fee_rate_basis_points", sa.BigInteger(), nullable=False),
        sa.Column("settlement_days", sa.BigInteger(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "fee_rate_basis_points between 0 and 10000", name=op.f("merchant_terms_fee_rate_check")
        ),
        sa.CheckConstraint(
            "settlement_days between 0 and 366", name=op.f("merchant_terms_settlement_days_check")
        ),
        sa.ForeignKeyConstraint(
            ["channel_id", "organization_id"],
            ["channels.id", "channels.organization_id"],
            name=op.f("merchant_terms_channel_id_organization_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["settlement_channel_id", "organization_id"],
            ["channels.id", "channels.organization_id"],
            name=op.f("merchant_terms_settlement_channel_id_organization_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("merchant_terms_pkey")),
        sa.UniqueConstraint(
            "channel_id", "valid_from", name=op.f("merchant_terms_channel_id_valid_from_key")
        ),
    )
    rights.append_only("counterparties", updating="kind, name, credit_code, note, version, ended_at")
    rights.append_only("agency_mandates", updating="ended_at, ended_by")
    rights.append_only("merchant_terms")


def downgrade() -> None:
    op.drop_table("merchant_terms")
    op.drop_table("agency_mandates")
    op.drop_table("counterparties")
    op.drop_column("account_floors", "owed")
