"""The list of the erased outlives a restore: whom a backup brought back is erased again by one command."""

import asyncio
from pathlib import Path

import psycopg

from app.kit.database import Database
from tests.audit.books import audited
from tests.cli.commands import secrets, typed
from tests.databases import Cluster

LEFT = """
    select (select count(*) from vault_people where erased_at is not null),
           (select count(*) from donations where sealed is not null)
    """


def left(url: str) -> tuple[int, int]:
    """How many are erased, and of how many gifts something can still be read."""
    with psycopg.connect(url) as connection:
        return connection.execute(LEFT).fetchone()


async def test_whom_a_restore_brings_back_is_erased_again(
    cluster: Cluster, fresh_database: str, committed: Database, tmp_path: Path
) -> None:
    books = await audited(committed, tmp_path)
    [code, _] = await books.give(books.ours, 100_00, 200_00)
    await committed.close()
    before = left(cluster.url(fresh_database))
    backup = f"{fresh_database}_backup"
    cluster.create(backup, template=fresh_database)
    try:
        listed = tmp_path / "erased.csv"
        given = secrets(cluster.url(fresh_database))
        await asyncio.to_thread(typed, "erasures", "erase", code, "--list", str(listed), given=given)
        assert len(listed.read_text().splitlines()) == before[0] + 1
        erased = left(cluster.url(fresh_database))
        assert erased == (before[0] + 1, before[1] - 1)

        restored = secrets(cluster.url(backup))
        assert left(cluster.url(backup)) == before
        _, said = await asyncio.to_thread(typed, "erasures", "replay", str(listed), given=restored)
        assert said.split()[0] == "1"
        assert left(cluster.url(backup)) == erased
        _, again = await asyncio.to_thread(typed, "erasures", "replay", str(listed), given=restored)
        assert again.split()[0] == "0"
        shown, _ = await asyncio.to_thread(typed, "verify", given=restored)
        assert "✗" not in shown
        assert "commitments" in shown or "承诺" in shown
    finally:
        cluster.drop(backup)
