"""Bulk: many rows in one statement, as arrays that PostgreSQL unfolds, straight through the driver.

One parameter per column instead of one per value, and none of the ORM's work per statement: a batch of gifts
takes a dozen statements, and half of its time would go there (docs/decisions/0015-bulk-statements.md).
"""

import re
from collections.abc import AsyncIterator, Collection, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple, cast

import psycopg
from psycopg.pq import TransactionStatus
from psycopg.rows import namedtuple_row
from sqlalchemy import Table
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import DeclarativeBase

from app.kit.arrays import array, packed
from app.kit.database import ReadSession, WriteSession

__all__ = ["Statement", "array", "copy", "insert", "inserting", "run", "together"]

_DIALECT = postgresql.dialect()
_CAST = re.compile(r"%\((\w+)\)s::(\w+)\[\]")
_SPELLINGS = {"timestamp with time zone": "timestamptz", "boolean": "bool"}


class Statement(NamedTuple):
    """A statement and its parameters, each an array with a cast in the text: `%(ids)s::uuid[]`."""

    text: str
    columns: Mapping[str, Collection[object]]


async def run(session: ReadSession, statement: str, columns: Mapping[str, Collection[object]]) -> list[Any]:
    """Run one statement whose parameters are arrays; return its rows as named tuples, if it has any.

    Its errors are SQLAlchemy's, like those of every other statement of the session.
    """
    [rows] = await together(session, [Statement(statement, columns)])
    return rows


async def together(session: ReadSession, statements: Iterable[Statement]) -> list[list[Any]]:
    """Run statements in their order with a single wait for all; return the rows of each.

    They may be made one by one while they are asked for: the server works on the first while the next is
    made. A statement over empty columns is not sent. If one is refused, those after it have no effect.
    """
    if session.new or session.dirty:
        await session.flush()
    driver = await _driver(session)
    sent: list[tuple[Statement, psycopg.AsyncCursor[Any] | None]] = []
    alone = isinstance(statements, list) and len(statements) == 1
    try:
        if alone and driver.info.transaction_status == TransactionStatus.INTRANS:
            await _send(driver, statements, sent)
        else:
            # In a pipeline the server works through the statements while this process serves others; the
            # first statement of a transaction brings its BEGIN along.
            async with driver.pipeline():
                await _send(driver, statements, sent)
        return [await _rows(cursor) for _, cursor in sent]
    except psycopg.Error as error:
        raise DBAPIError.instance(
            "; ".join(one.text for one, _ in sent),
            None,
            error,
            psycopg.Error,
            hide_parameters=True,
            connection_invalidated=driver.closed,
        ) from error


async def _send(
    driver: psycopg.AsyncConnection[Any],
    statements: Iterable[Statement],
    sent: list[tuple[Statement, psycopg.AsyncCursor[Any] | None]],
) -> None:
    for statement in statements:
        cursor = None
        if any(map(len, statement.columns.values())):
            kinds = _kinds(statement.text)
            given = {name: packed(kinds[name], column) for name, column in statement.columns.items()}
            cursor = driver.cursor(row_factory=namedtuple_row)
            sent.append((statement, cursor))
            await cursor.execute(statement.text.encode(), given, prepare=True)
        else:
            sent.append((statement, None))


async def _rows(cursor: psycopg.AsyncCursor[Any] | None) -> list[Any]:
    return await cursor.fetchall() if cursor and cursor.description else []


@cache
def _kinds(text: str) -> dict[str, str]:
    return dict(_CAST.findall(text))


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
    [rows] = await together(session, [inserting(table, columns, then=then)])
    return rows


async def copy(
    session: WriteSession,
    table: type[DeclarativeBase],
    names: Sequence[str],
    rows: AsyncIterator[Sequence[object]],
) -> None:
    """Stream rows into a table with COPY, one at a time in memory; an error of theirs ends it."""
    driver = await _driver(session)
    statement = f"copy {cast('Table', table.__table__).name} ({', '.join(names)}) from stdin"
    try:
        async with driver.cursor() as cursor, cursor.copy(statement.encode()) as writer:
            async for row in rows:
                await writer.write_row(row)
    except psycopg.Error as error:
        raise DBAPIError.instance(
            statement, None, error, psycopg.Error, hide_parameters=True, connection_invalidated=driver.closed
        ) from error


def inserting(
    table: type[DeclarativeBase], columns: Mapping[str, Sequence[object]], *, then: str = ""
) -> Statement:
    """Return the statement that inserts these rows, to be run together with others."""
    return Statement(_insert(cast("Table", table.__table__), tuple(columns), then), columns)


@cache
def _insert(table: Table, names: tuple[str, ...], then: str) -> str:
    arrays = ", ".join(f"%({name})s::{_type(table, name)}[]" for name in names)
    return f"insert into {table.name} ({', '.join(names)}) select * from unnest({arrays}) {then}"  # noqa: S608


def _type(table: Table, name: str) -> str:
    kind = table.c[name].type.compile(_DIALECT).lower()
    return "text" if kind.startswith("varchar") else _SPELLINGS.get(kind, kind)
