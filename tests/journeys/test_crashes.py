"""A donation answered with 2xx is in the books, exactly once, whatever crashes."""

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress

import httpx
import psycopg
import pytest
from httpx import ASGITransport
from sqlalchemy import text

from app.kit import embedded
from app.kit.database import Database
from app.kit.http import health
from app.kit.vault import Vault
from app.main import create_app
from app.settings import Settings
from tests.databases import Cluster, migrate
from tests.journeys.services import Sender, running
from tests.webhooks.platforms import Partner, partner

PER_SECOND = 500


@pytest.fixture
def keys() -> Vault:
    """The vault of the service that these tests start."""
    return Vault({"test": bytes(range(32))}, current="test", index_key=bytes(range(96, 128)))


@pytest.fixture
async def platform(cluster: Cluster, fresh_database: str, keys: Vault) -> AsyncIterator[Partner]:
    database = Database(cluster.url(fresh_database), pool_size=2, info={"vault": keys})
    async with database.writing() as session:
        made = await partner(session)
    yield made
    await database.close()


def booked(url: str) -> tuple[dict[str, tuple[str, str]], dict[str, int]]:
    """The donations by their number, and how many rows each table holds."""
    with psycopg.connect(url) as connection:
        rows = connection.execute("select their_id, id::text, entry_id::text from donations").fetchall()
        tables = ("donations", "entries", "postings", "deliveries")
        counts = {name: connection.execute(f"select count(*) from {name}").fetchone()[0] for name in tables}
        return {row[0]: (row[1], row[2]) for row in rows}, counts


def check(sender: Sender, events: list[dict], url: str) -> None:
    found, counts = booked(url)
    for name, answer in sender.acknowledged.items():
        assert found[name] == (answer["donation_id"], answer["entry_id"])
    assert counts == dict.fromkeys(counts, len(events))
    assert len({code["lookup_code"] for code in sender.acknowledged.values()}) == len(events)


async def test_the_service_is_killed_under_load(cluster, fresh_database, platform: Partner) -> None:
    url = cluster.url(fresh_database)
    events = [platform.event() for _ in range(1200)]
    with running(url) as service:
        sender = Sender(platform, service.url)
        flood = asyncio.ensure_future(sender.flood(events, per_second=PER_SECOND))
        await asyncio.sleep(1.3)
        await asyncio.to_thread(service.kill)
        await flood
        before = dict(sender.acknowledged)
        found, _ = booked(url)
        assert 0 < len(before) < len(events)
        assert all(name in found for name in before)

        await asyncio.to_thread(service.start)
        await sender.insist(events)
        check(sender, events, url)


async def test_a_shutdown_answers_what_it_accepted(cluster, fresh_database, platform: Partner) -> None:
    url = cluster.url(fresh_database)
    events = [platform.event() for _ in range(800)]
    with running(url) as service:
        sender = Sender(platform, service.url)
        flood = asyncio.ensure_future(sender.flood(events, per_second=PER_SECOND))
        await asyncio.sleep(0.8)
        code = await asyncio.to_thread(service.stop)
        await flood
        found, _ = booked(url)
        # uvicorn ends by the signal it was asked to stop with, once everything is answered.
        assert code in {0, -signal.SIGTERM}
        assert set(found) == set(sender.acknowledged)


async def test_postgresql_is_killed_under_load_and_comes_back_after_20_seconds(keys: Vault) -> None:
    with embedded.temporary() as server:
        url = server.url(role="service")
        platform = await joined(server, keys)
        events = [platform.event() for _ in range(1500)]
        with running(url) as service:
            assert await durability(url) == ("on", "on")
            sender = Sender(platform, service.url)
            flood = asyncio.ensure_future(sender.flood(events[:1200], per_second=PER_SECOND))
            await asyncio.sleep(1)
            os.kill(server.pid, signal.SIGKILL)
            killed_at = time.monotonic()
            await flood
            acknowledged = len(sender.acknowledged)
            sender.statuses.clear()
            while time.monotonic() < killed_at + 20:
                await sender.flood(events[1200:1210], per_second=10)
            assert set(sender.statuses) == {503}
            assert len(sender.acknowledged) == acknowledged

            again = await asyncio.to_thread(embedded.start, server.folder)
            try:
                await sender.insist(events)
                check(sender, events, again.url(role="service"))
                assert service.process is not None
                assert service.process.poll() is None
            finally:
                again.stop()


