"""The public log: what sealing costs the webhook, how old checkpoints get, pulls, and proofs."""

import asyncio
import os
import random
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from functools import partial
from itertools import count
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread

import psycopg

from app.audit import journal
from app.audit.journal import Extent, Totals
from app.audit.mandates import Mandate
from app.transparency import heads, publishing, signer, tiles, tree
from app.transparency.models import Log, PublishedCheckpoint
from benchmarks import findings, ground, load, messages, recording
from benchmarks.findings import Finding, Said
from tests.databases import Cluster
from tests.transparency import logs
from tests.webhooks.platforms import Partner

GIFTS, ROUNDS, WARM_UP = 6_000, 3, 500
PULLED = 8_000
LEAVES, PROOFS = 1_000_000, 300


def measure(running: Cluster, template: str, said: Said) -> list[Finding]:
    """Four promises of the log, each on books of its own."""
    return [
        *_sealing(running, template, said),
        _pulling(running, template, said),
        _proving(running, template, said),
    ]


def _sealing(running: Cluster, template: str, said: Said) -> list[Finding]:
    """The same gifts with and without a worker that seals and signs; on the way, how late checkpoints are."""
    ages: list[float] = []
    with ExitStack() as stack:
        client = stack.enter_context(get_context("spawn").Pool(1))
        database = stack.enter_context(ground.fresh(running, template))
        platform = asyncio.run(ground.prepare(running, database))
        port = stack.enter_context(ground.service("benchmarks.apps:ours", running.url(database)))
        folder = Path(stack.enter_context(TemporaryDirectory()))
        numbers = count()
        send = partial(_send, client, port, platform, numbers)
        send(WARM_UP)

        def sealed() -> float:
            with _worker(running, database, folder), _watched(running, database, ages):
                return send(GIFTS)

        with _worker(running, database, folder):
            time.sleep(2)
        sides = {"with sealing": sealed, "without": lambda: send(GIFTS)}
        seen = findings.alternated(sides, ROUNDS, said)
    paces = {name: findings.middle(rounds, float) for name, rounds in seen.items()}
    what = "webhook while the log is sealed and signed"
    oldest = max(ages, default=0.0)
    return [
        findings.rate(what, paces["with sealing"], "without a worker", paces["without"], floor=0.85),
        Finding(
            what="oldest gift without a signed checkpoint, under load",
            figures=f"{oldest:.1f} s",
            against="–",
            compared="–",
            ratio="–",
            floor="under 5 s",
            reached=oldest < 5,
        ),
    ]


def _send(client, port: int, platform: Partner, numbers: count, requests: int) -> float:
    prepared = messages.requests(platform, [next(numbers) for _ in range(requests)])
    measured = client.apply(load.run, (port, prepared))
    if set(measured.statuses) != {200}:
        raise RuntimeError(f"not every request was answered with 200: {measured.statuses}")
    return measured.per_second


@contextmanager
def _worker(running: Cluster, name: str, folder: Path):
    command = [sys.executable, "-m", "benchmarks.log", running.url(name), str(folder)]
    process = subprocess.Popen(command, env=os.environ | {"PYTHONPATH": str(Path.cwd())})
    try:
        time.sleep(2)
        yield
    finally:
        process.terminate()
        process.wait(30)


@contextmanager
def _watched(running: Cluster, name: str, ages: list[float]):
    """Look five times a second how old the oldest entry is that no signed checkpoint holds."""
    done = Event()
    query = """
        select coalesce(extract(epoch from clock_timestamp() - min(e.created_at)), 0)::float from entries e
        where e.created_at > now() - interval '60 seconds' and (select l.index from leaves l
          where l.entry_id = e.id and l.index < (select max(size) from log_checkpoints)) is null
    """

    def watch() -> None:
        with psycopg.connect(running.url(name, "admin"), autocommit=True) as connection:
            while not done.wait(0.5):
                ages.append(connection.execute(query).fetchone()[0])

    with psycopg.connect(running.url(name, "admin"), autocommit=True) as connection:
        while connection.execute(query).fetchone()[0]:
            time.sleep(0.2)
    watcher = Thread(target=watch)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()


async def work(url: str, folder: Path) -> None:
    """Seal and sign every second, as the worker does."""
    from app.kit.database import Database

    database = Database(url, pool_size=2, info={})
    office = logs.office_in(folder)
    await signer.open_office(database, office)
    while True:
        await publishing.publish(database, office)
        await asyncio.sleep(publishing.EVERY_SECONDS)


