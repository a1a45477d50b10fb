"""Obligations about projects and payments, and publications of ours that lie ready for them."""

import sqlalchemy as sa
from alembic import op

from migrations.rights import SERVICE_ROLE

revision = "project_obligations"
down_revision = "governance"
branch_labels = None
depends_on = None

_BEFORE = (
    *("organization", "year", "campaign", "plan", "plan_change", "voucher", "trust", "trusteeship"),
    "basic_information",
)
_MORE = ("project", "disbursement", "transfer")


def _allow(kinds: tuple[str, ...]) -> None:
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    op.drop_constraint("obligations_subjectkind_check", "obligations")
    op.create_check_constraint(
        op.f("obligations_subjectkind_check"), "obligations", f"subject_kind in ({listed})"
    )


def upgrade() -> None:
    _allow(_BEFORE + _MORE)
    op.add_column("obligations", sa.Column("ready_on", sa.Date(), nullable=True))
    op.add_column("obligations", sa.Column("ready_as", sa.Text(), nullable=True))
    op.create_check_constraint(
        op.f("obligations_readiness_check"), "obligations", "(ready_on is null) = (ready_as is null)"
    )
    op.execute(f"grant update (ready_on, ready_as) on obligations to {SERVICE_ROLE}")


def downgrade() -> None:
    op.drop_constraint("obligations_readiness_check", "obligations")
    op.drop_column("obligations", "ready_as")
    op.drop_column("obligations", "ready_on")
    _allow(_BEFORE)
