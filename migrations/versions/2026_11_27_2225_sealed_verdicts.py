"""Sealed verdicts: why steps of requests were decided as they were leaves the clear; the worker seals it."""

import sqlalchemy as sa
from alembic import op

from migrations.sealing import UNREADABLE

revision = "sealed_verdicts"
down_revision = "sealed_notes_of_the_books"
branch_labels = None
depends_on = None

_TAKE = f"""
insert into unsealed_values (person_id, field, value)
select approval_id, 'step_' || number || '_reason', reason from approval_decisions
where reason is not null and reason <> '{UNREADABLE}'
"""
_GIVE_BACK = f"""
update approval_decisions set reason = '{UNREADABLE}' where verdict <> 'approve';
with waiting as (delete from unsealed_values where field ~ '^step_[0-9]+_reason$' returning *)
update approval_decisions t set reason = w.value from waiting w
where w.person_id = t.approval_id and w.field = 'step_' || t.number || '_reason'
"""


def upgrade() -> None:
    op.execute(_TAKE)
    # The rules that named the column go with it.
    op.drop_column("approval_decisions", "reason")


def downgrade() -> None:
    op.add_column("approval_decisions", sa.Column("reason", sa.Text(), nullable=True))
    op.execute("alter table approval_decisions disable trigger user")
    for statement in _GIVE_BACK.split(";"):
        op.execute(statement)
    op.execute("alter table approval_decisions enable trigger user")
    op.create_check_constraint(
        op.f("approval_decisions_reason_check"),
        "approval_decisions",
        "verdict = 'approve' or reason is not null",
    )
    op.create_check_constraint(op.f("approval_decisions_words_check"), "approval_decisions", "reason <> ''")
