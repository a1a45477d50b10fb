"""Imports: which files came in, and which of their rows became which donation."""

import sqlalchemy as sa
from alembic import op

from migrations import rights

revision = "imports"
down_revision = "webhooks"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "imports",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("channel_id", sa.Uuid(), nullable=False),
        sa.Column("file_mac", sa.LargeBinary(), nullable=False),
        sa.Column("row_count", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("row_count >= 0", name=op.f("imports_row_count_check")),
        sa.ForeignKeyConstraint(["channel_id"], ["channels.id"], name=op.f("imports_channel_id_fkey")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["dimensions.id"], name=op.f("imports_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("imports_pkey")),
        sa.UniqueConstraint("channel_id", "file_mac", name=op.f("imports_channel_id_file_mac_key")),
    )
    op.create_index("imports_organization_id_idx", "imports", ["organization_id"], unique=False)
    op.create_table(
        "import_rows",
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("row_number", sa.BigInteger(), nullable=False),
        sa.Column("row_mac", sa.LargeBinary(), nullable=False),
        sa.Column("giver_mac", sa.LargeBinary(), nullable=False),
        sa.Column("donation_id", sa.Uuid(), nullable=True),
        sa.Column(
            "recorded_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["donation_id"], ["donations.id"], name=op.f("import_rows_donation_id_fkey")),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name=op.f("import_rows_import_id_fkey")),
        sa.PrimaryKeyConstraint("import_id", "row_number", name=op.f("import_rows_pkey")),
    )
    op.create_index("import_rows_row_mac_idx", "import_rows", ["row_mac", "import_id"], unique=False)
    op.create_index("import_rows_giver_mac_idx", "import_rows", ["giver_mac", "import_id"], unique=False)

    rights.append_only("imports")
    # A row that was left out as a suspect may be booked by a later run.
    rights.append_only("import_rows", updating="donation_id")


def downgrade() -> None:
    op.drop_index("import_rows_giver_mac_idx", table_name="import_rows")
    op.drop_index("import_rows_row_mac_idx", table_name="import_rows")
    op.drop_table("import_rows")
    op.drop_index("imports_organization_id_idx", table_name="imports")
    op.drop_table("imports")
