"""Settlement notices: what platforms tell that they settled and paid out, by sums."""

import sqlalchemy as sa
from alembic import op

from migrations import rights

revision = "settlement_notices"
down_revision = "goods_undone"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "settlement_notices",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("channel_id", sa.Uuid(), nullable=False),
        sa.Column("their_id", sa.Text(), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("payment_count", sa.BigInteger(), nullable=False),
        sa.Column("gross_minor", sa.BigInteger(), nullable=False),
        sa.Column("refunded_minor", sa.BigInteger(), nullable=False),
        sa.Column("fee_minor", sa.BigInteger(), nullable=False),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("account_last4", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("ends_on >= begins_on", name=op.f("settlement_notices_days_check")),
        sa.CheckConstraint(
            "least(payment_count, gross_minor, refunded_minor, fee_minor) >= 0",
            name=op.f("settlement_notices_not_negative_check"),
        ),
        sa.ForeignKeyConstraint(
            ["channel_id", "organization_id"],
            ["channels.id", "channels.organization_id"],
            name=op.f("settlement_notices_channel_id_organization_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("settlement_notices_pkey")),
        sa.UniqueConstraint(
            "channel_id", "their_id", name=op.f("settlement_notices_channel_id_their_id_key")
        ),
    )
    op.create_index("settlement_notices_organization_id_idx", "settlement_notices", ["organization_id", "id"])
    rights.append_only("settlement_notices")


def downgrade() -> None:
    op.drop_table("settlement_notices")
