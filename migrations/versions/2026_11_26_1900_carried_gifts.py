"""Carried gifts: the donors behind what funds held when books went live, and what money was on its way."""

import sqlalchemy as sa
from alembic import op

from migrations import rights

revision = "carried_gifts"
down_revision = "cheques"
branch_labels = None
depends_on = None

_AMOUNT = "amount between 1 and 1000000000000000"


def upgrade() -> None:
    op.create_table(
        "carried_gifts",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("fund_id", sa.Uuid(), nullable=False),
        sa.Column("first_serial", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("earlier_number", sa.Text(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(_AMOUNT, name=op.f("carried_gifts_amount_check")),
        sa.CheckConstraint("first_serial >= 0", name=op.f("carried_gifts_first_serial_check")),
        sa.CheckConstraint("earlier_number <> ''", name=op.f("carried_gifts_earlier_number_check")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["dimensions.id"], name=op.f("carried_gifts_organization_id_fkey")
        ),
        sa.ForeignKeyConstraint(["fund_id"], ["funds.id"], name=op.f("carried_gifts_fund_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("carried_gifts_pkey")),
        sa.UniqueConstraint("fund_id", "first_serial", name=op.f("carried_gifts_fund_id_first_serial_key")),
    )
    op.create_index(op.f("carried_gifts_organization_id_idx"), "carried_gifts", ["organization_id"])
    op.create_table(
        "carried_transits",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("expected_on", sa.Date(), nullable=True),
        sa.CheckConstraint(_AMOUNT, name=op.f("carried_transits_amount_check")),
        sa.CheckConstraint("number > 0", name=op.f("carried_transits_number_check")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["dimensions.id"], name=op.f("carried_transits_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("organization_id", "number", name=op.f("carried_transits_pkey")),
    )
    rights.append_only("carried_gifts", "carried_transits")


def downgrade() -> None:
    op.drop_table("carried_transits")
    op.drop_table("carried_gifts")
