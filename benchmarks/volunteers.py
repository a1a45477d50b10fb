"""Volunteers: a year's new ones and a million records loaded, and what statistics cost over so many."""

import asyncio
import random
import time
from contextlib import ExitStack
from datetime import date, timedelta
from functools import partial
from multiprocessing import get_context
from uuid import UUID

import psycopg

from app.kit import bulk
from app.kit.clock import now
from app.kit.database import Database
from app.kit.ids import new_id
from app.volunteers import totals
from app.volunteers.models import (
    Category,
    RecordSource,
    RecordState,
    TimeRecord,
)
from app.volunteers.totals import Served
from benchmarks import findings, ground
from benchmarks.findings import Finding, Said
from benchmarks.pages import ask
from tests.databases import Cluster
from tests.factories import organizations as make
from tests.factories import registers

VOLUNTEERS = 68_900
LARGE, SMALL = 1_000_000, 10_000
BATCH = 10_000
CITIES = 11
REQUESTS = 150
ROUNDS = 4
FIRST = date(2025, 1, 1)


def measure(running: Cluster, template: str, said: Said, *, large: int = LARGE) -> list[Finding]:
    """Load a small and a large registry, each in a database of its own, and ask both for their figures."""
    sides, paces = {}, {}
    with ExitStack() as stack:
        client = stack.enter_context(get_context("spawn").Pool(1))
        for records in (SMALL, large):
            database = stack.enter_context(ground.fresh(running, template))
            people = min(VOLUNTEERS, records)
            head, paces[records] = asyncio.run(_load(running, database, people, records, said))
            with psycopg.connect(running.url(database, "admin"), autocommit=True) as connection:
                connection.execute("vacuum analyze")
            port = stack.enter_context(ground.service("benchmarks.apps:ours", running.url(database)))
            paths = [f"/v1/volunteers/statistics/{head}"] * REQUESTS
            sides[records] = partial(ask, client, port, paths)
            sides[records]()
        seen = findings.alternated({str(one): side for one, side in sides.items()}, ROUNDS, said)
    p50 = {name: findings.middle(rounds, lambda one: one.p50_ms) for name, rounds in seen.items()}
    added, recorded = paces[large]
    return [
        _told(f"{min(VOLUNTEERS, large):,} volunteers registered", added),
        _told(f"{large:,} records of time loaded and counted", recorded),
        findings.wait(
            f"statistics of {large:,} records",
            p50[str(large)],
            f"{SMALL:,} records",
            p50[str(SMALL)],
            most=1.2,
            within_ms=2,
        ),
    ]


def _told(what: str, pace: float) -> Finding:
    return Finding(
        what=what,
        figures=f"{pace:,.0f} rows/s",
        against="–",
        compared="–",
        ratio="–",
        floor="none",
        reached=True,
    )


async def _load(
    running: Cluster, name: str, people: int, records: int, said: Said
) -> tuple[UUID, tuple[float, float]]:
    opened = ground.database(running, name)
    async with opened.writing() as session:
        head = await make.organization(session)
        places = [(await make.organization(session, parent=head)).id for _ in range(CITIES)]
    began = time.perf_counter()
    ids: list[UUID] = []
    for start in range(0, people, BATCH):
        ids += await _register(opened, places, min(BATCH, people - start))
    added = people / (time.perf_counter() - began)
    began = time.perf_counter()
    chance = random.Random(1)
    for start in range(0, records, BATCH):
        await _serve(opened, places, ids, min(BATCH, records - start), chance)
        if start % 100_000 == 0:
            said(f"{start:,} of {records:,} records")
    recorded = records / (time.perf_counter() - began)
    await opened.close()
    return head.id, (added, recorded)


async def _register(opened: Database, places: list[UUID], count: int) -> list[UUID]:
    homes = [places[number % CITIES] for number in range(count)]
    days = [FIRST + timedelta(days=number % 360) for number in range(count)]
    async with opened.writing() as session:
        return await registers.volunteers(session, homes, days)


async def _serve(
    opened: Database, places: list[UUID], ids: list[UUID], count: int, chance: random.Random
) -> None:
    kinds = list(Category)
    rows = [
        Served(
            organization_id=places[(place := chance.randrange(len(ids))) % CITIES],
            volunteer_id=ids[place],
            team_id=None,
            category=kinds[place % len(kinds)].value,
            on=FIRST + timedelta(days=chance.randrange(360)),
            minutes=30 + chance.randrange(200),
        )
        for _ in range(count)
    ]
    columns: dict[str, list[object]] = {
        "id": [new_id() for _ in rows],
        "created_at": [now()] * count,
        "organization_id": [one.organization_id for one in rows],
        "volunteer_id": [one.volunteer_id for one in rows],
        "category": [one.category for one in rows],
        "title": ["社区服务"] * count,
        "served_on": [one.on for one in rows],
        "minutes": [one.minutes for one in rows],
        "source": [RecordSource.sheet.value] * count,
        "reported_by": ["bench"] * count,
        "place": [""] * count,
        "served_group": [""] * count,
        "responsible": [""] * count,
        "state": [RecordState.confirmed.value] * count,
        "confirmed_at": [now()] * count,
        "confirmed_by": ["bench"] * count,
        "correction_count": [0] * count,
    }
    async with opened.writing() as session:
        await bulk.insert(session, TimeRecord, columns)
        await totals.serve(session, rows)
