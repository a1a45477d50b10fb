"""Two processes that book, seal and sign, killed again and again: test_crashes.py runs this as a program.

Each round forks, so that nothing but the work itself takes time; who forks must have one thread only, and a
test's own process has more.
"""

import asyncio
import os
import random
import signal
import sys
import time
from pathlib import Path

from app.kit.database import Database
from app.kit.vault import Vault
from app.transparency import publishing
from tests.factories import ledger as make
from tests.transparency import logs

WORKERS = 2


async def work(url: str, folder: Path, ready: int) -> None:
    vault = Vault({"test": bytes(range(32))}, current="test", index_key=bytes(32))
    database = Database(url, pool_size=3, info={"vault": vault})
    office = logs.office_in(folder)
    async with database.writing() as session:
        books = await make.books(session)
        fund = await make.fund(session, books)

    told: list[int] = []

    async def book() -> None:
        while True:
            async with database.writing() as session:
                await make.gift(session, books, fund, 100)

    async def publish() -> None:
        while True:
            await publishing.publish(database, office)
            if not told:
                told.append(os.write(ready, b"."))

    await asyncio.gather(book(), publish())


def main(url: str, folder: Path, rounds: int) -> None:
    dice = random.Random(rounds)
    for _ in range(rounds):
        children: list[int] = []
        reading, ready = os.pipe()
        for _ in range(WORKERS):
            if (child := os.fork()) == 0:
                asyncio.run(work(url, folder, ready))
            children.append(child)
        # On a busy machine it takes its time until both are in the middle of their work.
        for _ in range(WORKERS):
            assert os.read(reading, 1) == b"."
        time.sleep(dice.uniform(0, 0.1))
        os.close(reading)
        os.close(ready)
        for child in children:
            os.kill(child, signal.SIGKILL)
            _, status = os.waitpid(child, 0)
            # It was still at work: a worker that had failed by itself would have shown nothing.
            assert os.WTERMSIG(status) == signal.SIGKILL, status


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