async def test_postgresql_hangs_under_load_and_goes_on(keys: Vault) -> None:
    with embedded.temporary() as server:
        url = server.url(role="service")
        platform = await joined(server, keys)
        events = [platform.event() for _ in range(600)]
        with running(url, ZHENGXINLU_WEBHOOK_ANSWER_SECONDS_MAX="2") as service:
            sender = Sender(platform, service.url)
            await sender.insist(events[:50])
            before = dict(sender.acknowledged)
            sender.statuses.clear()
            with frozen(server.url(role="superuser", database="postgres"), server.pid):
                await sender.flood(events[:500], per_second=PER_SECOND)
                # Each was answered, and none as if it were booked.
                assert sender.statuses == [503] * 500
                async with httpx.AsyncClient(base_url=service.url, timeout=120) as client:
                    told = await platform.post(client, events[500])
                    nobody = await client.post("/v1/webhooks/nobody", content=b"{}")
                for answer in (told, nobody):
                    assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")
            assert sender.acknowledged == before

            await sender.insist(events)
            check(sender, events, url)
            assert service.process is not None
            assert service.process.poll() is None


async def test_a_database_that_hangs_is_told_within_seconds_and_costs_no_reader_its_answer(
    settings: Settings,
) -> None:
    with embedded.temporary() as server:
        migrate(server.url(role="owner"))
        database = Database(server.url(role="service"), pool_size=2)
        transport = ASGITransport(create_app(settings, database=database))
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:

            def asked(*addresses: str) -> list[asyncio.Task[httpx.Response]]:
                return [asyncio.create_task(client.get(address)) for address in addresses]

            assert (await client.get("/readyz")).status_code == 200
            with frozen(server.url(role="superuser", database="postgres"), server.pid):
                probes = asked("/readyz", "/readyz", "/metrics", "/readyz")
                # Not with a timeout of their own: whoever breaks off a statement waits for the server.
                _, late = await asyncio.wait(probes, timeout=20)
                assert not late
                assert [probe.result().status_code for probe in probes] == [503, 503, 200, 503]
                assert probes[0].result().json()["database"] == "hangs"
                # From now on nobody waits; a reader has the connection that is left.
                [reader] = asked("/v1/regions")
                began = time.monotonic()
                assert {(await client.get("/readyz")).status_code for _ in range(20)} == {503}
                assert time.monotonic() - began < health.ANSWER_SECONDS_MAX
                assert not reader.done()

            assert (await reader).status_code == 200
            while (told := await client.get("/readyz")).status_code != 200:
                assert told.json()["database"] == "hangs"
            assert told.json()["database"] == "ok"
        await database.close()


async def joined(server: embedded.Server, keys: Vault) -> Partner:
    """A platform in the database of this server, which is migrated for it."""
    migrate(server.url(role="owner"))
    database = Database(server.url(role="service"), pool_size=2, info={"vault": keys})
    async with database.writing() as session:
        platform = await partner(session)
    await database.close()
    return platform


@contextmanager
def frozen(admin_url: str, postmaster: int) -> Iterator[None]:
    """A server none of whose processes does anything, but which takes connections and lets none go."""
    with psycopg.connect(admin_url, autocommit=True) as own:
        # The postmaster first: it makes no new ones.
        stopped = [postmaster]
        os.kill(postmaster, signal.SIGSTOP)
        try:
            for (pid,) in own.execute("select pid from pg_stat_activity where pid <> pg_backend_pid()"):
                with suppress(ProcessLookupError):  # one that has ended meanwhile
                    os.kill(pid, signal.SIGSTOP)
                    stopped.append(pid)
            yield
        finally:
            for pid in stopped:
                os.kill(pid, signal.SIGCONT)


async def durability(url: str) -> tuple[str, ...]:
    """What holds in a session as the service opens its own."""
    database = Database(url, pool_size=1)
    async with database.writing() as session:
        found = [await session.scalar(text(f"show {name}")) for name in ("fsync", "synchronous_commit")]
    await database.close()
    return tuple(found)
