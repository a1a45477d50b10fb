"""Whatever is killed, the worker or its database, no event is lost and none is told out of its order."""

import asyncio
import os
import signal
import subprocess
import sys
from datetime import timedelta
from itertools import groupby

import pytest
from sqlalchemy import text

from app.kit import embedded
from app.kit.clock import now
from app.kit.database import Database
from app.kit.vault import Vault
from app.webhooks.outward.couriers import COURIER, Courier
from app.wiring import handed_down
from tests.databases import Cluster, migrate
from tests.journeys.services import ENVIRONMENT
from tests.webhooks.outward.conftest import Subscribed, open_database, subscribe
from tests.webhooks.outward.receivers import Letter, Receiver

PATIENCE_SECONDS = 180
WORK = [sys.executable, "-c", "from app.cli import main; main()", "work", "--no-sign"]


@pytest.fixture
def keys() -> Vault:
    """The vault of the worker that this test starts."""
    return Vault({"test": bytes(range(32))}, current="test", index_key=bytes(range(96, 128)))


def worker(url: str) -> subprocess.Popen[bytes]:
    here = {
        "DATABASE_URL": url,
        "ZHENGXINLU_ENVIRONMENT": "test",
        "ZHENGXINLU_SUBSCRIPTIONS_TO_LOOPBACK": "true",
    }
    return subprocess.Popen(WORK, env=os.environ | ENVIRONMENT | here, stdout=subprocess.DEVNULL)


async def until(receiver: Receiver, count: int, process: subprocess.Popen[bytes]) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while len(set(receiver.ids)) < count:
            assert process.poll() is None, "the worker ended"
            await asyncio.sleep(0.02)


async def test_a_worker_is_killed_and_another_goes_on(
    cluster: Cluster, fresh_database: str, keys: Vault, receiver: Receiver
) -> None:
    database = open_database(cluster, fresh_database, keys, Courier(loopback=True))
    subscribed: Subscribed = await subscribe(database, receiver)
    happened = await subscribed.happen(40)
    url = cluster.url(fresh_database)
    killed: list[subprocess.Popen[bytes]] = []

    def kill(letter: Letter) -> tuple[int, dict[str, str]]:
        # In the middle of an attempt: it has the event and can't write down that it was taken.
        if len(receiver.letters) == 15:
            killed[0].kill()
        return 204, {}

    receiver.answer = kill
    killed.append(await asyncio.to_thread(worker, url))
    try:
        await until(receiver, 15, killed[0])
        await asyncio.to_thread(killed[0].wait)
        # Its lease would end by itself after a minute.
        async with database.writing() as session:
            past = {"past": now() - timedelta(seconds=1)}
            await session.execute(text("update subscriptions set leased_until = :past"), past)
        again = await asyncio.to_thread(worker, url)
        killed.append(again)
        await until(receiver, 40, again)
    finally:
        for process in killed:
            process.kill()
            await asyncio.to_thread(process.wait)
        await database.close()

    assert [one for one, _ in groupby(receiver.ids)] == happened
    assert len(receiver.ids) <= 41, "only what was in hand when the worker died comes twice"


async def test_postgresql_is_killed_and_the_worker_goes_on_once_it_is_back(
    keys: Vault, receiver: Receiver
) -> None:
    carried = {"vault": keys, COURIER: Courier(loopback=True)} | handed_down()
    with embedded.temporary() as server:
        url = server.url(role="service")
        migrate(server.url(role="owner"))
        database = Database(url, pool_size=2, info=carried)
        subscribed = await subscribe(database, receiver)
        before = await subscribed.happen(3)
        await database.close()
        process = await asyncio.to_thread(worker, url)
        try:
            await until(receiver, len(before), process)
            os.kill(server.pid, signal.SIGKILL)
            # Rounds come every two seconds: some find no database.
            await asyncio.sleep(5)
            again = await asyncio.to_thread(embedded.start, server.folder)
            try:
                subscribed.database = Database(again.url(role="service"), pool_size=2, info=carried)
                happened = await subscribed.happen(3)
                await subscribed.database.close()
                await until(receiver, len(happened), process)
            finally:
                again.stop()
        finally:
            process.kill()
            await asyncio.to_thread(process.wait)

    assert happened[: len(before)] == before
    assert [one for one, _ in groupby(receiver.ids)] == happened
