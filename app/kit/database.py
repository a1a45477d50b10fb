"""The database: how tables are declared and how a transaction is opened."""

import enum
from collections.abc import AsyncGenerator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime
from time import monotonic
from typing import Annotated, Protocol, cast
from uuid import UUID

import psycopg
from fastapi import Depends, Request
from sqlalchemy import BigInteger, DateTime, Enum, Index, LargeBinary, MetaData, Text, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import UserDefinedType

from app.kit.clock import now
from app.kit.ids import new_id

RESTED_SECONDS = 1.0

# What ends the wait for a server that is gone without a word; the URL may say otherwise. No query, report or
# COPY is cut: however long it takes, the server's kernel confirms what we sent and answers our probes. Only
# what nobody confirms, or takes off us, for half a minute counts. On a Unix socket libpq heeds but the first.
PATIENCE: Mapping[str, int] = {
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 4,
    "tcp_user_timeout": 30_000,  # milliseconds
}


class ReadSession(AsyncSession):
    """A session that may only look: PostgreSQL itself refuses its writes."""


class WriteSession(ReadSession):
    """A session that may change things; whoever opened it commits, nobody else."""


NAMES = {
    "pk": "%(table_name)s_pkey",
    "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
    "uq": "%(table_name)s_%(column_0_N_name)s_key",
    "ix": "%(table_name)s_%(column_0_N_name)s_idx",
    "ck": "%(table_name)s_%(constraint_name)s_check",
}


def _values(members: type[enum.StrEnum]) -> list[str]:
    return [member.value for member in members]


class Xid8(UserDefinedType[str]):
    """PostgreSQL's 64-bit transaction id."""

    cache_ok = True

    def get_col_spec(self, **_: object) -> str:
        """Return the type's name in DDL."""
        return "xid8"


class Base(MappedAsDataclass, DeclarativeBase, kw_only=True, eq=False):
    """Every table: keyword-only, type-checked construction."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it from the class
        int: BigInteger,
        str: Text,
        bytes: LargeBinary,
        datetime: DateTime(timezone=True),
        enum.StrEnum: Enum(
            enum.StrEnum, native_enum=False, create_constraint=True, values_callable=_values, length=40
        ),
    }


class Record(MappedAsDataclass, kw_only=True, eq=False):
    """A row with an identity and a birth date, both known before it is flushed."""

    id: Mapped[UUID] = mapped_column(
        primary_key=True, init=False, default_factory=new_id, insert_default=new_id
    )
    created_at: Mapped[datetime] = mapped_column(init=False, default_factory=now, insert_default=now)


def sieve(name: str, column: str) -> Index:
    """Return an index by which parts of a table that can't hold a UUID are passed over.

    For what is seldom asked of a table that grows all day: a B-tree costs every new row an entry somewhere
    else in it, a sieve (BRIN with a Bloom filter) looks at 32 pages at once when they are full.
    """
    return Index(
        *(name, column),
        postgresql_using="brin",
        postgresql_ops={column: "uuid_bloom_ops"},
        postgresql_with={"pages_per_range": 32, "autosummarize": "on"},
    )


class Transactions(Protocol):
    """Whatever can open the two kinds of transaction: a Database, or a test's shared one."""

    def writing(self) -> AbstractAsyncContextManager[WriteSession]:
        """Open a transaction that commits on success and rolls back on any error."""
        ...

    def reading(self) -> AbstractAsyncContextManager[ReadSession]:
        """Open a transaction in which PostgreSQL refuses every write."""
        ...


