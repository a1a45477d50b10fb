"""Figures: the article's numbers of a whole province out of a million gifts, against ten thousand."""

import asyncio
import json
import os
import urllib.request
from contextlib import ExitStack
from functools import partial
from multiprocessing import get_context
from uuid import UUID

import psycopg

from app.fundraising import donations
from app.kit import batches
from benchmarks import findings, ground
from benchmarks.findings import Finding, Said
from benchmarks.pages import ask
from tests.databases import Cluster
from tests.shaanxi import federation, loading, numbers
from tests.shaanxi.federation import Federation, Stream
from tests.shaanxi.numbers import WHOLE, Scale

LARGE, SMALL = WHOLE.gifts, 10_000
FEW = 1_000
"""By what people are divided where it is only gifts that count."""

BATCH = 2_000
TOLD_EACH = 50_000
REQUESTS = 60
ROUNDS = 4
WANTED = {
    "raised": ("entity", numbers.RAISED_2020),
    "raised_growth": ("entity", numbers.GROWTH_PER_MILLE),
    "projects": ("entity", numbers.PROJECTS),
    "beneficiary_persons": ("entity", numbers.PEOPLE),
    "raised_emergency": ("consolidated", numbers.EMERGENCY),
    "raised_online": ("consolidated", numbers.ONLINE),
    "poverty_relief_spent": ("consolidated", numbers.POVERTY_RELIEF),
    "pilot_counties": ("consolidated", numbers.PILOT_COUNTIES),
    "new_volunteers": ("consolidated", numbers.VOLUNTEERS),
    "clothes_collected": ("consolidated", numbers.CLOTHES_GRAMS),
}
_DIVIDED = {"beneficiary_persons": "people", "new_volunteers": "volunteers"}


def measure(running: Cluster, template: str, said: Said, *, large: int = LARGE) -> list[Finding]:
    """Both sides are the same province with the same amounts; the large one has all of the people too."""
    sides = {}
    with ExitStack() as stack:
        client = stack.enter_context(get_context("spawn").Pool(1))
        for gifts in (SMALL, large):
            whole = gifts == LARGE
            scale = WHOLE if whole else Scale(gifts=gifts, people=FEW, volunteers=FEW)
            database = stack.enter_context(ground.fresh(running, template))
            head = load(running, database, scale, said)
            port = stack.enter_context(ground.service("benchmarks.apps:ours", running.url(database)))
            _check(port, head, scale)
            for basis in ("entity", "consolidated"):
                side = partial(ask, client, port, [_path(head, basis)] * REQUESTS)
                side()
                sides[_named(gifts, basis)] = side
        seen = findings.alternated(sides, ROUNDS, said)
    p50 = {name: findings.middle(rounds, lambda one: one.p50_ms) for name, rounds in seen.items()}
    return [
        findings.wait(
            _named(large, basis),
            p50[_named(large, basis)],
            f"{SMALL:,} gifts",
            p50[_named(SMALL, basis)],
            most=1.2,
            within_ms=2,
        )
        for basis in ("entity", "consolidated")
    ]


def _named(gifts: int, basis: str) -> str:
    return f"a year's figures compiled ({basis}), {gifts:,} gifts"


def _path(head: UUID, basis: str, year: int = 2020) -> str:
    return f"/v1/disclosure/organizations/{head}/annual-figures/{year}?basis={basis}"


def load(running: Cluster, name: str, scale: Scale, said: Said) -> UUID:
    """Load the province's 2020 at a scale; return the id of its head."""
    here = asyncio.run(_found(running, name, scale))
    parts = [
        (running, name, stream, range(start, min(start + BATCH, stream.count)))
        for stream in here.streams
        for start in range(0, stream.count, BATCH)
    ]
    done = 0
    with get_context("spawn").Pool(min(os.cpu_count() or 1, 4)) as pool:
        for count in pool.imap_unordered(_give, parts, chunksize=1):
            if (done + count) // TOLD_EACH > done // TOLD_EACH:
                said(f"{done + count:,} of {here.gift_count:,} gifts recorded")
            done += count
    said(f"{numbers.PEOPLE // scale.people:,} people helped, and the rest of the year")
    asyncio.run(_rest(running, name, here, scale))
    with psycopg.connect(running.url(name, "admin"), autocommit=True) as connection:
        # As autovacuum would have done meanwhile.
        connection.execute("vacuum analyze")
    return here.province.organization.id


async def _found(running: Cluster, name: str, scale: Scale) -> Federation:
    opened = ground.database(running, name)
    async with opened.writing() as session:
        here = await federation.found(session, scale)
        await session.flush()
        session.expunge_all()
    await opened.close()
    return here


def _give(part: tuple[Cluster, str, Stream, range]) -> int:
    return asyncio.run(_receive(*part))


async def _receive(running: Cluster, name: str, stream: Stream, places: range) -> int:
    opened = ground.database(running, name)
    gifts = list(federation.gifts(stream, places))
    # Two processes may meet the same month: as at the door, the later one looks again.
    for answer in await batches.commit(opened, gifts, donations.receive):
        if isinstance(answer, BaseException):
            raise answer
    await opened.close()
    return len(gifts)


async def _rest(running: Cluster, name: str, here: Federation, scale: Scale) -> None:
    opened = ground.database(running, name)
    async with opened.writing() as session:
        await loading.rest(session, here, scale)
    await opened.close()


def _check(port: int, head: UUID, scale: Scale) -> None:
    told = {(basis, 2020): _read(port, _path(head, basis)) for basis in ("entity", "consolidated")}
    for name, (basis, whole) in WANTED.items():
        wanted = whole // getattr(scale, _DIVIDED[name]) if name in _DIVIDED else whole
        if (found := told[basis, 2020][name]["value"]) != wanted:
            raise RuntimeError(f"{name} is {found} instead of {wanted}")
    bridges = _read(port, _path(head, "entity", 2021))["target_sites"]
    if (bridges["value"], bridges["target"]) != (0, numbers.BRIDGES_2021):
        raise RuntimeError(f"{bridges['value']} of {bridges['target']} bridges")


def _read(port: int, path: str) -> dict:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}") as answer:
        return {one["id"]: one for one in json.load(answer)["figures"]}
