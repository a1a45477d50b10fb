"""Campaigns: one hot one, whose gifts all take their serial numbers from one counter, against a thousand."""

import asyncio
from contextlib import ExitStack
from functools import partial
from itertools import count

from benchmarks import findings, ground, messages, recording
from benchmarks.findings import Finding, Said
from tests.databases import Cluster
from tests.factories import fundraising as make
from tests.webhooks.platforms import Partner

COLD = 1_000
SIZE = 500
GIFTS = 8_000
ROUNDS = 3


def measure(running: Cluster, template: str, said: Said) -> list[Finding]:
    """Two equal databases; the gifts of the one go to one campaign, those of the other round a thousand."""
    with ExitStack() as stack:
        seed = stack.enter_context(ground.fresh(running, template))
        said(f"opening {COLD:,} campaigns")
        platform, codes = asyncio.run(_prepare(running, seed))
        sides = {}
        for name, campaigns in (("hot", codes[:1]), ("cold", codes)):
            database = stack.enter_context(ground.fresh(running, seed))
            sides[name] = partial(_record, running, database, platform, count(), campaigns)
            sides[name]()
        seen = findings.alternated(sides, ROUNDS, said)
    paces = {name: findings.middle(rounds, float) for name, rounds in seen.items()}
    what, against = f"one hot campaign, batches of {SIZE}", f"{COLD:,} cold campaigns"
    return [findings.rate(what, paces["hot"], against, paces["cold"], floor=0.8)]


async def _prepare(running: Cluster, name: str) -> tuple[Partner, list[str]]:
    platform = await ground.prepare(running, name)
    opened = ground.database(running, name)
    async with opened.writing() as session:
        made = [await make.campaign(session, platform.organization.id) for _ in range(COLD)]
    await opened.close()
    return platform, [campaign.code for campaign in made]


def _record(running: Cluster, name: str, platform: Partner, numbers: count, codes: list[str]) -> float:
    read = messages.read(platform, [next(numbers) for _ in range(GIFTS)], codes)
    return asyncio.run(recording.pace(running, name, read, SIZE))