def _pulling(running: Cluster, template: str, said: Said) -> Finding:
    """The journal as it is streamed, against COPY of the same JSON out of one statement."""
    with ExitStack() as stack:
        name = stack.enter_context(ground.fresh(running, template))
        folder = Path(stack.enter_context(TemporaryDirectory()))
        platform = asyncio.run(ground.prepare(running, name))
        said("books to pull")
        read = messages.read(platform, range(PULLED))
        asyncio.run(recording.pace(running, name, read, 2_000))
        asyncio.run(_publish(running, name, folder))
        with psycopg.connect(running.url(name, "owner"), autocommit=True) as owner:
            owner.execute("analyze")
        sides = {
            "streaming": lambda: asyncio.run(_stream(running, name, platform)),
            "copying": lambda: _copy(running, name, platform),
        }
        seen = findings.alternated(sides, ROUNDS, said)
    paces = {side: findings.middle(rounds, float) for side, rounds in seen.items()}
    against = "COPY of the same JSON"
    return findings.rate(
        "journal, streamed", paces["streaming"], against, paces["copying"], floor=0.5, unit="entries"
    )


async def _publish(running: Cluster, name: str, folder: Path) -> None:
    database = ground.database(running, name)
    office = logs.office_in(folder)
    await signer.open_office(database, office)
    await publishing.publish(database, office)
    await database.close()


async def _stream(running: Cluster, name: str, platform: Partner) -> float:
    database = ground.database(running, name)
    async with database.reading() as session:
        checkpoint = await heads.latest(session)
    extent, totals = Extent(Mandate((platform.organization.id,)), checkpoint), Totals()
    began = time.perf_counter()
    async for part in journal.lines(database, extent, totals):
        assert part
    seconds = time.perf_counter() - began
    await database.close()
    assert totals.count == PULLED
    return totals.count / seconds


def _copy(running: Cluster, name: str, platform: Partner) -> float:
    bound = {
        "log": "1",
        "after": "-1",
        "size": str(PULLED),
        "ids": f"array['{platform.organization.id}']::uuid[]",
        "first": "'1900-01-01'::date",
        "last": "'2999-12-31'::date",
        "limit": str(PULLED),
    }
    query = journal.LINES
    for parameter, value in bound.items():
        query = query.replace(f":{parameter}", value)
    with psycopg.connect(running.url(name)) as connection:
        began = time.perf_counter()
        lines = 0
        with connection.cursor().copy(f"copy ({query}) to stdout") as copy:
            for _ in copy:
                lines += 1
        assert lines == PULLED
        return PULLED / (time.perf_counter() - began)


def _proving(running: Cluster, template: str, said: Said) -> Finding:
    """The proof of a random leaf among a million, by the rule that the address calls."""
    with ground.fresh(running, template) as name:
        said("a million leaves")
        asyncio.run(_million(running, name))
        said("proofs")
        waits = asyncio.run(_prove(running, name))
    p50 = sorted(waits)[len(waits) // 2] * 1000
    return Finding(
        what=f"proof of a random leaf of {LEAVES:,}",
        figures=f"p50 {p50:.1f} ms",
        against="–",
        compared="–",
        ratio="–",
        floor="under 20 ms",
        reached=p50 < 20,
    )


async def _million(running: Cluster, name: str) -> None:
    """The tiles of a million leaves, without the leaves: a proof reads nothing else."""
    dice = random.Random(1)
    grown = tiles.grow({}, 0, [dice.randbytes(32) for _ in range(LEAVES)])
    [root] = tiles.hashes(grown, [(0, LEAVES)])
    database = ground.database(running, name)
    async with database.writing() as session:
        session.add(Log(origin=logs.ORIGIN, root=tree.EMPTY_ROOT))
        await session.flush()
        log = await heads.current(session)
        log.size, log.root = LEAVES, root
        note = "measured\n"
        at = {"log_id": log.id, "size": LEAVES, "root": root, "note": note, "signed_at": log.created_at}
        session.add(PublishedCheckpoint(**at))
    await database.close()
    with psycopg.connect(running.url(name)) as connection:
        statement = "copy tiles (log_id, level, number, hashes) from stdin"
        with connection.cursor().copy(statement) as copy:
            for place, row in grown.items():
                copy.write_row((log.id, place.level, place.number, row))


async def _prove(running: Cluster, name: str) -> list[float]:
    dice = random.Random(2)
    database = ground.database(running, name)
    waits: list[float] = []
    for _ in range(PROOFS):
        began = time.perf_counter()
        async with database.reading() as session:
            proof = await heads.proof(session, dice.randrange(LEAVES))
        waits.append(time.perf_counter() - began)
        # At the right edge of a tree whose size is no power of two a path is shorter.
        assert proof.hashes
    await database.close()
    return waits


if __name__ == "__main__":
    asyncio.run(work(sys.argv[1], Path(sys.argv[2])))
