"""Waiting: indexes by which everybody's tasks are found, and who answers for a leaver's requests."""

import sqlalchemy as sa
from alembic import op

from migrations import rights

revision = "waiting"
down_revision = "carried_gifts"
branch_labels = None
depends_on = None

_UNFINISHED = "state in ('draft', 'submitted', 'reviewed', 'returned')"
INDEXES = (
    ("vouchers_waiting_idx", "vouchers", ["organization_id", "state"], _UNFINISHED),
    ("disputes_open_idx", "disputes", ["source_id", "id"], "state = 'open'"),
    ("time_records_reported_idx", "time_records", ["organization_id", "id"], "state = 'reported'"),
    ("sign_ups_asked_idx", "sign_ups", ["activity_id", "id"], "state = 'asked'"),
    ("memberships_asked_idx", "memberships", ["team_id", "id"], "state = 'asked'"),
    ("approvals_waiting_at_idx", "approvals", ["organization_id", "id"], "state = 'waiting'"),
)


def upgrade() -> None:
    for name, table, columns, where in INDEXES:
        op.create_index(name, table, columns, postgresql_where=sa.text(where))
    op.add_column("approvals", sa.Column("handed_to", sa.Text(), nullable=True))
    op.create_check_constraint(op.f("approvals_handed_to_check"), "approvals", "handed_to <> asked_by")
    op.execute(f"grant update (handed_to) on approvals to {rights.SERVICE_ROLE}")


def downgrade() -> None:
    op.drop_column("approvals", "handed_to")
    for name, table, _, _ in INDEXES:
        op.drop_index(name, table_name=table)
