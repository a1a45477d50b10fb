"""Platform pools: what platforms tell that they matched out of pools of their own."""

import sqlalchemy as sa
from alembic import op

from migrations import rights

revision = "platform_pools"
down_revision = "villages"
branch_labels = None
depends_on = None

_TERMS = ("ratio_basis_points", "starts_at", "ends_at")
_CHECKS = {
    "told": "num_nulls(platform_id, their_id) in (0, 2)",
    "terms": "num_nulls(ratio_basis_points, starts_at, ends_at) = 3 * num_nonnulls(platform_id)",
    "platform": "platform_id is null or (kind = 'promised' and closed_at is not null)",
}


def upgrade() -> None:
    op.add_column("matching_pools", sa.Column("platform_id", sa.Uuid(), nullable=True))
    op.add_column("matching_pools", sa.Column("their_id", sa.Text(), nullable=True))
    op.create_foreign_key(
        op.f("matching_pools_platform_id_fkey"), "matching_pools", "dimensions", ["platform_id"], ["id"]
    )
    op.create_unique_constraint(
        op.f("matching_pools_platform_id_their_id_key"), "matching_pools", ["platform_id", "their_id"]
    )
    for column in _TERMS:
        op.alter_column("matching_pools", column, nullable=True)
    for name, rule in _CHECKS.items():
        op.create_check_constraint(op.f(f"matching_pools_{name}_check"), "matching_pools", rule)
    op.create_table(
        "told_matches",
        sa.Column("pool_id", sa.Uuid(), nullable=False),
        sa.Column("platform_id", sa.Uuid(), nullable=False),
        sa.Column("their_gift_id", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("donation_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("amount between 1 and 1000000000000000", name=op.f("told_matches_amount_check")),
        *(
            sa.ForeignKeyConstraint([column], [target], name=op.f(f"told_matches_{column}_fkey"))
            for column, target in (
                ("pool_id", "matching_pools.id"),
                ("platform_id", "dimensions.id"),
                ("donation_id", "donations.id"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("told_matches_pkey")),
        sa.UniqueConstraint("pool_id", "their_gift_id", name=op.f("told_matches_pool_id_their_gift_id_key")),
    )
    op.create_index(
        "told_matches_waiting_idx",
        "told_matches",
        ["platform_id", "their_gift_id"],
        postgresql_where=sa.text("donation_id is null"),
    )
    rights.append_only("told_matches", updating="donation_id")


def downgrade() -> None:
    op.drop_table("told_matches")
    for name in _CHECKS:
        op.drop_constraint(op.f(f"matching_pools_{name}_check"), "matching_pools")
    op.drop_column("matching_pools", "their_id")
    op.drop_column("matching_pools", "platform_id")
