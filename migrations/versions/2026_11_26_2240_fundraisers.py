"""Fundraisers: who asks for gifts, their targets, through whom gifts came, and the days league tables read."""

import sqlalchemy as sa
from alembic import op

from migrations import rights

revision = "fundraisers"
down_revision = "pledges"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "fundraisers",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                *("organization", "department", "team", "person"),
                name="fundraiserkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(kind = 'person') = (name is null)", name=op.f("fundraisers_name_check")),
        sa.CheckConstraint("parent_id <> id", name=op.f("fundraisers_parent_check")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["dimensions.id"], name=op.f("fundraisers_organization_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["parent_id", "organization_id"],
            ["fundraisers.id", "fundraisers.organization_id"],
            name=op.f("fundraisers_parent_id_organization_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("fundraisers_pkey")),
        sa.UniqueConstraint("code", name=op.f("fundraisers_code_key")),
        sa.UniqueConstraint("id", "organization_id", name=op.f("fundraisers_id_organization_id_key")),
    )
    op.create_index("fundraisers_organization_id_id_idx", "fundraisers", ["organization_id", "id"])
    op.create_index("fundraisers_parent_id_idx", "fundraisers", ["parent_id"])
    op.create_table(
        "fundraising_targets",
        sa.Column("fundraiser_id", sa.Uuid(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "amount between 1 and 1000000000000000", name=op.f("fundraising_targets_amount_check")
        ),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("fundraising_targets_dates_check")),
        sa.ForeignKeyConstraint(
            ["fundraiser_id"], ["fundraisers.id"], name=op.f("fundraising_targets_fundraiser_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("fundraising_targets_pkey")),
        sa.UniqueConstraint(
            "fundraiser_id", "starts_on", name=op.f("fundraising_targets_fundraiser_id_starts_on_key")
        ),
    )
    op.create_table(
        "gift_attributions",
        sa.Column("donation_id", sa.Uuid(), nullable=False),
        sa.Column("fundraiser_id", sa.Uuid(), nullable=False),
        sa.Column("share_basis_points", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "share_basis_points between 0 and 10000", name=op.f("gift_attributions_share_check")
        ),
        sa.CheckConstraint("amount >= 0", name=op.f("gift_attributions_amount_check")),
        sa.ForeignKeyConstraint(
            ["donation_id"], ["donations.id"], name=op.f("gift_attributions_donation_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["fundraiser_id"], ["fundraisers.id"], name=op.f("gift_attributions_fundraiser_id_fkey")
        ),
        sa.PrimaryKeyConstraint("donation_id", "fundraiser_id", name=op.f("gift_attributions_pkey")),
    )
    op.create_index("gift_attributions_fundraiser_id_idx", "gift_attributions", ["fundraiser_id"])
    op.create_table(
        "fundraiser_days",
        sa.Column("fundraiser_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("gift_count", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["fundraiser_id"], ["fundraisers.id"], name=op.f("fundraiser_days_fundraiser_id_fkey")
        ),
        sa.PrimaryKeyConstraint("fundraiser_id", "day", name=op.f("fundraiser_days_pkey")),
        postgresql_with={"fillfactor": "50"},
    )
    rights.append_only("fundraisers", updating="closed_at")
    rights.append_only("fundraising_targets")
    rights.append_only("gift_attributions", updating="share_basis_points, amount, actor")
    rights.append_only("fundraiser_days", updating="amount, gift_count")


def downgrade() -> None:
    op.drop_table("fundraiser_days")
    op.drop_table("gift_attributions")
    op.drop_table("fundraising_targets")
    op.drop_table("fundraisers")
