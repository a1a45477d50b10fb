"""Matching: pools, what they added to which gift, and by which gifts the promised ones were paid."""

import sqlalchemy as sa
from alembic import op

from migrations import rights

revision = "matching"
down_revision = "giving_plans"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "matching_pools",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "held", "promised", name="poolkind", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("budget", sa.BigInteger(), nullable=False),
        sa.Column("ratio_basis_points", sa.BigInteger(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fund_id", sa.Uuid(), nullable=True),
        sa.Column("cap_per_gift", sa.BigInteger(), nullable=True),
        sa.Column("cap_per_donor", sa.BigInteger(), nullable=True),
        sa.Column("used", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("budget between 1 and 1000000000000000", name=op.f("matching_pools_budget_check")),
        sa.CheckConstraint("used between 0 and budget", name=op.f("matching_pools_used_check")),
        sa.CheckConstraint(
            "ratio_basis_points between 1 and 100000", name=op.f("matching_pools_ratio_check")
        ),
        sa.CheckConstraint("cap_per_gift > 0", name=op.f("matching_pools_cap_per_gift_check")),
        sa.CheckConstraint("cap_per_donor > 0", name=op.f("matching_pools_cap_per_donor_check")),
        sa.CheckConstraint("(kind = 'held') = (fund_id is not null)", name=op.f("matching_pools_fund_check")),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("matching_pools_window_check")),
        sa.ForeignKeyConstraint(
            ["campaign_id", "organization_id"],
            ["campaigns.id", "campaigns.organization_id"],
            name=op.f("matching_pools_campaign_id_organization_id_fkey"),
        ),
        sa.ForeignKeyConstraint(["fund_id"], ["funds.id"], name=op.f("matching_pools_fund_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("matching_pools_pkey")),
        sa.UniqueConstraint("organization_id", "code", name=op.f("matching_pools_organization_id_code_key")),
    )
    op.create_table(
        "gift_matches",
        sa.Column("pool_id", sa.Uuid(), nullable=False),
        sa.Column("donation_id", sa.Uuid(), nullable=False),
        sa.Column("fund_id", sa.Uuid(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("gift_left", sa.BigInteger(), nullable=False),
        sa.Column("donor_id", sa.Uuid(), nullable=True),
        sa.Column("released", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("amount >= 0", name=op.f("gift_matches_amount_check")),
        sa.CheckConstraint("released between 0 and amount", name=op.f("gift_matches_released_check")),
        sa.CheckConstraint("gift_left > 0", name=op.f("gift_matches_gift_left_check")),
        sa.ForeignKeyConstraint(["pool_id"], ["matching_pools.id"], name=op.f("gift_matches_pool_id_fkey")),
        sa.ForeignKeyConstraint(
            ["donation_id"], ["donations.id"], name=op.f("gift_matches_donation_id_fkey")
        ),
        sa.ForeignKeyConstraint(["fund_id"], ["funds.id"], name=op.f("gift_matches_fund_id_fkey")),
        sa.ForeignKeyConstraint(["donor_id"], ["donors.id"], name=op.f("gift_matches_donor_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("gift_matches_pkey")),
        sa.UniqueConstraint(
            "pool_id", "donation_id", "fund_id", name=op.f("gift_matches_pool_id_donation_id_fund_id_key")
        ),
    )
    op.create_index("gift_matches_pool_id_donor_id_idx", "gift_matches", ["pool_id", "donor_id"])
    op.create_index("gift_matches_donation_id_idx", "gift_matches", ["donation_id"])
    op.create_table(
        "matching_payments",
        sa.Column("pool_id", sa.Uuid(), nullable=False),
        sa.Column("donation_id", sa.Uuid(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["pool_id"], ["matching_pools.id"], name=op.f("matching_payments_pool_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["donation_id"], ["donations.id"], name=op.f("matching_payments_donation_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("matching_payments_pkey")),
        sa.UniqueConstraint("donation_id", name=op.f("matching_payments_donation_id_key")),
    )
    op.create_index(op.f("matching_payments_pool_id_idx"), "matching_payments", ["pool_id"])
    rights.append_only("matching_pools", updating="used, closed_at")
    rights.append_only("gift_matches", updating="released")
    rights.append_only("matching_payments")


def downgrade() -> None:
    op.drop_table("matching_payments")
    op.drop_table("gift_matches")
    op.drop_table("matching_pools")
