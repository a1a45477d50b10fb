"""Sheets: a province's projects and sites taken in from two sheets, and what it costs to count them."""

import asyncio
import csv
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from app.kit.database import Database
from app.kit.sheets.forms import Field
from app.organizations import organizations
from app.organizations.models import Organization
from app.projects.register import sheets as project_sheets
from app.projects.register import statistics
from app.projects.register.lists import Wanted
from app.projects.sites import sheets as site_sheets
from benchmarks import findings, ground
from benchmarks.findings import Finding, Said
from tests.databases import Cluster

PROJECTS, SITES = 2_847, 700
ROUNDS = 3
COUNTS = 20

Pace = tuple[float, float, float]
"""Projects per second, sites per second, and the milliseconds that one count took."""


def measure(
    running: Cluster, template: str, said: Said, *, projects: int = PROJECTS, sites: int = SITES
) -> list[Finding]:
    """The same sheets in fresh databases; sites come with their milestones, projects with their history."""
    paces: list[Pace] = []
    with TemporaryDirectory() as folder:
        for number in range(ROUNDS):
            said(f"{projects:,} projects and {sites:,} sites, round {number + 1} of {ROUNDS}")
            with ground.fresh(running, template) as name:
                paces.append(asyncio.run(_load(running, name, Path(folder), projects, sites)))
    loaded, built, counted = (findings.middle(paces, lambda one, at=at: one[at]) for at in (0, 1, 2))
    return [
        findings.rate(
            f"a sheet of {projects:,} projects taken in",
            loaded,
            f"{sites:,} sites",
            built,
            unit="rows",
            more=f"; a count of them {counted:.1f} ms",
        )
    ]


async def _load(running: Cluster, name: str, folder: Path, projects: int, sites: int) -> Pace:
    here = await ground.prepare(running, name)
    opened = ground.database(running, name)
    async with opened.reading() as session:
        member = await organizations.get(session, here.organization.id)
    first, second = folder / "projects.csv", folder / "sites.csv"
    await asyncio.to_thread(_write, first, project_sheets.FORM.fields, map(_project, range(projects)))
    await asyncio.to_thread(_write, second, site_sheets.FORM.fields, map(_site, range(sites)))
    began = time.perf_counter()
    async with opened.writing() as session:
        taken = await project_sheets.take_in(session, member, first, actor="bench", dry_run=False)
    between = time.perf_counter()
    async with opened.writing() as session:
        built = await site_sheets.take_in(session, member, second, actor="bench", dry_run=False)
    ended = time.perf_counter()
    counted = await _count(opened, member, projects)
    await opened.close()
    if (taken.project_count, built.site_count) != (projects, sites):
        raise RuntimeError(f"the sheets came out otherwise: {taken}, {built}")
    return projects / (between - began), sites / (ended - between), counted


async def _count(opened: Database, member: Organization, projects: int) -> float:
    places: list[UUID] = [member.id]
    waits: list[float] = []
    for _ in range(COUNTS):
        async with opened.reading() as session:
            began = time.perf_counter()
            counts = await statistics.count(session, places, Wanted(year=2020))
            waits.append((time.perf_counter() - began) * 1000)
        if counts.project_count != projects:
            raise RuntimeError(f"{counts.project_count} projects counted")
    return findings.middle(waits, lambda one: one)


def _write(path: Path, fields: Sequence[Field], rows: Iterable[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([field.zh for field in fields])
        writer.writerows([row.get(field.name, "") for field in fields] for row in rows)


def _project(number: int) -> dict[str, str]:
    return {
        "code": f"610000-2020-{number:06d}",
        "title": f"项目{number}",
        "category": ("教育助学", "健康", "产业帮扶", "交通便民", "消费帮扶")[number % 5],
        "content": "帮扶",
        "region_code": ("610924", "610118", "610581")[number % 3],
        "village": f"示例{number % 97}村",
        "planned_from": "2020-01-01",
        "planned_to": "2020-12-31",
        "beneficiary_rule": "困难群众",
        "executed_from": f"2020-{number % 12 + 1:02d}-01",
    }


def _site(number: int) -> dict[str, str]:
    return {
        "project": f"610000-2020-{number % 97:06d}",
        "code": f"{number:04d}",
        "title": f"{number}号桥",
        "kind": "桥梁",
        "structure": "平板桥",
        "region_code": "610924",
        "village": f"示例{number % 97}村",
        "length_centimetres": "18.5",
        "width_centimetres": "3.5",
        "latitude_microdegrees": "32.52",
        "longitude_microdegrees": "108.53",
        "planned_minor": "60000",
    }
