"""Projects: a year of projects and benefits loaded, and what it costs to count people over so many."""

import asyncio
import random
import time
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from multiprocessing import get_context
from uuid import UUID

import psycopg

from app.kit.database import Database
from app.organizations.models import Organization, Scope
from app.projects.beneficiaries import benefits
from app.projects.beneficiaries.benefits import Given
from app.projects.models import (
    BenefitKind,
    Project,
    ProjectCategory,
    SiteKind,
    Structure,
)
from app.projects.sites import sites
from app.projects.sites.sites import NewSite
from benchmarks import findings, ground
from benchmarks.findings import Finding, Said
from benchmarks.pages import ask
from tests.databases import Cluster
from tests.factories import organizations as make
from tests.factories import registers

PROJECTS, SITES = 2_847, 700
LARGE, SMALL = 1_160_000, 11_600
BENEFITS_PER_PERSON = 3
BATCH = 10_000
LIST = 200
"""So many lines at once, as through the API."""

CITIES, COUNTIES = 11, 33
REQUESTS = 150
ROUNDS = 4
FIRST = date(2025, 1, 1)
DAYS = 360
_CATEGORIES = (ProjectCategory.education, ProjectCategory.transport, ProjectCategory.medical_aid)


@dataclass
class Office:
    """What a side needs to know: where its projects stand, and who may ask for the head's figures."""

    head: UUID
    headers: dict[str, str]
    members: list[Organization]


def measure(
    running: Cluster, template: str, said: Said, *, large: int = LARGE, projects: int = PROJECTS
) -> list[Finding]:
    """Load a small and a large register, each in a database of its own, and ask both for their figures."""
    sides, paces = {}, {}
    with ExitStack() as stack:
        client = stack.enter_context(get_context("spawn").Pool(1))
        for size in (SMALL, large):
            database = stack.enter_context(ground.fresh(running, template))
            office, paces[size] = asyncio.run(_load(running, database, projects, size, said))
            with psycopg.connect(running.url(database, "admin"), autocommit=True) as connection:
                connection.execute("vacuum analyze")
            port = stack.enter_context(ground.service("benchmarks.apps:ours", running.url(database)))
            asked = f"organization_id={office.head}&month_from=2025-03-01&month_to=2025-10-31"
            paths = [f"/v1/projects/beneficiary-statistics?{asked}"] * REQUESTS
            sides[size] = partial(ask, client, port, paths, office.headers)
            sides[size]()
        seen = findings.alternated({str(one): side for one, side in sides.items()}, ROUNDS, said)
    p50 = {name: findings.middle(rounds, lambda one: one.p50_ms) for name, rounds in seen.items()}
    drafted, planned, recorded = paces[large]
    return [
        _told(f"{projects:,} projects loaded", drafted),
        _told(f"{SITES:,} sites loaded with their milestones", planned),
        _told(f"{large:,} benefits loaded, people and person-times counted", recorded),
        findings.wait(
            f"people and person-times of {large:,} benefits",
            p50[str(large)],
            f"{SMALL:,} benefits",
            p50[str(SMALL)],
            most=1.5,
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
    running: Cluster, name: str, count: int, size: int, said: Said
) -> tuple[Office, tuple[float, float, float]]:
    opened = ground.database(running, name)
    office = await _federation(opened)
    began = time.perf_counter()
    projects = await _projects(opened, office.members, count)
    drafted = count / (time.perf_counter() - began)
    began = time.perf_counter()
    await _sites(opened, [one for mine in projects.values() for one in mine])
    planned = SITES / (time.perf_counter() - began)
    people = await _people(opened, office.members, size // BENEFITS_PER_PERSON)
    began = time.perf_counter()
    chance = random.Random(1)
    for number, start in enumerate(range(0, size, LIST)):
        at = office.members[number % len(office.members)].id
        project = chance.choice(projects[at])
        given = [_given(chance, people[at]) for _ in range(min(LIST, size - start))]
        async with opened.writing() as session:
            await benefits.record(session, project, given, by="bench")
        if start % 100_000 == 0:
            said(f"{start:,} of {size:,} benefits")
    recorded = size / (time.perf_counter() - began)
    await opened.close()
    return office, (drafted, planned, recorded)


async def _federation(opened: Database) -> Office:
    async with opened.writing() as session:
        head = await make.organization(session)
        cities = [await make.organization(session, parent=head) for _ in range(CITIES)]
        counties = [
            await make.organization(session, parent=cities[place % CITIES]) for place in range(COUNTIES)
        ]
        _, headers = await make.key(session, head, Scope.projects)
    return Office(head.id, headers, [*cities, *counties])


async def _projects(opened: Database, members: list[Organization], count: int) -> dict[UUID, list[Project]]:
    async with opened.writing() as session:
        found = await registers.projects(session, members, count, first=FIRST, categories=_CATEGORIES)
    return {one.id: [two for two in found if two.organization_id == one.id] for one in members}


async def _sites(opened: Database, projects: list[Project]) -> None:
    owners = [projects[number % len(projects)] for number in range(SITES)]
    made = [sites.planned(one, _site(number, one)) for number, one in enumerate(owners)]
    async with opened.writing() as session:
        session.add_all(made)
        await session.flush()
        session.add_all(milestone for one in made for milestone in sites.milestones_of(one))


def _site(number: int, project: Project) -> NewSite:
    return NewSite(
        code=f"Q{number:04d}",
        title="慈安桥",
        kind=SiteKind.bridge,
        region_code=project.region_code,
        village="示例村",
        structure=Structure.slab,
        length_centimetres=2_000 + number,
        width_centimetres=250,
        planned_minor=5_000_000,
    )


async def _people(opened: Database, members: list[Organization], count: int) -> dict[UUID, list[UUID]]:
    people: dict[UUID, list[UUID]] = {one.id: [] for one in members}
    for start in range(0, count, BATCH):
        places = [members[number % len(members)].id for number in range(min(BATCH, count - start))]
        async with opened.writing() as session:
            ids = await registers.people(session, places, FIRST)
        for one, place in zip(ids, places, strict=True):
            people[place].append(one)
    return people


def _given(chance: random.Random, people: list[UUID]) -> Given:
    kind = chance.choice(list(BenefitKind))
    counted = chance.random() < 0.1
    return Given(
        kind=kind,
        given_on=FIRST + timedelta(days=chance.randrange(DAYS)),
        title="帮扶",
        amount_minor=1 + chance.randrange(500_000),
        beneficiary_id=None if counted else chance.choice(people),
        person_count=1 + chance.randrange(50) if counted else 1,
    )
