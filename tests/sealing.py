"""Words in clear, as an earlier version kept them: taken out by a migration, and sealed by the worker."""

from collections.abc import Sequence

import psycopg
from alembic import command

from app import worker
from app.cli import migrate as program
from app.kit.database import Database
from migrations.sealing import UNREADABLE
from tests.databases import alembic_config
from tests.fundraising.test_reasons import WHY, places_in_clear

__all__ = ["WHY", "Column", "places_in_clear", "seal_again"]

Column = tuple[str, str, str]
"""A table, its column of words, and which of its rows have some."""


async def seal_again(url: str, database: Database, revision: str, columns: Sequence[Column]) -> None:
    """Go below a revision, write words into its columns, and come up again: the worker seals them all.

    What was sealed is no longer readable in the column; what waits comes back on the way down.
    """
    command.downgrade(alembic_config(url), f"{revision}-1")
    with psycopg.connect(url, autocommit=True) as owner:
        for table, column, where in columns:
            assert _in_clear(owner, table, column) <= {UNREADABLE, None}
            owner.execute(f"alter table {table} disable trigger user")
            changed = owner.execute(f"update {table} set {column} = %s where {where}", [WHY])
            assert changed.rowcount > 0
            owner.execute(f"alter table {table} enable trigger user")
    program.to(url)
    command.downgrade(alembic_config(url), f"{revision}-1")
    with psycopg.connect(url) as owner:
        for table, column, _ in columns:
            assert WHY in _in_clear(owner, table, column)
    program.to(url)
    sweep = {"unsealed_words": worker.sweeps(worker.ANSWERS_KEPT)["unsealed_words"]}
    assert await worker.once(database, sweep) == []
    async with database.reading() as session:
        assert await places_in_clear(session) == []


def _in_clear(owner: psycopg.Connection, table: str, column: str) -> set[str | None]:
    return {row[0] for row in owner.execute(f"select distinct {column} from {table}").fetchall()}
