"""The lines of platforms' bills that do not agree with the books are found without reading all others."""

import sqlalchemy as sa
from alembic import op

revision = "odd_bill_lines"
down_revision = "donor_requests"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "bill_lines_odd_idx",
        "bill_lines",
        ["channel_id", "id"],
        unique=False,
        postgresql_where=sa.text("state in ('differs', 'unknown')"),
    )


def downgrade() -> None:
    op.drop_index("bill_lines_odd_idx", table_name="bill_lines")
