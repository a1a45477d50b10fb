"""A real PostgreSQL for every test, as the service's own role; whatever a test writes is rolled back."""

import base64
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from itertools import count

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient
from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.orm import Session

from app.kit.database import Database, ReadSession, WriteSession, driver_url
from app.kit.vault import Vault
from app.main import create_app
from app.settings import Settings
from app.wiring import handed_down
from tests.databases import Cluster, migrate, running_cluster

_numbers = count()


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    with running_cluster() as cluster:
        cluster.prepare_roles()
        yield cluster


@pytest.fixture(scope="session")
def template(cluster: Cluster) -> Iterator[str]:
    """A database with every migration in it, made once and cloned by whoever commits."""
    name = f"zxl_template_{os.getpid()}"
    cluster.drop(name)
    cluster.create(name)
    migrate(cluster.url(name, "owner"))
    yield name
    cluster.drop(name)


@pytest.fixture(scope="session")
def vault() -> Vault:
    return Vault({"test": bytes(range(32))}, current="test", index_key=bytes(32))


@pytest.fixture(scope="session")
def database_url(cluster: Cluster, template: str) -> Iterator[str]:
    """The database whose tests roll back, as the service's role."""
    name = f"zxl_shared_{os.getpid()}"
    cluster.create(name, template=template)
    yield cluster.url(name)
    cluster.drop(name)


@pytest.fixture(scope="session")
async def connection(database_url: str) -> AsyncIterator[AsyncConnection]:
    engine = create_async_engine(driver_url(database_url))
    async with engine.connect() as connection:
        yield connection
    await engine.dispose()


@pytest.fixture
async def session(connection: AsyncConnection, vault: Vault) -> AsyncIterator[WriteSession]:
    """A transaction that the test shares with the code under test."""
    outer = await connection.begin()
    # The pauses between its statements are the test's own: on a busy machine they may be long.
    await connection.execute(text("set local idle_in_transaction_session_timeout = 0"))
    session = WriteSession(
        connection,
        expire_on_commit=False,
        join_transaction_mode="create_savepoint",
        info={"vault": vault} | handed_down(),
    )
    # Deferred constraints would otherwise wait for a commit that never comes.
    event.listen(session.sync_session, "before_commit", _check_deferred)
    yield session
    await session.close()
    await outer.rollback()


def _check_deferred(session: Session) -> None:
    session.flush()
    session.execute(text("set constraints all immediate"))
    session.execute(text("set constraints all deferred"))


class Shared:
    """Transactions that all happen inside the test's own, as savepoints."""

    def __init__(self, session: WriteSession) -> None:
        self.session = session

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[WriteSession]:
        async with self.session.begin_nested():
            yield self.session
            _check = self.session.sync_session
            await self.session.run_sync(lambda _: _check_deferred(_check))

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[ReadSession]:
        await self.session.flush()
        yield self.session


@pytest.fixture
def shared(session: WriteSession) -> Shared:
    return Shared(session)


@pytest.fixture(scope="session")
def settings() -> Settings:
    """Settings whose secrets are for tests alone."""
    secret = base64.b64encode(bytes(range(32))).decode()
    return Settings(
        environment="test",
        token_secret=secret,
        vault_keys=f"test:{secret}",
        vault_current_key="test",
        vault_index_key=base64.b64encode(bytes(32)).decode(),
        # Asked for where filings are the matter: most tests only want a campaign that is open.
        filing_required=False,
        # A machine that stands still for half a minute ends no test.
        webhook_answer_seconds_max=300,
    )


@pytest.fixture
def app(shared: Shared, settings: Settings) -> FastAPI:
    """The application over the test's own transaction."""
    return create_app(settings, database=shared)


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[AsyncClient]:
    async with AsyncClient(transport=ASGITransport(app), base_url="http://test") as client:
        yield client


@pytest.fixture
def committed_app(committed: Database, settings: Settings) -> FastAPI:
    """The application over a database of the test's own, with real commits."""
    return create_app(settings, database=committed)


@pytest.fixture
async def committed_client(committed_app: FastAPI) -> AsyncIterator[AsyncClient]:
    async with AsyncClient(transport=ASGITransport(committed_app), base_url="http://test") as client:
        yield client


@pytest.fixture
def fresh_database(cluster: Cluster, template: str) -> Iterator[str]:
    """The name of a database of the test's own, for real commits, races and crashes."""
    name = f"zxl_{os.getpid()}_{next(_numbers)}"
    cluster.create(name, template=template)
    yield name
    cluster.drop(name)


@pytest.fixture
async def committed(cluster: Cluster, fresh_database: str, vault: Vault) -> AsyncIterator[Database]:
    """A database of the test's own in which transactions really commit."""
    database = Database(cluster.url(fresh_database), pool_size=60, info={"vault": vault} | handed_down())
    yield database
    await database.close()
