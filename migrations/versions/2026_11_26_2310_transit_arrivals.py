"""Arrivals: money that was on its way when books went live arrives; what waits passes to a hand."""

import sqlalchemy as sa
from alembic import op

from migrations import rights

revision = "transit_arrivals"
down_revision = "projects"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "bank_lines_unknown_idx",
        "bank_lines",
        ["organization_id", "id"],
        postgresql_where=sa.text("kind = 'unknown'"),
    )
    op.add_column("voucher_schedules", sa.Column("handed_to", sa.Text(), nullable=True))
    op.execute(f"grant update (handed_to) on voucher_schedules to {rights.SERVICE_ROLE}")

    op.add_column(
        "carried_transits",
        sa.Column("arrived_minor", sa.BigInteger(), server_default="0", nullable=False),
    )
    op.alter_column("carried_transits", "arrived_minor", server_default=None)
    # Of two people who tell of the same money the check refuses the second, whoever comes first.
    op.create_check_constraint(
        op.f("carried_transits_arrived_check"), "carried_transits", "arrived_minor between 0 and amount"
    )
    op.execute("drop trigger carried_transits_append_only on carried_transits")
    rights.append_only("carried_transits", updating="arrived_minor")
    op.create_table(
        "transit_arrivals",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("channel_id", sa.Uuid(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("fee", sa.BigInteger(), nullable=False),
        sa.Column("arrived_on", sa.Date(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "amount between 1 and 1000000000000000", name=op.f("transit_arrivals_amount_check")
        ),
        sa.CheckConstraint("fee between 0 and 1000000000000000", name=op.f("transit_arrivals_fee_check")),
        sa.ForeignKeyConstraint(
            ["organization_id", "number"],
            ["carried_transits.organization_id", "carried_transits.number"],
            name=op.f("transit_arrivals_organization_id_number_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["channel_id", "organization_id"],
            ["channels.id", "channels.organization_id"],
            name=op.f("transit_arrivals_channel_id_organization_id_fkey"),
        ),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("transit_arrivals_entry_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("transit_arrivals_pkey")),
    )
    op.create_index("transit_arrivals_of_idx", "transit_arrivals", ["organization_id", "number", "id"])
    rights.append_only("transit_arrivals")
    op.create_table(
        "delivery_reviews",
        sa.Column("delivery_id", sa.Uuid(), nullable=False),
        sa.Column("found", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("found <> ''", name=op.f("delivery_reviews_found_check")),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["deliveries.id"], name=op.f("delivery_reviews_delivery_id_fkey")
        ),
        sa.PrimaryKeyConstraint("delivery_id", name=op.f("delivery_reviews_pkey")),
    )
    rights.append_only("delivery_reviews")


def downgrade() -> None:
    op.drop_index("bank_lines_unknown_idx", table_name="bank_lines")
    op.drop_table("delivery_reviews")
    op.drop_index("transit_arrivals_of_idx", table_name="transit_arrivals")
    op.drop_table("transit_arrivals")
    op.execute("drop trigger carried_transits_append_only on carried_transits")
    op.execute(f"revoke update (arrived_minor) on carried_transits from {rights.SERVICE_ROLE}")
    op.drop_constraint(op.f("carried_transits_arrived_check"), "carried_transits")
    op.drop_column("carried_transits", "arrived_minor")
    rights.append_only("carried_transits")
    op.execute(f"revoke update (handed_to) on voucher_schedules from {rights.SERVICE_ROLE}")
    op.drop_column("voucher_schedules", "handed_to")
