"""`verify` ends with success on sound books only, and names what breaks a promise on a line of its own."""

from pathlib import Path

import psycopg

from app.kit.database import Database
from tests.cli.commands import secrets, typed
from tests.databases import Cluster
from tests.factories import ledger as make


async def test_sound_books_end_with_success_and_a_changed_posting_is_named(
    cluster: Cluster, fresh_database: str, committed: Database
) -> None:
    async with committed.writing() as session:
        books = await make.books(session)
        fund = await make.fund(session, books)
        await make.gift(session, books, fund, 1000)
    given = secrets(cluster.url(fresh_database))

    sound, complaints = typed("verify", given=given)
    assert "✗" not in sound + complaints
    with psycopg.connect(cluster.url(fresh_database, "admin"), autocommit=True) as administrator:
        administrator.execute("set session_replication_role = replica")
        administrator.execute("update postings set amount = amount + 1")
    broken, complaints = typed("verify", given=given, status=1)

    assert "✗" in broken
    named = dict(line.split(": ", 1) for line in complaints.splitlines())
    assert {"counters", "balances"} <= set(named)
    assert str(fund.id) in named["counters"]


def test_a_demo_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    _, complaints = typed("verify", "--demo", str(tmp_path / "demo"), status=1)
    assert "no demo in" in complaints
    assert list(tmp_path.iterdir()) == []
