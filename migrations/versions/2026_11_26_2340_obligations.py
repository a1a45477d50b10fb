"""Obligations: what is owed by the rules, what was filed for it, what overruled it, and thresholds."""

import sqlalchemy as sa
from alembic import op

from migrations import rights

revision = "obligations"
down_revision = "merchant_days"
branch_labels = None
depends_on = None

_KINDS = ("organization", "year", "campaign", "plan", "plan_change", "voucher", "trust", "trusteeship")
_CHECKS = {
    "rolled": "(due_on is null) = (rolled_on is null)",
    "order": "rolled_on >= due_on",
    "number": "number >= 0",
    "overridable": "mark in ('B', 'C') or (own_day_on is null and waived_reason is null)",
    "preparation": "(prepared_on is null) = (preparation is null)",
}


def _codes(name: str, *codes: str) -> sa.Enum:
    return sa.Enum(*codes, name=name, native_enum=False, create_constraint=True, length=40)


def _record() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
    )


def _of(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"{table}_obligation_id_fkey")
    return sa.ForeignKeyConstraint(["obligation_id"], ["obligations.id"], name=name)


def _organization(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"{table}_organization_id_fkey")
    return sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], name=name)


def upgrade() -> None:
    _obligations()
    _done()
    op.create_table(
        "disclosure_thresholds",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("rule_id", sa.Text(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        *_record(),
        sa.CheckConstraint(
            "amount_minor between 1 and 1000000000000000", name=op.f("disclosure_thresholds_amount_check")
        ),
        _organization("disclosure_thresholds"),
        sa.PrimaryKeyConstraint("id", name=op.f("disclosure_thresholds_pkey")),
        sa.UniqueConstraint(
            *("organization_id", "rule_id", "valid_from"),
            name=op.f("disclosure_thresholds_organization_id_rule_id_valid_from_key"),
        ),
    )
    op.create_table(
        "obligation_rounds",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=True),
        _organization("obligation_rounds"),
        sa.PrimaryKeyConstraint("organization_id", name=op.f("obligation_rounds_pkey")),
    )
    rights.append_only(
        "obligations",
        updating="regulation, mark, subject_kind, subject, trigger_on, due_on, rolled_on, complete, done_on,"
        " lapsed_on, prepared_on, preparation, filed_on, own_day_on, waived_reason",
    )
    rights.append_only("obligation_filings", updating="withdrawn_on, withdrawn_by, withdrawn_reason")
    rights.append_only("obligation_overrides", "disclosure_thresholds", "obligation_reminders")
    rights.append_only("obligation_rounds", updating="made_on")


def _obligations() -> None:
    op.create_table(
        "obligations",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("rule_id", sa.Text(), nullable=False),
        sa.Column("regulation", sa.Text(), nullable=False),
        sa.Column("mark", _codes("mark", "A", "A1", "B", "C"), nullable=False),
        sa.Column("subject_kind", _codes("subjectkind", *_KINDS), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("trigger_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("rolled_on", sa.Date(), nullable=True),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("lapsed_on", sa.Date(), nullable=True),
        sa.Column("prepared_on", sa.Date(), nullable=True),
        sa.Column("preparation", sa.Text(), nullable=True),
        sa.Column("filed_on", sa.Date(), nullable=True),
        sa.Column("own_day_on", sa.Date(), nullable=True),
        sa.Column("waived_reason", sa.Text(), nullable=True),
        sa.Column(
            "calendar_on",
            sa.Date(),
            sa.Computed("coalesce(own_day_on, due_on, date '9999-12-31')", persisted=True),
            nullable=False,
        ),
        *_record(),
        *(sa.CheckConstraint(rule, name=op.f(f"obligations_{name}_check")) for name, rule in _CHECKS.items()),
        _organization("obligations"),
        sa.PrimaryKeyConstraint("id", name=op.f("obligations_pkey")),
        sa.UniqueConstraint(
            *("organization_id", "rule_id", "subject_id", "number"),
            name=op.f("obligations_organization_id_rule_id_subject_id_number_key"),
        ),
    )
    op.create_index("obligations_calendar_idx", "obligations", ["organization_id", "calendar_on", "id"])


def _done() -> None:
    op.create_table(
        "obligation_filings",
        sa.Column("obligation_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("filed_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("reference", sa.Text(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_by", sa.Text(), nullable=True),
        sa.Column("withdrawn_reason", sa.Text(), nullable=True),
        *_record(),
        sa.CheckConstraint(
            "num_nonnulls(address, reference) > 0", name=op.f("obligation_filings_found_check")
        ),
        sa.CheckConstraint(
            "num_nonnulls(withdrawn_on, withdrawn_by, withdrawn_reason) in (0, 3)",
            name=op.f("obligation_filings_withdrawn_check"),
        ),
        _of("obligation_filings"),
        sa.PrimaryKeyConstraint("id", name=op.f("obligation_filings_pkey")),
    )
    op.create_index("obligation_filings_obligation_id_idx", "obligation_filings", ["obligation_id", "id"])
    op.create_table(
        "obligation_overrides",
        sa.Column("obligation_id", sa.Uuid(), nullable=False),
        sa.Column("kind", _codes("overridekind", "another_day", "not_applicable", "lifted"), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("day_on", sa.Date(), nullable=True),
        *_record(),
        sa.CheckConstraint(
            "(kind = 'another_day') = (day_on is not null)", name=op.f("obligation_overrides_day_check")
        ),
        _of("obligation_overrides"),
        sa.PrimaryKeyConstraint("id", name=op.f("obligation_overrides_pkey")),
    )
    op.create_index("obligation_overrides_obligation_id_idx", "obligation_overrides", ["obligation_id", "id"])
    op.create_table(
        "obligation_reminders",
        sa.Column("obligation_id", sa.Uuid(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("days_ahead", sa.BigInteger(), nullable=False),
        _of("obligation_reminders"),
        sa.PrimaryKeyConstraint(
            *("obligation_id", "due_on", "days_ahead"), name=op.f("obligation_reminders_pkey")
        ),
    )


def downgrade() -> None:
    for table in ("obligation_rounds", "disclosure_thresholds", "obligation_reminders"):
        op.drop_table(table)
    for table in ("obligation_overrides", "obligation_filings", "obligations"):
        op.drop_table(table)
