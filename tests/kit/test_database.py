"""An answer is sent after the commit, and a reading transaction only reads."""

from collections.abc import AsyncIterator

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from starlette.types import Message, Receive, Scope, Send

from app.kit import database
from app.kit.database import Database, Reading, Writing, driver_url
from tests.databases import Cluster

COUNT = text("select count(*) from outbox_events where topic = 'told'")
TELL = text("insert into outbox_events (id, created_at, topic, subject, payload)"
            " values (gen_random_uuid(), now(), 'told', 's', '{}')")  # fmt: skip


class Witness:
    """An outer layer that looks into the database when an answer begins, with a connection of its own."""

    def __init__(self, app: FastAPI, database: Database) -> None:
        self.app, self.database = app, database
        self.seen: list[int] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def watched(message: Message) -> None:
            if message["type"] == "http.response.start":
                async with self.database.reading() as session:
                    self.seen.append((await session.execute(COUNT)).scalar_one())
            await send(message)

        await self.app(scope, receive, watched)


@pytest.fixture
def witness(committed: Database) -> Witness:
    app = FastAPI()
    app.state.database = committed

    @app.post("/told")
    async def tell(session: Writing) -> None:
        await session.execute(TELL)

    @app.post("/broken")
    async def break_at_the_end(session: Writing) -> None:
        await session.execute(TELL)
        await session.execute(
            text("create temp table late (id int primary key deferrable initially deferred) on commit drop")
        )
        await session.execute(text("insert into late values (1), (1)"))

    @app.post("/strayed")
    async def write_while_reading(session: Reading) -> None:
        await session.execute(TELL)

    return Witness(app, committed)


@pytest.fixture
async def caller(witness: Witness) -> AsyncIterator[AsyncClient]:
    transport = ASGITransport(witness, raise_app_exceptions=False)
    async with AsyncClient(transport=transport, base_url="http://test") as client:
        yield client


async def test_an_answer_begins_after_the_commit(caller: AsyncClient, witness: Witness) -> None:
    assert (await caller.post("/told")).status_code == 200
    assert witness.seen == [1]


async def test_what_fails_to_commit_is_not_answered_as_done(caller: AsyncClient, witness: Witness) -> None:
    assert (await caller.post("/broken")).status_code == 500
    assert witness.seen == [0]


async def test_a_reading_endpoint_can_not_write(caller: AsyncClient, witness: Witness) -> None:
    assert (await caller.post("/strayed")).status_code == 500
    assert witness.seen == [0]


async def test_an_error_does_not_quote_what_a_statement_was_given(committed: Database) -> None:
    with pytest.raises(DBAPIError) as raised:
        async with committed.writing() as session:
            await session.execute(text("select cast(:name as integer) / :zero"), {"name": "1", "zero": 0})
    assert "parameters hidden" in str(raised.value)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_an_address_as_psql_takes_it_names_the_driver(scheme: str) -> None:
    assert driver_url(f"{scheme}://u@/db?host=/run") == "postgresql+psycopg://u@/db?host=/run"


async def test_a_connection_that_was_lost_while_it_rested_costs_no_error(
    committed: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, kill = text("select pg_backend_pid()"), text("select pg_terminate_backend(:pid)")
    async with committed.reading() as session, committed.reading() as other:
        pids = {(await one.execute(mine)).scalar_one() for one in (session, other)}
    monkeypatch.setattr(database, "RESTED_SECONDS", 0.0)
    # Both rest again: the server drops one of them, and nobody who asks for a connection gets to know.
    async with committed.writing() as killer:
        own = (await killer.execute(mine)).scalar_one()
        [victim] = pids - {own}
        await killer.execute(kill, {"pid": victim})
    async with committed.reading() as session, committed.reading() as other:
        assert victim not in {(await one.execute(mine)).scalar_one() for one in (session, other)}


async def test_a_server_that_is_gone_without_a_word_is_given_up_and_the_address_has_the_last_word(
    cluster: Cluster, fresh_database: str
) -> None:
    address = cluster.url(fresh_database)
    made = Database(address, pool_size=1)
    async with made.reading() as session:
        driver = (await (await session.connection()).get_raw_connection()).driver_connection
        said = driver.info.get_parameters()
    await made.close()
    # The address of tests is more patient than the service.
    expected = {name: str(value) for name, value in database.PATIENCE.items()} | {"connect_timeout": "120"}
    assert {name: said.get(name) for name in expected} == expected
