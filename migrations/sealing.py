"""Sealing: words about people leave the clear; no key is known to a migration, so the worker seals them."""

from dataclasses import dataclass

from alembic import op

from migrations import rights

UNREADABLE = "（加密保存）"
"""What stands, after a step back, for words that are under seal already."""


@dataclass(frozen=True, kw_only=True)
class Words:
    """A column of words, whom each row is about and when it was written, as SQL over `t`, the row."""

    table: str
    column: str
    kind: str
    person: str
    written_at: str = "t.created_at"
    # Words that every row has, or those for which this holds; and whether the service wrote them later.
    always: str = ""
    later: bool = False
    id: str = "id"

    @property
    def field(self) -> str:
        """The name under which the vault keeps them, but for the row's id."""
        return f"{self.kind}_reason:"


def take(words: Words) -> None:
    """Move words to where they wait for the worker, and drop their column.

    What was written before somebody was erased is gone with them; what came after is about nobody known.
    """
    op.execute(f"""
        insert into unsealed_values (person_id, field, value)
        select case when p.erased_at is null then w.person_id else w.id end, '{words.field}' || w.id, w.value
        from (
            select t.{words.id} as id, t.{words.column} as value, {words.person} as person_id, {words.written_at} as written_at
            from {words.table} t
        ) w
        left join vault_people p on p.id = w.person_id
        where w.value <> '{UNREADABLE}' and (p.erased_at is null or w.written_at > p.erased_at)
    """)
    op.execute(f"alter table {words.table} drop column {words.column}")


def give_back(words: Words) -> None:
    """Bring the column back, with what still waits; what is sealed stays so, and is read after the way up."""
    op.execute(f"alter table {words.table} add column {words.column} text")
    op.execute(f"alter table {words.table} disable trigger user")
    if words.always:
        op.execute(f"update {words.table} set {words.column} = '{UNREADABLE}' where {words.always}")
    op.execute(
        f"with waiting as (delete from unsealed_values where starts_with(field, '{words.field}') returning *)"
        f" update {words.table} t set {words.column} = w.value from waiting w"
        f" where w.field = '{words.field}' || t.{words.id}"
    )
    op.execute(f"alter table {words.table} enable trigger user")
    if words.later:
        op.execute(f"grant update ({words.column}) on {words.table} to {rights.SERVICE_ROLE}")
