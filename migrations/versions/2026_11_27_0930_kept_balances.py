"""Balances are advanced and never deleted: a guard against the owner, too, as every other table has it."""

from alembic import op

revision = "kept_balances"
down_revision = "late_complaints"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "create trigger balances_append_only before delete or truncate on balances"
        " for each statement execute function refuse_change()"
    )


def downgrade() -> None:
    op.execute("drop trigger balances_append_only on balances")
