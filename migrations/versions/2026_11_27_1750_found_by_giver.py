"""Found by giver: erasing somebody reads a part of all gifts and messages, and not all of them."""

from alembic import op

revision = "found_by_giver"
down_revision = "region_dates"
branch_labels = None
depends_on = None

TABLES = ("deliveries", "donations")


def upgrade() -> None:
    for table in TABLES:
        op.create_index(
            f"{table}_person_id_idx",
            table,
            ["person_id"],
            postgresql_using="brin",
            postgresql_ops={"person_id": "uuid_bloom_ops"},
            postgresql_with={"pages_per_range": 32, "autosummarize": "on"},
        )


def downgrade() -> None:
    for table in TABLES:
        op.drop_index(f"{table}_person_id_idx", table_name=table)
