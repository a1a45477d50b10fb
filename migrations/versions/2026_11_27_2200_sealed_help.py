"""Sealed help: why a benefit was taken back and why somebody left an aid case go under the helped person's seal."""

from alembic import op

from migrations import sealing
from migrations.sealing import Words

revision = "sealed_help"
down_revision = "sealed_notes"
branch_labels = None
depends_on = None

_BENEFITS = Words(
    table="benefits",
    column="void_reason",
    kind="benefit",
    # Of people who are only counted nobody is known: a key of the line's own.
    person="coalesce(t.beneficiary_id, t.id)",
    written_at="t.voided_at",
    always="voided_at is not null",
    later=True,
)
_RECUSALS = Words(
    table="aid_case_people",
    column="recusal_reason",
    kind="aid_case_recusal",
    person="(select c.beneficiary_id from aid_cases c where c.id = t.case_id)",
    written_at="t.recused_at",
    always="recused_at is not null",
    later=True,
)


def upgrade() -> None:
    for words in (_BENEFITS, _RECUSALS):
        # The rules that named the column go with it.
        sealing.take(words)
    op.create_check_constraint(
        op.f("benefits_voided_check"), "benefits", "num_nulls(voided_at, voided_by) in (0, 2)"
    )


def downgrade() -> None:
    op.drop_constraint(op.f("benefits_voided_check"), "benefits", type_="check")
    for words in (_BENEFITS, _RECUSALS):
        sealing.give_back(words)
    op.create_check_constraint(
        op.f("benefits_voided_check"), "benefits", "num_nulls(voided_at, voided_by, void_reason) in (0, 3)"
    )
    op.create_check_constraint(
        op.f("aid_case_people_recused_check"),
        "aid_case_people",
        "(recused_at is null) = (recusal_reason is null)",
    )
