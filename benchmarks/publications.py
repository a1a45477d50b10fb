"""Publications: a year's reports compiled out of a hundred thousand gifts, against ten thousand."""

import asyncio
from collections.abc import Callable
from contextlib import ExitStack
from datetime import date
from functools import partial
from statistics import median
from time import perf_counter
from uuid import UUID

from app.disclosure.models import PublicationKind
from app.disclosure.publications import compilations
from app.disclosure.publications.asked import Asked
from app.disclosure.publications.forms import FORMS
from app.disclosure.publications.subjects import FIND
from app.organizations import organizations
from benchmarks import figures, findings, ground
from benchmarks.findings import Finding, Said
from tests.databases import Cluster
from tests.shaanxi.numbers import Scale

LARGE, SMALL = 100_000, 10_000
TIMES, ROUNDS = 10, 4
KINDS = (PublicationKind.annual_work_report, PublicationKind.annual_financial_report)


def measure(running: Cluster, template: str, said: Said, *, large: int = LARGE) -> list[Finding]:
    """Both sides are the same province with the same amounts: only how many gave them is another number."""
    sides: dict[str, Callable[[], float]] = {}
    with ExitStack() as stack:
        for gifts in (SMALL, large):
            database = stack.enter_context(ground.fresh(running, template))
            scale = Scale(gifts=gifts, people=figures.FEW, volunteers=figures.FEW)
            head = figures.load(running, database, scale, said)
            for kind in KINDS:
                sides[_named(kind, gifts)] = partial(_timed, running, database, head, kind)
        for side in sides.values():
            side()
        seen = findings.alternated(sides, ROUNDS, said)
    p50 = {name: median(rounds) for name, rounds in seen.items()}
    return [
        findings.wait(
            _named(kind, large),
            p50[_named(kind, large)],
            f"{SMALL:,} gifts",
            p50[_named(kind, SMALL)],
            most=1.2,
            within_ms=2,
        )
        for kind in KINDS
    ]


def _named(kind: PublicationKind, gifts: int) -> str:
    return f"{FORMS[kind].title.lower()} compiled, {gifts:,} gifts"


def _timed(running: Cluster, name: str, head: UUID, kind: PublicationKind) -> float:
    """Return the median time in ms that one compilation takes."""
    return asyncio.run(_compile(running, name, head, kind))


async def _compile(running: Cluster, name: str, head: UUID, kind: PublicationKind) -> float:
    opened = ground.database(running, name)
    taken: list[float] = []
    async with opened.reading() as session:
        organization = await organizations.get(session, head)
        asked = Asked(
            organization=organization,
            kind=kind,
            subject=await FIND[FORMS[kind].thing](session, head),
            first=date(2020, 1, 1),
            last=date(2020, 12, 31),
            as_of=date(2021, 5, 31),
        )
        for _ in range(TIMES):
            began = perf_counter()
            await compilations.compiled(session, asked)
            taken.append((perf_counter() - began) * 1000)
    await opened.close()
    return median(taken)
