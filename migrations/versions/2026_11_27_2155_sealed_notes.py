"""Sealed notes: why a pledge was given up, and what staff noted of receipts and agreements, leave the clear."""

from alembic import op

from migrations import sealing
from migrations.sealing import Words

revision = "sealed_notes"
down_revision = "sealed_reviews"
branch_labels = None
depends_on = None

_HOLDER_OF_LOSS = "coalesce((select r.person_id from receipts r where r.id = t.receipt_id), t.id)"
_PLEDGES = Words(
    table="pledges",
    column="written_off_reason",
    kind="pledge",
    person="t.person_id",
    written_at="t.written_off_on",
    always="written_off_on is not null",
    later=True,
)
_RECEIPTS = Words(
    table="receipts",
    column="note",
    kind="receipt",
    person="t.person_id",
    written_at="coalesce(t.reversal_at, t.created_at)",
    always="exists (select from vault_values v where v.field = 'receipt_reason:' || receipts.id)",
    later=True,
)
_LOSSES = Words(
    table="receipt_losses",
    column="circumstances",
    kind="receipt_loss",
    person=_HOLDER_OF_LOSS,
    always="true",
)
_WITHDRAWALS = Words(
    table="receipt_losses",
    column="withdrawn_reason",
    kind="receipt_loss_withdrawal",
    person=_HOLDER_OF_LOSS,
    written_at="t.withdrawn_on",
    always="withdrawn_on is not null",
    later=True,
)
_AGREEMENTS = Words(
    table="donation_agreements",
    column="review_reason",
    kind="agreement_review",
    person="t.id",
    written_at="t.reviewed_on",
    always="reviewed_on is not null",
    later=True,
)
_ALL = (_PLEDGES, _RECEIPTS, _LOSSES, _WITHDRAWALS, _AGREEMENTS)
_CHECKS = {
    "pledges": ("written_off", "(written_off_on is null) = (written_off_by is null)"),
    "receipt_losses": ("withdrawn", "(withdrawn_on is null) = (withdrawn_by is null)"),
    "donation_agreements": ("review", "(reviewed_by is null) = (reviewed_on is null)"),
}
_CHECKS_BEFORE = {
    "pledges": ("written_off", "num_nulls(written_off_on, written_off_reason, written_off_by) in (0, 3)"),
    "receipt_losses": ("withdrawn", "num_nonnulls(withdrawn_on, withdrawn_by, withdrawn_reason) in (0, 3)"),
    "donation_agreements": ("review", "num_nulls(reviewed_by, reviewed_on, review_reason) in (0, 3)"),
}


def upgrade() -> None:
    for words in _ALL:
        # The rules that named the column go with it.
        sealing.take(words)
    _check(_CHECKS)


def downgrade() -> None:
    for table, (name, _) in _CHECKS.items():
        op.drop_constraint(op.f(f"{table}_{name}_check"), table, type_="check")
    for words in _ALL:
        sealing.give_back(words)
    op.alter_column("receipt_losses", "circumstances", nullable=False)
    _check(_CHECKS_BEFORE)


def _check(checks: dict[str, tuple[str, str]]) -> None:
    for table, (name, rule) in checks.items():
        op.create_check_constraint(op.f(f"{table}_{name}_check"), table, rule)
