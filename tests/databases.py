"""Databases for tests: one real server, one migrated template, cheap clones of it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
from alembic import command
from alembic.config import Config
from psycopg import sql
from sqlalchemy import make_url

ROOT = Path(__file__).parent.parent
ROLES = ("zhengxinlu_owner", "zhengxinlu_service")
# Whether statistics have been gathered meanwhile must not decide which plan a test sees.
SETTINGS = {"autovacuum": "off"}


@dataclass(frozen=True)
class Cluster:
    """A running server, as its administrator knows it."""

    admin_url: str

    def url(self, database: str, role: str = "service") -> str:
        url = make_url(self.admin_url).set(database=database, drivername="postgresql")
        if role != "admin":
            url = url.set(username=f"zhengxinlu_{role}", password="test")
        # Nor does it end a test that a machine stands still while a connection is made.
        return url.update_query_dict({"connect_timeout": "120"}).render_as_string(hide_password=False)

    def run(self, statement: sql.Composable) -> None:
        with psycopg.connect(self.admin_url, autocommit=True) as connection:
            connection.execute(statement)

    def prepare_roles(self) -> None:
        with psycopg.connect(self.admin_url, autocommit=True) as connection:
            # Several processes of one run may share a server: one after the other, until each hangs up.
            connection.execute("select pg_advisory_lock(1)")
            for role in ROLES:
                exists = connection.execute("select 1 from pg_roles where rolname = %s", [role]).fetchone()
                verb = "alter" if exists else "create"
                statement = sql.SQL(f"{verb} role {{}} login password 'test'")
                connection.execute(statement.format(sql.Identifier(role)))
                # A machine that stands still for half a minute ends no test; the service's own limits are
                # those of the embedded database, and tested there.
                for limit in ("idle_in_transaction_session_timeout", "statement_timeout", "lock_timeout"):
                    patient = sql.SQL("alter role {} set {} = '2min'")
                    connection.execute(patient.format(sql.Identifier(role), sql.Identifier(limit)))

    def create(self, name: str, *, template: str = "template0") -> None:
        self.run(
            sql.SQL("create database {} template {} owner zhengxinlu_owner").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )

    def drop(self, name: str) -> None:
        self.run(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))


def alembic_config(owner_url: str) -> Config:
    config = Config(ROOT / "alembic.ini")
    config.attributes["url"] = owner_url
    return config


def migrate(owner_url: str, revision: str = "head") -> None:
    command.upgrade(alembic_config(owner_url), revision)


@contextmanager
def running_cluster() -> Iterator[Cluster]:
    """TEST_DATABASE_URL (of a role that may create roles and databases) if set, else the embedded server."""
    if url := os.environ.get("TEST_DATABASE_URL"):
        yield Cluster(url)
        return
    from app.kit import embedded

    if os.geteuid() == 0:
        server = embedded.start(Path("/var/lib/zhengxinlu") / f"tests-{os.getpid()}", settings=SETTINGS)
        try:
            yield Cluster(server.url(role="superuser", database="postgres"))
        finally:
            server.stop()
            embedded.remove(server)
        return
    with TemporaryDirectory() as folder:
        server = embedded.start(Path(folder) / "data", settings=SETTINGS)
        try:
            yield Cluster(server.url(role="superuser", database="postgres"))
        finally:
            server.stop()
