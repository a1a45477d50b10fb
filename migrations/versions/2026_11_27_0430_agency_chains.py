"""Agency chains: by which of its own mandates the receiver of agency money hands it on."""

import sqlalchemy as sa
from alembic import op

from migrations.rights import SERVICE_ROLE

revision = "agency_chains"
down_revision = "annual_audits"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("transfers", sa.Column("receiver_mandate_id", sa.Uuid(), nullable=True))
    op.create_check_constraint(
        op.f("transfers_receiver_mandate_check"),
        "transfers",
        "receiver_mandate_id is null or nature = 'agency'",
    )
    op.create_foreign_key(
        op.f("transfers_receiver_mandate_fkey"),
        "transfers",
        "agency_mandates",
        ["receiver_mandate_id", "receiver_id"],
        ["id", "organization_id"],
    )
    op.execute(f"grant update (receiver_mandate_id) on transfers to {SERVICE_ROLE}")


def downgrade() -> None:
    op.drop_constraint(op.f("transfers_receiver_mandate_fkey"), "transfers", type_="foreignkey")
    op.drop_constraint(op.f("transfers_receiver_mandate_check"), "transfers", type_="check")
    op.drop_column("transfers", "receiver_mandate_id")
