"""Organizations: the last day of one that is past when it joins. It is said once, as the books' beginning is."""

import sqlalchemy as sa
from alembic import op

revision = "ended_organizations"
down_revision = "region_populations"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("organizations", sa.Column("ended_on", sa.Date(), nullable=True))
    op.create_check_constraint(
        op.f("organizations_ended_on_check"), "organizations", "ended_on >= books_from"
    )


def downgrade() -> None:
    op.drop_column("organizations", "ended_on")
