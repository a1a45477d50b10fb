"""Bulk: many rows in one statement, as arrays that PostgreSQL unfolds.

One parameter per column instead of one per value: a thousand rows cost the driver a dozen strings.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Table, TextClause, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import DeclarativeBase

from app.kit.database import WriteSession

_DIALECT = postgresql.dialect()


def array(values: Iterable[object]) -> str:
    """Write values as the text of a PostgreSQL array, to be cast to the array's type."""
    return "{" + ",".join([_item(value) for value in values]) + "}"


def _item(value: object) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, bytes):
        return f'"\\\\x{value.hex()}"'
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, int):
        return str(int(value))
    if isinstance(value, datetime | date):
        return f'"{value.isoformat()}"'
    return '"' + str(value).replace("\\", "\\\\").replace('"', '\\"') + '"'


async def insert(
    session: WriteSession,
    table: type[DeclarativeBase],
    columns: Mapping[str, Sequence[object]],
    *,
    then: str = "",
) -> Sequence[Any]:
    """Insert rows given as columns of equal length; `then` may add ON CONFLICT or RETURNING.

    Rows keep their order, so that a caller who sorts by the unique key takes its locks in that order.
    """
    if not next(iter(columns.values())):
        return []
    statement = _insert(cast("Table", table.__table__), tuple(columns), then)
    result = await session.execute(statement, {name: array(values) for name, values in columns.items()})
    return result.all() if "returning" in then else []


@cache
def _insert(table: Table, names: tuple[str, ...], then: str) -> TextClause:
    arrays = ", ".join(f"cast(:{name} as {_type(table, name)}[])" for name in names)
    listed = ", ".join(names)
    return text(f"insert into {table.name} ({listed}) select * from unnest({arrays}) {then}")  # noqa: S608


def _type(table: Table, name: str) -> str:
    kind = table.c[name].type.compile(_DIALECT)
    return "text" if kind.startswith("VARCHAR") else kind
