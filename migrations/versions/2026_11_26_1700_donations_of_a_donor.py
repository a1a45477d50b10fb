"""Donations of a donor: found by the donor, however many gifts others have given."""

import sqlalchemy as sa
from alembic import op

revision = "donations_of_a_donor"
down_revision = "audit"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "donations_donor_id_id_idx",
        "donations",
        ["donor_id", "id"],
        postgresql_where=sa.text("donor_id is not null"),
    )


def downgrade() -> None:
    op.drop_index("donations_donor_id_id_idx", table_name="donations")
