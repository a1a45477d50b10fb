"""Sealed payees: why something was done about a payee goes under the payee's seal, as many of them are people."""

from alembic import op

from migrations import sealing
from migrations.sealing import Words

revision = "sealed_payees"
down_revision = "sealed_handouts"
branch_labels = None
depends_on = None

_PAID = "(select d.counterparty_id from disbursements d where d.id = t.disbursement_id)"
_ALL = (
    Words(
        table="payee_accounts",
        column="reason",
        kind="payee_account",
        person="t.counterparty_id",
        always="true",
    ),
    Words(
        table="payee_agreements",
        column="end_reason",
        kind="payee_agreement",
        person="t.counterparty_id",
        written_at="t.ended_on",
        always="ended_on is not null",
        later=True,
    ),
    Words(table="disbursement_steps", column="reason", kind="disbursement_step", person=_PAID),
    Words(
        table="payment_items",
        column="failure",
        kind="payment",
        person=_PAID,
        written_at="t.outcome_on",
        later=True,
    ),
    Words(
        table="disbursement_returns",
        column="reason",
        kind="disbursement_return",
        person=_PAID,
        always="true",
    ),
    Words(
        table="payee_reports",
        column="decision_reason",
        kind="payee_report",
        person=_PAID,
        written_at="t.decided_at",
        later=True,
    ),
)


def upgrade() -> None:
    for words in _ALL:
        # The rules that named the column go with it.
        sealing.take(words)
    op.create_check_constraint(
        op.f("payee_agreements_ended_check"), "payee_agreements", "num_nulls(ended_on, ended_by) in (0, 2)"
    )


def downgrade() -> None:
    op.drop_constraint(op.f("payee_agreements_ended_check"), "payee_agreements", type_="check")
    for words in _ALL:
        sealing.give_back(words)
    for table in ("payee_accounts", "disbursement_returns"):
        op.alter_column(table, "reason", nullable=False)
    op.create_check_constraint(
        op.f("payee_agreements_ended_check"),
        "payee_agreements",
        "num_nulls(ended_on, ended_by, end_reason) in (0, 3)",
    )
    op.create_check_constraint(
        op.f("payment_items_failure_check"), "payment_items", "failure is null or outcome = 'failed'"
    )
