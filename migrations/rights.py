"""Rights: what the service's role may do with a table. The owner of the tables is another role, which only migrates."""

import os
import re

from alembic import op

SERVICE_ROLE = os.environ.get("ZHENGXINLU_SERVICE_ROLE", "zhengxinlu_service")
if not re.fullmatch(r"[a-z_][a-z0-9_]{0,62}", SERVICE_ROLE):
    raise ValueError(f"not a role's name: {SERVICE_ROLE!r}")


def writable(*tables: str) -> None:
    """Let the service do everything with the rows of these tables."""
    for table in tables:
        op.execute(f"grant select, insert, update, delete on {table} to {SERVICE_ROLE}")


def append_only(*tables: str, updating: str = "") -> None:
    """Let the service read and add rows; refuse it, and everybody else, to change or delete them.

    `updating` names the columns that may advance all the same ("a, b"); then UPDATE is left to column grants.
    """
    for table in tables:
        op.execute(f"grant select, insert on {table} to {SERVICE_ROLE}")
        if updating:
            op.execute(f"grant update ({updating}) on {table} to {SERVICE_ROLE}")
        refused = "delete or truncate" if updating else "update or delete or truncate"
        op.execute(
            f"create trigger {table}_append_only before {refused} on {table}"
            " for each statement execute function refuse_change()"
        )


def lockable(table: str, column: str) -> None:
    """Let the service lock rows (SELECT ... FOR UPDATE), which asks for the right to update some column.

    On an append-only table the trigger refuses the update itself all the same.
    """
    op.execute(f"grant update ({column}) on {table} to {SERVICE_ROLE}")


def readable(*tables: str) -> None:
    """Let the service only read these tables."""
    for table in tables:
        op.execute(f"grant select on {table} to {SERVICE_ROLE}")
