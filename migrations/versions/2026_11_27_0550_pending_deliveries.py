"""Pending deliveries: found by themselves, as the worker looks for them every minute."""

import sqlalchemy as sa
from alembic import op

revision = "pending_deliveries"
down_revision = "kept_balances"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "deliveries_pending_idx", "deliveries", ["id"], postgresql_where=sa.text("outcome = 'pending'")
    )


def downgrade() -> None:
    op.drop_index("deliveries_pending_idx", table_name="deliveries")
