"""Refunded parts: a refund that names a designation keeps which; what was decided before named none here."""

import sqlalchemy as sa
from alembic import op

revision = "refunded_parts"
down_revision = "sealed_reasons"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("refunds", sa.Column("designation", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("refunds", "designation")