class Database:
    """One pool of connections and the two kinds of transaction it can open."""

    def __init__(self, url: str, *, pool_size: int, info: Mapping[str, object] | None = None) -> None:
        # What every session of this process carries along (the vault): rules find it in `session.info`.
        carried = dict(info or {})
        self.engine: AsyncEngine = create_async_engine(
            driver_url(url),
            connect_args=patience(url),
            pool_size=pool_size,
            max_overflow=0,
            pool_timeout=5,
            # The connection used last comes first: its statements are prepared and their plans made.
            pool_use_lifo=True,
            # An error's text must not carry what a statement was given: it may be a name.
            hide_parameters=True,
        )
        _ping_rested(self.engine)
        _speak_utc(self.engine)
        self._write = async_sessionmaker(
            self.engine, class_=WriteSession, expire_on_commit=False, info=carried
        )
        self._read = async_sessionmaker(
            self.engine.execution_options(postgresql_readonly=True),
            class_=ReadSession,
            expire_on_commit=False,
            info=carried,
        )

    @asynccontextmanager
    async def writing(self) -> AsyncGenerator[WriteSession]:
        """Open a transaction that commits on success and rolls back on any error."""
        async with self._write.begin() as session:
            yield session

    @asynccontextmanager
    async def reading(self) -> AsyncGenerator[ReadSession]:
        """Open a transaction in which PostgreSQL refuses every write."""
        async with self._read.begin() as session:
            yield session

    async def close(self) -> None:
        """Close every connection."""
        await self.engine.dispose()


def _ping_rested(engine: AsyncEngine) -> None:
    """Have a connection that has rested pinged before it is handed out.

    A restarted server then costs hardly a request an error, and who takes one after the other does not wait
    for an answer that was heard a moment ago (SQLAlchemy's own ping comes before every use).
    """

    @event.listens_for(engine.sync_engine, "checkin")
    def note(_: object, record: ConnectionPoolEntry) -> None:
        record.info["rests_since"] = monotonic()

    @event.listens_for(engine.sync_engine, "checkout")
    def ping(connection: DBAPIConnection, record: ConnectionPoolEntry, _: object) -> None:
        if monotonic() - record.info.get("rests_since", monotonic()) > RESTED_SECONDS:
            try:
                engine.dialect.do_ping(connection)
            except psycopg.Error:
                raise InvalidatePoolError from None


def _speak_utc(engine: AsyncEngine) -> None:
    """Have every connection tell moments in UTC, whatever zone the server or the machine is set to.

    What an auditor pulled is the same bytes for ever: not if a restored server spelled its moments anew.
    """

    @event.listens_for(engine.sync_engine, "connect")
    def speak(connection: DBAPIConnection, _: object) -> None:
        cursor = connection.cursor()
        cursor.execute("set time zone 'UTC'")
        cursor.close()
        connection.commit()


def patience(url: str) -> dict[str, int]:
    """Return PATIENCE for a connection to this address, but for what it says itself."""
    said = make_url(driver_url(url)).query
    return {name: value for name, value in PATIENCE.items() if name not in said}


def driver_url(url: str) -> str:
    """Return a libpq URL in the spelling that makes SQLAlchemy use psycopg 3."""
    scheme, _, rest = url.partition("://")
    return f"postgresql+psycopg://{rest}" if scheme in {"postgres", "postgresql"} else url


def transactions(request: Request) -> Transactions:
    """Return what opens this application's transactions."""
    return cast("Transactions", request.app.state.database)


async def _writing(request: Request) -> AsyncGenerator[WriteSession]:
    async with transactions(request).writing() as session:
        # Kept in sight of the route, which stores its answer in this same transaction (kit/idempotency.py).
        request.state.write_session = session
        yield session


async def _reading(request: Request) -> AsyncGenerator[ReadSession]:
    async with transactions(request).reading() as session:
        yield session


# scope="function" commits before the response is sent. FastAPI's default would answer "201 Created" first and
# commit afterwards (docs/decisions/0002-commit-before-answer.md).
Writing = Annotated[WriteSession, Depends(_writing, scope="function")]
Reading = Annotated[ReadSession, Depends(_reading, scope="function")]
Streaming = Annotated[Transactions, Depends(transactions)]
"""For answers longer than one statement: open one short reading transaction per page."""
