"""Factor demands: whose holders at a member must sign in with a second factor."""

import sqlalchemy as sa
from alembic import op

from migrations import rights

revision = "factor_demands"
down_revision = "waiting"
branch_labels = None
depends_on = None

ROLES = (
    *("admin", "accountant", "reviewer", "cashier", "fundraising_officer", "project_officer"),
    *("volunteer_coordinator", "disclosure_officer", "auditor", "viewer"),
)


def upgrade() -> None:
    op.create_table(
        "factor_demands",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(*ROLES, name="role", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("factor_demands_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("organization_id", "role", name=op.f("factor_demands_pkey")),
    )
    rights.writable("factor_demands")


def downgrade() -> None:
    op.drop_table("factor_demands")
