"""Migrations: up, down and up again; no drift; and what the service's role may never do."""

import asyncio
import os
import subprocess
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from alembic import command
from alembic.script import ScriptDirectory
from alembic.util import CommandError

import migrations
from app.cli import migrate as program
from tests.databases import Cluster, alembic_config
from tests.schemas import IN_WORDS, everything

APPENDED = (
    *("entries", "postings", "arrivals", "partner_gifts", "corrections"),
    *("leaves", "log_submissions", "log_checkpoints"),
)
KEPT = (*APPENDED, "accounts", "dimensions")
PROGRAM = (sys.executable, "-c", "from app.cli import main; main()")
# To lock a row PostgreSQL asks for the right to change something in it; a trigger refuses the change.
LOCKABLE = {"partner_gifts": {"their_id"}}


@pytest.fixture
def empty(cluster: Cluster) -> Iterator[str]:
    """The name of a database in which nothing has happened yet."""
    name = f"zxl_empty_{os.getpid()}"
    cluster.drop(name)
    cluster.create(name)
    yield name
    cluster.drop(name)


def test_up_down_and_up_again(cluster: Cluster, empty: str) -> None:
    url = cluster.url(empty, "owner")
    before = everything(url)
    program.to(url)
    fresh = everything(url)
    assert fresh != before
    program.to(url, "base")
    left = everything(url)
    assert left["relations"] == {"alembic_version r"}
    for kind in ("functions", "types", "triggers", "extensions"):
        assert left[kind] == before[kind], f"{kind} are left over at the beginning"
    program.to(url)
    again = everything(url)
    for kind in IN_WORDS:
        assert again[kind] == fresh[kind], f"{kind} differ after going down and up again"


def test_the_newest_step_is_the_one_that_alembic_knows() -> None:
    known = ScriptDirectory.from_config(alembic_config("postgresql://nowhere/none"))
    assert [migrations.head()] == known.get_heads()


def test_where_every_step_is_taken_nobody_is_waited_for(cluster: Cluster, empty: str) -> None:
    url = cluster.url(empty, "owner")
    program.where_needed(url)
    with psycopg.connect(url) as other:
        assert other.execute("select version_num from alembic_version").fetchall() == [(migrations.head(),)]
        # What somebody holds who migrates (migrations/env.py): Alembic would wait for them.
        other.execute("select pg_advisory_xact_lock(%s)", [0x7A786C])
        program.where_needed(url)
    with psycopg.connect(url) as other:
        other.execute("update alembic_version set version_num = 'elsewhere'")
    with pytest.raises(CommandError, match="elsewhere"):
        program.where_needed(url)


def test_every_step_can_be_taken_back_alone(cluster: Cluster, empty: str) -> None:
    url = cluster.url(empty, "owner")
    steps = [one.revision for one in ScriptDirectory.from_config(alembic_config(url)).walk_revisions()]
    assert len(steps) >= 6
    for revision in reversed(steps):
        program.to(url, revision)
        reached = everything(url)
        program.to(url, "-1")
        program.to(url, revision)
        assert everything(url) == reached, revision


def test_regions_that_stood_without_dates_get_them_and_the_former_codes_beside_them(
    cluster: Cluster, empty: str
) -> None:
    url = cluster.url(empty, "owner")
    told = "select * from regions order by code"
    # Not by way of the newest: one step back from there is another step with every migration that comes.
    program.to(url, "region_dates")
    with psycopg.connect(url) as connection:
        fresh = connection.execute(told).fetchall()
    program.to(url, "-1")
    with psycopg.connect(url) as connection:
        # As the program shipped them before: one former code, and no date.
        connection.execute("update regions set valid_from = null, valid_to = null")
        connection.execute("delete from regions where successor_code is not null and code <> '610125'")
    program.to(url, "region_dates")
    with psycopg.connect(url) as connection:
        assert connection.execute(told).fetchall() == fresh


def test_the_tables_are_what_the_models_say(cluster: Cluster, fresh_database: str) -> None:
    with warnings.catch_warnings():
        # SQLAlchemy reflects no xid8; the model names the type itself (kit/database.py).
        warnings.filterwarnings("ignore", message="Did not recognize type 'xid8' of column")
        command.check(alembic_config(cluster.url(fresh_database, "owner")))


def test_a_migrated_database_equals_a_fresh_one(cluster: Cluster, fresh_database: str, empty: str) -> None:
    """The template of all tests and what the program makes on its own are the same."""
    program.to(cluster.url(empty, "owner"))
    assert everything(cluster.url(empty, "owner")) == everything(cluster.url(fresh_database, "owner"))


