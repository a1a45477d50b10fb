"""Statements: entries that are no gifts are found by their month, however many gifts stand among them."""

import sqlalchemy as sa
from alembic import op

revision = "statements"
down_revision = "log"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "entries_not_gifts_idx",
        "entries",
        ["organization_id", "booked_on"],
        postgresql_where=sa.text("kind <> 'donation'"),
    )


def downgrade() -> None:
    op.drop_index("entries_not_gifts_idx", table_name="entries")
