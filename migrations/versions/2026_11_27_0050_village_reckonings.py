"""Reckonings: statements tell what a county paid, agency transfers their mandate, a region its people."""

import sqlalchemy as sa
from alembic import op

revision = "village_reckonings"
down_revision = "impact_assessments"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for column in ("received_minor", "given_back_minor"):
        op.add_column(
            "village_statements", sa.Column(column, sa.BigInteger(), server_default="0", nullable=False)
        )
        op.alter_column("village_statements", column, server_default=None)
    op.create_check_constraint(
        op.f("village_statements_moved_check"),
        "village_statements",
        "received_minor >= 0 and given_back_minor >= 0",
    )
    op.create_unique_constraint(
        op.f("agency_mandates_id_organization_id_key"), "agency_mandates", ["id", "organization_id"]
    )
    # Transfers that were asked for before name none.
    op.add_column("transfers", sa.Column("mandate_id", sa.Uuid(), nullable=True))
    op.create_check_constraint(
        op.f("transfers_mandate_check"), "transfers", "mandate_id is null or nature = 'agency'"
    )
    op.create_foreign_key(
        "transfers_mandate_fkey",
        "transfers",
        "agency_mandates",
        ["mandate_id", "sender_id"],
        ["id", "organization_id"],
    )
    op.create_index(
        "benefits_region_code_idx",
        "benefits",
        ["region_code", "given_on"],
        postgresql_where=sa.text("beneficiary_id is not null and voided_at is null"),
    )


def downgrade() -> None:
    op.drop_index("benefits_region_code_idx", "benefits")
    op.drop_column("transfers", "mandate_id")
    op.drop_constraint(op.f("agency_mandates_id_organization_id_key"), "agency_mandates")
    for column in ("received_minor", "given_back_minor"):
        op.drop_column("village_statements", column)
