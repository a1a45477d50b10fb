"""Donation receipts: receipts, the gifts on them, and the batches handed to the finance system."""

import sqlalchemy as sa
from alembic import op

from migrations import rights

revision = "receipts"
down_revision = "settlements"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "receipt_batches",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("receipt_count", sa.BigInteger(), nullable=False),
        sa.Column("reversal_count", sa.BigInteger(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("receipt_count + reversal_count > 0", name=op.f("receipt_batches_counts_check")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["dimensions.id"], name=op.f("receipt_batches_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("receipt_batches_pkey")),
        sa.UniqueConstraint("id", "organization_id", name=op.f("receipt_batches_id_organization_id_key")),
    )
    op.create_table(
        "receipts",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("requested_by", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "requested",
                "issued",
                "red_reversed",
                "replaced",
                "withdrawn",
                "waived",
                "anonymous",
                name="receiptstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("replaces_id", sa.Uuid(), nullable=True),
        sa.Column("batch_id", sa.Uuid(), nullable=True),
        sa.Column("refused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("check_code", sa.Text(), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column(
            "reversal_reason",
            sa.Enum(
                "wrong_title",
                "wrong_tax_id",
                "refunded",
                "gift_corrected",
                "other",
                name="reversalreason",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("reversal_by", sa.Text(), nullable=True),
        sa.Column("reversal_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reversal_batch_id", sa.Uuid(), nullable=True),
        sa.Column("red_code", sa.Text(), nullable=True),
        sa.Column("red_number", sa.Text(), nullable=True),
        sa.Column("reversed_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(state in ('issued', 'red_reversed', 'replaced')) = (number is not null)",
            name=op.f("receipts_issued_check"),
        ),
        sa.CheckConstraint(
            "(state in ('red_reversed', 'replaced')) = (red_number is not null)",
            name=op.f("receipts_reversed_check"),
        ),
        sa.CheckConstraint(
            "active = (state in ('requested', 'issued', 'waived', 'anonymous'))",
            name=op.f("receipts_active_check"),
        ),
        sa.CheckConstraint("amount > 0 or (amount = 0 and not active)", name=op.f("receipts_amount_check")),
        sa.CheckConstraint(
            "num_nulls(code, number, check_code, issued_on) in (0, 4)", name=op.f("receipts_numbers_check")
        ),
        sa.CheckConstraint(
            "num_nulls(red_code, red_number, reversed_on) in (0, 3)", name=op.f("receipts_red_check")
        ),
        sa.CheckConstraint(
            "num_nulls(reversal_reason, reversal_by, reversal_at) in (0, 3)",
            name=op.f("receipts_reversal_check"),
        ),
        sa.CheckConstraint("number is null or batch_id is not null", name=op.f("receipts_sent_check")),
        sa.CheckConstraint(
            "red_number is null or reversal_batch_id is not null", name=op.f("receipts_reversal_sent_check")
        ),
        sa.CheckConstraint(
            "reversal_batch_id is null or reversal_reason is not null",
            name=op.f("receipts_reversal_asked_check"),
        ),
        sa.ForeignKeyConstraint(
            ["batch_id", "organization_id"],
            ["receipt_batches.id", "receipt_batches.organization_id"],
            name=op.f("receipts_batch_id_organization_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["dimensions.id"], name=op.f("receipts_organization_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id", "organization_id"],
            ["receipts.id", "receipts.organization_id"],
            name=op.f("receipts_replaces_id_organization_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["reversal_batch_id", "organization_id"],
            ["receipt_batches.id", "receipt_batches.organization_id"],
            name=op.f("receipts_reversal_batch_id_organization_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("receipts_pkey")),
        sa.UniqueConstraint("code", "number", name=op.f("receipts_code_number_key")),
        sa.UniqueConstraint("id", "active", name=op.f("receipts_id_active_key")),
        sa.UniqueConstraint("id", "organization_id", name=op.f("receipts_id_organization_id_key")),
        sa.UniqueConstraint("red_code", "red_number", name=op.f("receipts_red_code_red_number_key")),
        sa.UniqueConstraint("reference", name=op.f("receipts_reference_key")),
    )
    op.create_table(
        "receipt_gifts",
        sa.Column("receipt_id", sa.Uuid(), nullable=False),
        sa.Column("donation_id", sa.Uuid(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.CheckConstraint("amount >= 0", name=op.f("receipt_gifts_amount_check")),
        sa.ForeignKeyConstraint(
            ["donation_id"], ["donations.id"], name=op.f("receipt_gifts_donation_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["receipt_id", "active"],
            ["receipts.id", "receipts.active"],
            name=op.f("receipt_gifts_receipt_id_active_fkey"),
            onupdate="CASCADE",
        ),
        sa.PrimaryKeyConstraint("receipt_id", "donation_id", name=op.f("receipt_gifts_pkey")),
    )
    op.create_index("receipts_organization_id_idx", "receipts", ["organization_id", "id"], unique=False)
    op.create_index("receipts_person_id_idx", "receipts", ["person_id", "id"], unique=False)
    op.create_index(
        "receipts_replaces_id_idx",
        "receipts",
        ["replaces_id"],
        unique=True,
        postgresql_where=sa.text("state <> 'withdrawn'"),
    )
    op.create_index(
        "receipts_requested_idx",
        "receipts",
        ["organization_id", "id"],
        unique=False,
        postgresql_where=sa.text("state = 'requested'"),
    )
    op.create_index(
        "receipt_gifts_active_idx",
        "receipt_gifts",
        ["donation_id"],
        unique=True,
        postgresql_where=sa.text("active"),
    )
    rights.append_only("receipt_batches")
    rights.append_only(
        "receipts",
        updating="amount, state, active, note, batch_id, refused_at, code, number, check_code, issued_on,"
        " reversal_reason, reversal_by, reversal_at, reversal_batch_id, red_code, red_number, reversed_on",
    )
    # `active` follows the receipt by the foreign key.
    rights.append_only("receipt_gifts", updating="amount")


def downgrade() -> None:
    for table in ("receipt_gifts", "receipts", "receipt_batches"):
        op.drop_table(table)
