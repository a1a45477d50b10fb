"""Merchant days: the days of a merchant account are found without reading what it took in before.

Settlement days and settlement notices compare a platform's bills with `donations_channel_id_idx` and
`refunds_source_id_idx`.
"""

from alembic import op

revision = "merchant_days"
down_revision = "platform_pools"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("donations_channel_id_idx", "donations", ["channel_id", "donated_at"])
    op.create_index("refunds_source_id_idx", "refunds", ["source_id", "refunded_at"])


def downgrade() -> None:
    op.drop_index("refunds_source_id_idx", "refunds")
    op.drop_index("donations_channel_id_idx", "donations")
