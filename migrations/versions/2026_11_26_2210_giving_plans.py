"""Monthly giving: plans with their steps, and by which plan or through which fundraiser a gift came."""

import sqlalchemy as sa
from alembic import op

from migrations import rights

revision = "giving_plans"
down_revision = "goods_moves"
branch_labels = None
depends_on = None

STATES = ("active", "paused", "cancelled")
STEPS = ("activated", "changed", "paused", "resumed", "cancelled")


def upgrade() -> None:
    op.add_column("donations", sa.Column("their_plan_id", sa.Text(), nullable=True))
    op.add_column("donations", sa.Column("fundraiser_code", sa.Text(), nullable=True))
    op.create_index(
        "donations_plan_idx",
        "donations",
        ["source_id", "their_plan_id"],
        postgresql_where=sa.text("their_plan_id is not null"),
    )
    op.create_index(
        "donations_fundraiser_idx",
        "donations",
        ["fundraiser_code", "id"],
        postgresql_where=sa.text("fundraiser_code is not null"),
    )
    op.create_table(
        "giving_plans",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("platform_id", sa.Uuid(), nullable=False),
        sa.Column("their_id", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("charge_day", sa.BigInteger(), nullable=False),
        sa.Column("state", _enum("givingplanstate", STATES), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("amount between 1 and 1000000000000000", name=op.f("giving_plans_amount_check")),
        sa.CheckConstraint("charge_day between 1 and 31", name=op.f("giving_plans_charge_day_check")),
        sa.ForeignKeyConstraint(
            ["campaign_id", "organization_id"],
            ["campaigns.id", "campaigns.organization_id"],
            name=op.f("giving_plans_campaign_id_organization_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["platform_id"], ["dimensions.id"], name=op.f("giving_plans_platform_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("giving_plans_pkey")),
        sa.UniqueConstraint("platform_id", "their_id", name=op.f("giving_plans_platform_id_their_id_key")),
    )
    op.create_index("giving_plans_organization_id_id_idx", "giving_plans", ["organization_id", "id"])
    op.create_table(
        "giving_plan_changes",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("kind", _enum("givingplanstep", STEPS), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("charge_day", sa.BigInteger(), nullable=True),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "amount between 1 and 1000000000000000", name=op.f("giving_plan_changes_amount_check")
        ),
        sa.CheckConstraint("charge_day between 1 and 31", name=op.f("giving_plan_changes_charge_day_check")),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["giving_plans.id"], name=op.f("giving_plan_changes_plan_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("giving_plan_changes_pkey")),
        sa.UniqueConstraint(
            "plan_id", "occurred_at", "kind", name=op.f("giving_plan_changes_plan_id_occurred_at_kind_key")
        ),
    )
    rights.append_only("giving_plans", updating="amount, charge_day, state")
    rights.append_only("giving_plan_changes")


def _enum(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def downgrade() -> None:
    op.drop_table("giving_plan_changes")
    op.drop_table("giving_plans")
    op.drop_index("donations_fundraiser_idx", table_name="donations")
    op.drop_index("donations_plan_idx", table_name="donations")
    op.drop_column("donations", "fundraiser_code")
    op.drop_column("donations", "their_plan_id")
