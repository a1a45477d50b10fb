"""What a foreign gift was in its own currency, kept with the donation as a fact that nobody changes."""

import sqlalchemy as sa
from alembic import op

revision = "original_amounts"
down_revision = "found_by_giver"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("donations", sa.Column("original_currency", sa.Text(), nullable=True))
    op.add_column("donations", sa.Column("original_amount", sa.Text(), nullable=True))
    op.create_check_constraint(
        op.f("donations_original_check"),
        "donations",
        "(original_currency is null) = (original_amount is null)"
        " and original_currency ~ '^[A-Z]{3}$' and original_currency <> currency"
        " and original_amount ~ '^(0|[1-9][0-9]{0,14})([.][0-9]{1,3})?$' and original_amount ~ '[1-9]'",
    )


def downgrade() -> None:
    op.drop_constraint(op.f("donations_original_check"), "donations", type_="check")
    op.drop_column("donations", "original_amount")
    op.drop_column("donations", "original_currency")