@pytest.fixture
def service(cluster: Cluster, fresh_database: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(cluster.url(fresh_database), autocommit=True) as connection:
        yield connection


def rights(connection: psycopg.Connection, table: str) -> set[str]:
    rows = connection.execute(
        "select privilege_type from information_schema.table_privileges"
        " where table_schema = 'public' and table_name = %s and grantee in (current_user, 'PUBLIC')",
        [table],
    )
    return {kind for (kind,) in rows}


def columns(connection: psycopg.Connection, table: str, right: str) -> set[str]:
    rows = connection.execute(
        "select column_name from information_schema.column_privileges where table_schema = 'public'"
        " and table_name = %s and privilege_type = %s and grantee in (current_user, 'PUBLIC')",
        [table, right],
    )
    return {name for (name,) in rows}


@pytest.mark.parametrize("table", KEPT)
def test_the_service_can_add_and_read_but_not_change(service: psycopg.Connection, table: str) -> None:
    assert rights(service, table) == {"SELECT", "INSERT"}
    assert columns(service, table, "UPDATE") == LOCKABLE.get(table, set())


@pytest.mark.parametrize("table", APPENDED)
@pytest.mark.parametrize("change", ["delete from {}", "update {} set {} = {}", "truncate {} cascade"])
def test_not_even_the_owner_takes_anything_out(
    cluster: Cluster, fresh_database: str, table: str, change: str
) -> None:
    columns = {"partner_gifts": "their_id", "leaves": "log_id", "log_checkpoints": "log_id"}
    column = columns.get(table, "id")
    owner = psycopg.connect(cluster.url(fresh_database, "owner"), autocommit=True)
    with owner, pytest.raises(psycopg.Error, match="append-only"):
        owner.execute(change.format(table, column, column))


def test_what_the_service_may_lock_it_can_not_change(service: psycopg.Connection) -> None:
    with pytest.raises(psycopg.Error, match="append-only"):
        service.execute("update partner_gifts set their_id = their_id")


def test_the_service_reaches_every_table(service: psycopg.Connection) -> None:
    tables = [
        name
        for (name,) in service.execute(
            "select relname from pg_class c join pg_namespace n on n.oid = c.relnamespace"
            " where n.nspname = 'public' and c.relkind in ('r', 'p', 'v', 'm') order by 1"
        )
    ]
    assert len(tables) > 30
    out_of_reach = [table for table in tables if "SELECT" not in rights(service, table)]
    assert out_of_reach == []


def test_the_service_owns_nothing_and_makes_nothing(service: psycopg.Connection) -> None:
    owned = service.execute("select relname from pg_class where relowner = current_user::regrole").fetchall()
    assert owned == []
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        service.execute("create table public.mine (id int)")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        service.execute("set session_replication_role = replica")  # would switch every trigger off
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        service.execute("alter table entries disable trigger all")


async def test_a_second_migration_waits_for_the_first(cluster: Cluster, empty: str) -> None:
    """Longer than it waits for any other lock: a long migration is no reason to fail the next start."""
    url = cluster.url(empty, "owner")
    async with await psycopg.AsyncConnection.connect(url) as first:
        await first.execute("select pg_advisory_xact_lock(%s)", [0x7A786C])
        second = asyncio.create_task(asyncio.to_thread(program.to, url))
        await asyncio.sleep(5.6)
        waiting = await first.execute(
            "select count(*) from pg_locks where locktype = 'advisory' and not granted"
            " and database = (select oid from pg_database where datname = current_database())"
        )
        assert await waiting.fetchone() == (1,)
        assert not second.done()
    await asyncio.wait_for(second, 60)
    assert "entries r" in everything(url)["relations"]


def test_a_migration_that_meets_a_long_transaction_gives_up_and_changes_nothing(
    cluster: Cluster, empty: str
) -> None:
    url = cluster.url(empty, "owner")
    program.to(url)
    program.to(url, "-1")
    before = everything(url)
    with psycopg.connect(url) as busy:
        # Everything can be read meanwhile, and the step's own changes be made; it ends by noting itself.
        busy.execute("lock table alembic_version in exclusive mode")
        ran = run(url)
    assert ran.returncode == 75, ran.stderr
    assert "run it again" in ran.stderr
    assert everything(url) == before
    assert run(url).returncode == 0


async def test_two_migrations_at_once_both_succeed(cluster: Cluster, empty: str) -> None:
    # Processes: alembic keeps the migration that runs in a global of its own.
    runs = [asyncio.to_thread(run, cluster.url(empty, "owner")) for _ in range(2)]
    for ran in await asyncio.gather(*runs):
        assert ran.returncode == 0, ran.stderr
    with psycopg.connect(cluster.url(empty, "owner")) as connection:
        assert connection.execute("select count(*) from alembic_version").fetchone() == (1,)


def run(url: str, *arguments: str, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*PROGRAM, "migrate", *arguments],
        env={"PATH": os.environ["PATH"], "ZHENGXINLU_MIGRATION_DATABASE_URL": url},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_program_without_a_checkout_migrates_too(cluster: Cluster, empty: str, tmp_path: Path) -> None:
    url = cluster.url(empty, "owner")
    ran = run(url, folder=tmp_path)
    assert (ran.returncode, ran.stderr.strip()) == (0, "migrated to head")
    reached = everything(url)
    assert run(url, "--", "-1", folder=tmp_path).returncode == 0
    assert everything(url) != reached
    assert run(url, folder=tmp_path).returncode == 0
    assert everything(url) == reached


def test_migrate_says_what_it_lacks(tmp_path: Path) -> None:
    ran = subprocess.run(
        [*PROGRAM, "migrate"],
        env={"PATH": os.environ["PATH"]},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 78
    assert "ZHENGXINLU_MIGRATION_DATABASE_URL" in ran.stderr
    assert "Traceback" not in ran.stderr
