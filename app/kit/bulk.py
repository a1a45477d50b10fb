"""Bulk: many rows in one statement, as arrays that PostgreSQL unfolds, straight through the driver.

One parameter per column instead of one per value, and none of the ORM's work per statement: a batch of gifts
takes a dozen statements, and half of its time would go there (docs/decisions/0015-bulk-statements.md).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, cast
from uuid import UUID

import psycopg
from psycopg.rows import namedtuple_row
from sqlalchemy import Table
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import DeclarativeBase

from app.kit.database import ReadSession, WriteSession

_DIALECT = postgresql.dialect()
_UNSEEN = object()


def array(values: Iterable[object]) -> str:
    """Write values as the text of a PostgreSQL array, to be cast to the array's type."""
    items: list[str] = []
    last, written = _UNSEEN, ""
    for value in values:
        # Many columns hold one and the same object in every row: it is written once.
        if value is not last:
            last, written = value, _WRITERS.get(type(value), _quoted)(value)
        items.append(written)
    return "{" + ",".join(items) + "}"


def _quoted(value: Any) -> str:  # noqa: ANN401 - whatever else there is, by its text
    return '"' + str(value).replace("\\", "\\\\").replace('"', '\\"') + '"'


def _moment(value: datetime) -> str:
    return value.isoformat()


_WRITERS: dict[type, Callable[[Any], str]] = {
    type(None): lambda _: "NULL",
    UUID: lambda value: value.hex,
    bytes: lambda value: f'"\\\\x{value.hex()}"',
    bool: lambda value: "t" if value else "f",
    int: str,
    datetime: _moment,
    date: _moment,
}


async def run(session: ReadSession, statement: str, columns: Mapping[str, Iterable[object]]) -> list[Any]:
    """Run one statement whose parameters are arrays; return its rows as named tuples, if it has any.

    Its errors are SQLAlchemy's, like those of every other statement of the session.
    """
    if session.new or session.dirty:
        await session.flush()
    driver = await _driver(session)
    try:
        cursor = driver.cursor(row_factory=namedtuple_row)
        await cursor.execute(
            statement.encode(), {name: array(column) for name, column in columns.items()}, prepare=True
        )
        return await cursor.fetchall() if cursor.description else []
    except psycopg.Error as error:
        raise DBAPIError.instance(
            statement, None, error, psycopg.Error, hide_parameters=True, connection_invalidated=driver.closed
        ) from error


async def _driver(session: ReadSession) -> psycopg.AsyncConnection[Any]:
    known = session.info.get("driver")
    if known is None or known[0] is not session.get_transaction():
        connection = await session.connection()
        raw = await connection.get_raw_connection()
        known = session.info["driver"] = (session.get_transaction(), raw.driver_connection)
    return cast("psycopg.AsyncConnection[Any]", known[1])


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
    return await run(session, _insert(cast("Table", table.__table__), tuple(columns), then), columns)


@cache
def _insert(table: Table, names: tuple[str, ...], then: str) -> str:
    arrays = ", ".join(f"%({name})s::{_type(table, name)}[]" for name in names)
    return f"insert into {table.name} ({', '.join(names)}) select * from unnest({arrays}) {then}"  # noqa: S608


def _type(table: Table, name: str) -> str:
    kind = table.c[name].type.compile(_DIALECT)
    return "text" if kind.startswith("VARCHAR") else kind
