"""Sealed relations: how a colleague is related to a payee goes under the payee's seal."""

from alembic import op

from migrations import sealing
from migrations.sealing import Words

revision = "sealed_relations"
down_revision = "sealed_verdicts"
branch_labels = None
depends_on = None

_HOW = Words(
    table="payee_relations",
    column="relation",
    kind="payee_relation",
    person="t.counterparty_id",
    always="true",
)


def upgrade() -> None:
    # The rule that named the column goes with it.
    sealing.take(_HOW)


def downgrade() -> None:
    sealing.give_back(_HOW)
    op.alter_column("payee_relations", "relation", nullable=False)
    op.create_check_constraint(op.f("payee_relations_relation_check"), "payee_relations", "relation <> ''")
