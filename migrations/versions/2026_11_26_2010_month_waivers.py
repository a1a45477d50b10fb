"""Waivers: why the approver let a month close although something on its checklist was open."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "month_waivers"
down_revision = "certificate_requests"
branch_labels = None
depends_on = None


def upgrade() -> None:
    kind = postgresql.JSONB(astext_type=sa.Text())
    op.add_column("month_steps", sa.Column("waivers", kind, nullable=False, server_default="[]"))
    op.alter_column("month_steps", "waivers", server_default=None)
    op.create_check_constraint(
        op.f("month_steps_waivers_check"), "month_steps", "kind = 'closed' or waivers = '[]'"
    )


def downgrade() -> None:
    op.drop_constraint(op.f("month_steps_waivers_check"), "month_steps")
    op.drop_column("month_steps", "waivers")
