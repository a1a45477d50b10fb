"""Migrate: bring the database to what this version of the program needs."""

from pathlib import Path
from typing import Annotated

import psycopg
import typer

import migrations
from app.cli import context


def migrate(
    revision: Annotated[str, typer.Argument(help="Where to: head, a revision, or base.")] = "head",
) -> None:
    """Migrate the database as the role that owns it (ZHENGXINLU_MIGRATION_DATABASE_URL)."""
    from alembic.util import CommandError

    with context.in_words():
        try:
            to(context.owner_url(), revision)
        except CommandError as error:
            context.fail(str(error))
    context.err().print(f"migrated to {revision}", style="green")


def to(url: str, revision: str = "head") -> None:
    """Migrate the database at `url`, up or down; two at once wait for each other."""
    # Here and not above: it takes a while to read, and where nothing is to be done it is not needed.
    from alembic import command
    from alembic.config import Config

    config = Config()
    # From the package and not from alembic.ini: an installed program has no checkout beside it.
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    config.attributes["url"] = url
    (command.downgrade if revision.startswith("-") or revision == "base" else command.upgrade)(
        config, revision
    )


def where_needed(url: str) -> None:
    """Migrate the database at `url`, unless it has every step: nobody is waited for, and no step is read."""
    with psycopg.connect(url) as owner:
        [[begun]] = owner.execute("select to_regclass('alembic_version') is not null").fetchall()
        at = owner.execute("select version_num from alembic_version").fetchall() if begun else []
    if at != [(migrations.head(),)]:
        to(url)
