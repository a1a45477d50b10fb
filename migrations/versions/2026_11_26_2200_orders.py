"""Donation orders: what somebody means to give, under the number by which the platform will tell of it."""

import sqlalchemy as sa
from alembic import op

from migrations import rights

revision = "donation_orders"
down_revision = "pulls"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "donation_orders",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("channel_id", sa.Uuid(), nullable=False),
        sa.Column("platform_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("secret_mac", sa.LargeBinary(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("terms_version", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("designation", sa.Text(), nullable=True),
        sa.Column(
            "donor_kind",
            sa.Enum(
                "individual",
                "organization",
                name="donorkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("show_name", sa.Boolean(), nullable=False),
        sa.Column("show_amount", sa.Boolean(), nullable=False),
        sa.Column("show_message", sa.Boolean(), nullable=False),
        sa.Column("donation_id", sa.Uuid(), nullable=True),
        sa.Column("forgotten_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "amount between 1 and 1000000000000000", name=op.f("donation_orders_amount_check")
        ),
        sa.CheckConstraint("expires_at > created_at", name=op.f("donation_orders_expires_check")),
        sa.CheckConstraint("octet_length(secret_mac) = 32", name=op.f("donation_orders_secret_check")),
        sa.ForeignKeyConstraint(
            ["channel_id", "organization_id"],
            ["channels.id", "channels.organization_id"],
            name=op.f("donation_orders_channel_id_organization_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id", "organization_id"],
            ["campaigns.id", "campaigns.organization_id"],
            name=op.f("donation_orders_campaign_id_organization_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["platform_id"], ["dimensions.id"], name=op.f("donation_orders_platform_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["donation_id"], ["donations.id"], name=op.f("donation_orders_donation_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("donation_orders_pkey")),
        sa.UniqueConstraint("number", name=op.f("donation_orders_number_key")),
        sa.UniqueConstraint("donation_id", name=op.f("donation_orders_donation_id_key")),
    )
    op.create_index("donation_orders_organization_id_id_idx", "donation_orders", ["organization_id", "id"])
    op.create_index(
        "donation_orders_waiting_idx",
        "donation_orders",
        ["expires_at"],
        postgresql_where=sa.text("donation_id is null and forgotten_at is null"),
    )
    rights.append_only("donation_orders", updating="donation_id, forgotten_at")


def downgrade() -> None:
    op.drop_table("donation_orders")
