"""Transfers between members: asked for, sent, received, settled, and given back."""

import sqlalchemy as sa
from alembic import op

from migrations import rights

revision = "member_transfers"
down_revision = "disbursements"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "transfers",
        sa.Column("sender_id", sa.Uuid(), nullable=False),
        sa.Column("receiver_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column(
            "nature",
            sa.Enum(
                "grant",
                "agency",
                "advance",
                name="nature",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("requested_by", sa.Text(), nullable=False),
        sa.Column("fund_id", sa.Uuid(), nullable=True),
        sa.Column("receiver_fund_id", sa.Uuid(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "requested",
                "approved",
                "rejected",
                "withdrawn",
                "sent",
                "received",
                "accounted",
                "settled",
                name="transferstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("account", sa.Text(), nullable=True),
        sa.Column("returned_minor", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(fund_id is null) = (nature = 'agency')", name=op.f("transfers_fund_check")),
        sa.CheckConstraint(
            "(state in ('received', 'accounted', 'settled')) = (received_on is not null)",
            name=op.f("transfers_received_check"),
        ),
        sa.CheckConstraint(
            "(state in ('sent', 'received', 'accounted', 'settled')) = (sent_on is not null)",
            name=op.f("transfers_sent_check"),
        ),
        sa.CheckConstraint(
            "state not in ('accounted', 'settled') or nature = 'advance'",
            name=op.f("transfers_advance_check"),
        ),
        sa.CheckConstraint("amount between 1 and 1000000000000000", name=op.f("transfers_amount_check")),
        sa.CheckConstraint("returned_minor between 0 and amount", name=op.f("transfers_returned_check")),
        sa.CheckConstraint("sender_id <> receiver_id", name=op.f("transfers_two_members_check")),
        sa.ForeignKeyConstraint(
            ["fund_id", "sender_id"],
            ["funds.id", "funds.organization_id"],
            name=op.f("transfers_fund_id_sender_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["receiver_fund_id", "receiver_id"],
            ["funds.id", "funds.organization_id"],
            name=op.f("transfers_receiver_fund_id_receiver_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["receiver_id"], ["organizations.id"], name=op.f("transfers_receiver_id_fkey")
        ),
        sa.ForeignKeyConstraint(["sender_id"], ["organizations.id"], name=op.f("transfers_sender_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("transfers_pkey")),
        sa.UniqueConstraint("code", name=op.f("transfers_code_key")),
    )
    op.create_index("transfers_receiver_id_idx", "transfers", ["receiver_id", "id"], unique=False)
    op.create_index("transfers_sender_id_idx", "transfers", ["sender_id", "id"], unique=False)
    op.create_table(
        "transfer_returns",
        sa.Column("transfer_id", sa.Uuid(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("given_by", sa.Text(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("received_by", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "amount between 1 and 1000000000000000", name=op.f("transfer_returns_amount_check")
        ),
        sa.CheckConstraint(
            "num_nulls(received_on, received_by) in (0, 2)", name=op.f("transfer_returns_received_check")
        ),
        sa.ForeignKeyConstraint(
            ["transfer_id"], ["transfers.id"], name=op.f("transfer_returns_transfer_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("transfer_returns_pkey")),
    )
    op.create_index(
        "transfer_returns_transfer_id_idx", "transfer_returns", ["transfer_id", "id"], unique=False
    )
    op.create_table(
        "transfer_steps",
        sa.Column("transfer_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column(
            "to_state",
            sa.Enum(
                "requested",
                "approved",
                "rejected",
                "withdrawn",
                "sent",
                "received",
                "accounted",
                "settled",
                name="transferstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column(
            "from_state",
            sa.Enum(
                "requested",
                "approved",
                "rejected",
                "withdrawn",
                "sent",
                "received",
                "accounted",
                "settled",
                name="fromstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("transfer_steps_number_check")),
        sa.ForeignKeyConstraint(
            ["transfer_id"], ["transfers.id"], name=op.f("transfer_steps_transfer_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("transfer_steps_pkey")),
        sa.UniqueConstraint("transfer_id", "number", name=op.f("transfer_steps_transfer_id_number_key")),
    )

    # What was asked for stays; only how far it has come goes on.
    rights.append_only(
        "transfers", updating="state, sent_on, received_on, receiver_fund_id, account, returned_minor"
    )
    rights.append_only("transfer_returns", updating="received_on, received_by")
    rights.append_only("transfer_steps")


def downgrade() -> None:
    op.drop_table("transfer_steps")
    op.drop_index("transfer_returns_transfer_id_idx", table_name="transfer_returns")
    op.drop_table("transfer_returns")
    op.drop_index("transfers_sender_id_idx", table_name="transfers")
    op.drop_index("transfers_receiver_id_idx", table_name="transfers")
    op.drop_table("transfers")
