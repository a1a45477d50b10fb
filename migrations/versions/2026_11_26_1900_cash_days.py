"""Cash days: on which day a session's cash was taken, and who opened it together."""

import sqlalchemy as sa
from alembic import op

revision = "cash_days"
down_revision = "charts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("cash_sessions", sa.Column("taken_on", sa.Date(), nullable=True))
    op.add_column("cash_sessions", sa.Column("opened_with", sa.Uuid(), nullable=True))
    # What was there was booked on the day on which its session began.
    op.execute("update cash_sessions set taken_on = (created_at at time zone 'Asia/Shanghai')::date")
    op.alter_column("cash_sessions", "taken_on", nullable=False)
    op.create_foreign_key(
        op.f("cash_sessions_opened_with_fkey"), "cash_sessions", "staff", ["opened_with"], ["id"]
    )
    op.create_check_constraint(
        op.f("cash_sessions_opened_by_two_check"),
        "cash_sessions",
        "opened_by <> 'staff:' || opened_with::text",
    )


def downgrade() -> None:
    op.drop_column("cash_sessions", "opened_with")
    op.drop_column("cash_sessions", "taken_on")
