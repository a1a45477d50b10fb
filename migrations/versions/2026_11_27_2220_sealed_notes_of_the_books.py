"""Sealed notes of the books: what was noted of persons paid, and of whom bank lines tell, leaves the clear."""

from alembic import op

from migrations import sealing
from migrations.sealing import Words

revision = "sealed_notes_of_the_books"
down_revision = "sealed_words_of_officers"
branch_labels = None
depends_on = None

_TOLD_OF = "(select l.person_id from bank_lines l where l.id = t.line_id)"
_ALL = (
    Words(table="bank_decisions", column="note", kind="bank_decision", person=_TOLD_OF),
    Words(
        table="bank_matches",
        column="undone_because",
        kind="bank_match",
        person=_TOLD_OF,
        written_at="t.undone_at",
        always="undone_at is not null",
        later=True,
    ),
)
# Of a firm, a school or a village the note stays where it is.
_TAKE = """
insert into unsealed_values (person_id, field, value)
select c.id, 'counterparty_note', c.note from counterparties c left join vault_people p on p.id = c.id
where c.kind = 'person' and c.note is not null and p.erased_at is null
"""
_GIVE_BACK = """
with waiting as (delete from unsealed_values where field = 'counterparty_note' returning *)
update counterparties c set note = w.value from waiting w where w.person_id = c.id
"""


def upgrade() -> None:
    for words in _ALL:
        # The rules that named the column go with it.
        sealing.take(words)
    op.create_check_constraint("undoer", "bank_matches", "num_nulls(undone_at, undone_by) in (0, 2)")
    op.execute(_TAKE)
    op.execute("update counterparties set note = null where kind = 'person'")
    op.create_check_constraint("note", "counterparties", "note is null or kind <> 'person'")


def downgrade() -> None:
    op.drop_constraint(op.f("counterparties_note_check"), "counterparties", type_="check")
    op.execute(_GIVE_BACK)
    op.drop_constraint(op.f("bank_matches_undoer_check"), "bank_matches", type_="check")
    for words in _ALL:
        sealing.give_back(words)
    op.create_check_constraint(
        "undone", "bank_matches", "num_nulls(undone_at, undone_by, undone_because) in (0, 3)"
    )
