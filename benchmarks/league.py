"""League: the league table of those through whom a million gifts came, against ten thousand."""

import asyncio
import json
import urllib.request
from contextlib import ExitStack
from functools import partial
from multiprocessing import get_context
from uuid import UUID

import psycopg

from app.fundraising.models import Fundraiser, FundraiserKind
from app.fundraising.ways import attributions, fundraisers
from app.organizations import organizations
from app.organizations.models import Scope
from benchmarks import crowd, findings, ground, pages
from benchmarks.findings import Finding, Said
from tests.databases import Cluster
from tests.webhooks.operators import operator

LARGE, SMALL = 1_000_000, 10_000
REQUESTS = 100
ROUNDS = 4
DEPARTMENTS, PEOPLE = 5, 95
FOLDED = 5_000
CODES = [f"QY-{number:04d}" for number in range(DEPARTMENTS + PEOPLE)]
PATH = "/v1/fundraising/fundraisers/league?organization_id={}&day_from=2026-02-01&day_to=2026-05-31"


def measure(running: Cluster, template: str, said: Said, *, large: int = LARGE) -> list[Finding]:
    """One connection asks one service after the other; both have as many fundraisers, and as many days."""
    sides = {}
    with ExitStack() as stack:
        client = stack.enter_context(get_context("spawn").Pool(1))
        for gifts in (SMALL, large):
            database = stack.enter_context(ground.fresh(running, template))
            crowd.gather(running, database, gifts, said, asked_by=CODES)
            path, headers = asyncio.run(_enlist(running, database, said))
            with psycopg.connect(running.url(database, "admin"), autocommit=True) as connection:
                connection.execute("vacuum analyze")
            port = stack.enter_context(ground.service("benchmarks.apps:ours", running.url(database)))
            _check(port, path, headers, gifts)
            side = partial(pages.ask, client, port, [path] * REQUESTS, headers)
            side()
            sides[gifts] = side
        seen = findings.alternated(
            {f"league table, {gifts:,} gifts": side for gifts, side in sides.items()}, ROUNDS, said
        )
    small, big = (findings.middle(rounds, lambda one: one.p50_ms) for rounds in seen.values())
    ours = f"league table, {large:,} gifts"
    return [findings.wait(ours, big, f"{SMALL:,} gifts", small, most=1.2, within_ms=2)]


async def _enlist(running: Cluster, name: str, said: Said) -> tuple[str, dict[str, str]]:
    """Add those who asked, five departments with people in each, and fold the gifts into their days."""
    opened = ground.database(running, name)
    with psycopg.connect(running.url(name)) as connection:
        [organization_id] = connection.execute("select distinct organization_id from donations").fetchone()
    async with opened.writing() as session:
        organization = await organizations.get(session, organization_id)
        headers = await operator(session, organization, Scope.fundraising)
        above: list[UUID] = []
        for code in CODES:
            department = len(above) < DEPARTMENTS
            one = Fundraiser(
                organization_id=organization_id,
                kind=FundraiserKind.department if department else FundraiserKind.team,
                code=code,
                parent_id=None if department else above[len(above) % DEPARTMENTS],
            )
            above.append((await fundraisers.create(session, one, name=code)).id)
    done = 0
    while True:
        async with opened.writing() as session:
            folded = await attributions.fold(session, limit=FOLDED)
        done += folded
        if not folded:
            break
        if done % (10 * FOLDED) == 0:
            said(f"{done:,} gifts attributed")
    await opened.close()
    return PATH.format(organization_id), headers


def _check(port: int, path: str, headers: dict[str, str], gifts: int) -> None:
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers)
    with urllib.request.urlopen(request) as answer:
        places = json.load(answer)["places"]
    told = sum(one["gift_count"] for one in places if one["parent_id"] is None)
    back = -(-gifts // crowd.REFUNDED_EACH)
    if (len(places), told) != (len(CODES), gifts - back):
        raise RuntimeError(f"the league has {len(places)} places and {told} gifts instead of {gifts - back}")
