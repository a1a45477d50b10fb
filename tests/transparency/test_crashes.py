"""Whatever is killed or restored: no gap, no second note of a size, no signature for a fork."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import func, select, text

from app.kit import embedded
from app.kit.database import Database
from app.kit.vault import Vault
from app.ledger import verification
from app.ledger.models import Entry
from app.transparency import heads, keyring, memory, publishing, signer
from app.transparency import verification as log_verification
from app.transparency.checkpoints import Checkpoint
from app.transparency.models import Leaf, PublishedCheckpoint
from tests.databases import ROOT, Cluster, migrate
from tests.transparency import logs

KILLS = 50


async def sound(database: Database, folder: Path) -> int:
    """Check that nothing of the log is missing or twice; return its size."""
    office = logs.office_in(folder)
    keys = [key.verifier for key in keyring.read(office.key_file, office.origin)]
    async with database.reading() as session:
        found = [check async for check in verification.checks(session, log_verification.CHECKS)]
        assert {check.name: check.offender for check in found if check.offender} == {}
        entries = await session.scalar(select(func.count()).select_from(Entry))
        sealed = await session.scalar(select(func.count()).where(Leaf.entry_id.is_not(None)))
        head = await heads.current(session)
        notes = (await session.scalars(select(PublishedCheckpoint.note))).all()
    assert sealed == entries
    sizes = [Checkpoint.opened(note, keys).size for note in notes]
    assert len(set(sizes)) == len(sizes)
    assert max(sizes) == head.size == memory.recall(office.memory_file).size
    return head.size


async def test_two_workers_killed_fifty_times_leave_no_gap_and_one_note_a_size(
    cluster: Cluster, committed: Database, fresh_database: str, tmp_path: Path
) -> None:
    office = logs.office_in(tmp_path)
    await signer.open_office(committed, office)
    command = [sys.executable, "-m", "tests.transparency.crashing", cluster.url(fresh_database)]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    running = await asyncio.create_subprocess_exec(
        *command, str(tmp_path), str(KILLS), cwd=ROOT, env=environment, stderr=subprocess.PIPE
    )
    _, said = await running.communicate()
    assert running.returncode == 0, said.decode()[-2000:]
    while await publishing.publish(committed, office):
        pass
    assert await sound(committed, tmp_path) > KILLS


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[Cluster]:
    """A server that was made anew: another identity, and transaction ids that begin again."""
    if os.geteuid() == 0:
        server = embedded.start(Path("/var/lib/zhengxinlu") / f"tests-elsewhere-{os.getpid()}")
        fresh = Cluster(server.url(role="superuser", database="postgres"))
        fresh.prepare_roles()
        yield fresh
        server.stop()
        embedded.remove(server)
        return
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        server = embedded.start(Path(folder) / "data")
        fresh = Cluster(server.url(role="superuser", database="postgres"))
        fresh.prepare_roles()
        yield fresh
        server.stop()


async def burn(database: Database) -> None:
    """Let the server number some thousand transactions."""
    async with database.writing() as session:
        await session.execute(text(_BURN))


_BURN = """
    do $$ begin
      create temp table burnt (number int) on commit drop;
      for number in 1..3000 loop
        begin
          insert into burnt values (number);
        exception when others then
          raise;
        end;
      end loop;
    end $$
"""


def restore(source: str, target: str) -> None:
    """Copy every row into a migrated database, as playing back a dump does: transaction ids and all."""
    with psycopg.connect(source) as old, psycopg.connect(target) as new:
        new.execute("set session_replication_role = replica")
        tables = old.execute(
            "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace and"
            " relname <> 'alembic_version' and not starts_with(relname, 'procrastinate_') order by relname"
        ).fetchall()
        # What the migrations put in is in the dump as well; all at once, as one table takes others along.
        names = sql.SQL(", ").join(sql.Identifier(table) for (table,) in tables)
        new.execute(sql.SQL("truncate {} cascade").format(names))
        for (table,) in tables:
            columns = old.execute(
                "select column_name from information_schema.columns where table_schema = 'public'"
                " and table_name = %s and is_generated = 'NEVER' order by ordinal_position",
                [table],
            ).fetchall()
            names = sql.SQL(", ").join(sql.Identifier(name) for (name,) in columns)
            where = sql.SQL("{} ({})").format(sql.Identifier(table), names)
            with (
                old.cursor().copy(sql.SQL("copy {} to stdout").format(where)) as reading,
                new.cursor().copy(sql.SQL("copy {} from stdin").format(where)) as writing,
            ):
                for block in reading:
                    writing.write(block)
        new.execute("select setval(pg_get_serial_sequence('logs', 'id'), (select max(id) from logs))")


async def test_a_logical_restore_into_a_fresh_cluster_goes_on_without_a_gap(
    cluster: Cluster,
    elsewhere: Cluster,
    committed: Database,
    fresh_database: str,
    tmp_path: Path,
    vault: Vault,
) -> None:
    office = logs.office_in(tmp_path)
    await signer.open_office(committed, office)
    # So that its transaction ids lie far ahead of what the fresh server will give out.
    await burn(committed)
    await logs.book(committed, 5)
    signed = await logs.sign(committed, office)
    await logs.book(committed, 3)

    name = "zxl_restored"
    elsewhere.create(name)
    migrate(elsewhere.url(name, "owner"))
    restore(cluster.url(fresh_database, "admin"), elsewhere.url(name, "admin"))
    restored = Database(elsewhere.url(name), pool_size=4, info={"vault": vault})
    try:
        async with restored.reading() as session:
            ahead = "select count(*) from entries where xid >= pg_snapshot_xmin(pg_current_snapshot())"
            assert await session.scalar(text(ahead)) == 8
        await logs.book(restored, 2)
        after = await logs.sign(restored, office)
        assert after.size > signed.size + 3
        # Until the fresh server's ids have passed those of the rows that were restored.
        passed = False
        while not passed:
            await burn(restored)
            await logs.book(restored, 1)
            await logs.sign(restored, office)
            async with restored.reading() as session:
                passed = not await session.scalar(text(ahead))
        while await publishing.publish(restored, office):
            pass
        await sound(restored, tmp_path)
    finally:
        await restored.close()
