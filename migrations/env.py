"""How a migration runs: one at a time, as the owner, never waiting long for a lock that the service holds."""

import importlib
import os
import pkgutil
from importlib.util import find_spec
from typing import Any

import sqlalchemy as sa
from alembic import context

import app
from app.kit.database import Base, driver_url

LOCK = 0x7A786C  # "zxl": two migrations of one database wait for each other

for feature in pkgutil.iter_modules(app.__path__, "app."):
    if feature.ispkg and find_spec(f"{feature.name}.models"):
        importlib.import_module(f"{feature.name}.models")


def ours(_object: Any, name: str | None, kind: str, _reflected: bool, _compare_to: Any) -> bool:
    """Leave the job queue's tables to procrastinate."""
    return not (kind == "table" and (name or "").startswith("procrastinate_"))


def run(connection: sa.Connection) -> None:
    """Run what the command asked for in one transaction."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        include_object=ours,
        compare_type=True,
        compare_server_default=False,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        connection.execute(sa.text("set local statement_timeout = 0"))
        # Before the limit on waiting, which would end this wait too: the migration ahead may take its time.
        connection.execute(sa.text("set local lock_timeout = 0"))
        connection.execute(sa.text("select pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        connection.execute(sa.text("set local lock_timeout = '5s'"))
        context.run_migrations()


def url() -> str:
    """Return the address of the database as its owner knows it."""
    given = context.config.attributes.get("url") or os.environ.get("ZHENGXINLU_MIGRATION_DATABASE_URL")
    return driver_url(given or os.environ["DATABASE_URL"])


connection = context.config.attributes.get("connection")
if connection is not None:
    run(connection)
else:
    engine = sa.create_engine(url(), poolclass=sa.NullPool)
    with engine.connect() as opened:
        run(opened)
    engine.dispose()
