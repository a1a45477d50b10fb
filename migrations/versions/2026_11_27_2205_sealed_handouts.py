"""Sealed hand-outs: why goods were taken back goes under the recipient's seal, a copied rejection goes away."""

import sqlalchemy as sa
from alembic import op

from migrations import rights, sealing
from migrations.sealing import Words

revision = "sealed_handouts"
down_revision = "sealed_help"
branch_labels = None
depends_on = None

_TAKEN_BACK = Words(
    table="goods_handouts",
    column="reversed_reason",
    kind="goods_handout",
    person="t.id",
    written_at="t.reversed_on",
    always="reversed_on is not null",
    later=True,
)
_REJECTED = """
update goods_requests t set rejected_reason = d.reason
from approval_decisions d where d.approval_id = t.approval_id and d.verdict = 'reject' and t.state = 'rejected'
"""


def upgrade() -> None:
    sealing.take(_TAKEN_BACK)
    op.create_check_constraint(
        op.f("goods_handouts_reversed_check"),
        "goods_handouts",
        "num_nulls(reversed_on, reversed_by) in (0, 2)",
    )
    # Whoever rejected a request said so where it is decided: it was copied from there.
    op.drop_column("goods_requests", "rejected_reason")


def downgrade() -> None:
    op.add_column("goods_requests", sa.Column("rejected_reason", sa.Text(), nullable=True))
    op.execute(_REJECTED)
    op.create_check_constraint(
        op.f("goods_requests_rejected_check"),
        "goods_requests",
        "(state = 'rejected') = (rejected_reason is not null)",
    )
    op.execute(f"grant update (rejected_reason) on goods_requests to {rights.SERVICE_ROLE}")
    op.drop_constraint(op.f("goods_handouts_reversed_check"), "goods_handouts", type_="check")
    sealing.give_back(_TAKEN_BACK)
    op.create_check_constraint(
        op.f("goods_handouts_reversed_check"),
        "goods_handouts",
        "num_nulls(reversed_on, reversed_by, reversed_reason) in (0, 3)",
    )
