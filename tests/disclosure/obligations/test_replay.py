"""A generated year replayed: of 2020 under the old texts, of 2026 under the new ones, whenever it is made."""

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncConnection

from app.disclosure.models import Obligation
from app.disclosure.obligations import making
from app.disclosure.rules import deadlines
from app.disclosure.rules.law import BY_VERSION
from app.kit.database import WriteSession
from app.organizations.models import Organization
from app.projects.models import Project
from tests.disclosure.obligations.project_scenes import leftover, project
from tests.disclosure.obligations.scenes import association, campaign, emergency, made, obligations
from tests.shaanxi import loading
from tests.shaanxi.numbers import TESTS

CAMPAIGNS, PROJECTS = 14, 24


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What happens in a generated year: when each thing begins, is planned to end, and ends."""

    campaigns: list[tuple[date, date]]
    projects: list[tuple[date, date, date | None]]


def generated(year: int) -> Plan:
    """A year's campaigns and projects, the same ones each time: half of them run over six months."""
    dice, first = random.Random(year), date(year, 1, 1)

    def begun() -> date:
        return first + timedelta(days=dice.randrange(200))

    campaigns = [(one := begun(), one + timedelta(days=dice.randrange(20, 360))) for _ in range(CAMPAIGNS)]
    projects: list[tuple[date, date, date | None]] = []
    for number in range(PROJECTS):
        one = begun()
        planned = one + timedelta(days=dice.randrange(60, 340))
        ended = planned - timedelta(days=dice.randrange(40)) if number % 3 else None
        projects.append((one, planned, ended))
    return Plan(campaigns=campaigns, projects=projects)


async def federation(session: WriteSession, year: int, plan: Plan) -> tuple[Organization, list[Project]]:
    member = await association(session, books_from=f"{year}-01-01")
    response = await emergency(session, member, f"{year}-01-25", f"{year}-04-25")
    for number, (begins, ends) in enumerate(plan.campaigns):
        over = {"emergency_id": response.id} if number == 0 else {}
        await campaign(session, member, begins.isoformat(), ends.isoformat(), **over)
    rows = [
        await project(session, member, begun, planned, approved=begun, ended=ended)
        for begun, planned, ended in plan.projects
    ]
    for one in rows:
        if one.executed_to is not None and one.executed_to.day % 2:
            await leftover(session, one, 1_000_00, one.executed_to)
    return member, rows


@contextmanager
def noting(connection: AsyncConnection, written: list[str]) -> Iterator[None]:
    """Note what is written to obligations meanwhile, and whether anybody is told of one."""

    def note(_c: object, _u: object, statement: str, *_: object) -> None:
        verb, *_rest = statement.split(None, 1)
        about = any(name in statement for name in ("obligations", "outbox_events"))
        if verb.lower() in {"insert", "update", "delete"} and about:
            written.append(statement)

    event.listen(connection.sync_connection, "before_cursor_execute", note)
    try:
        yield
    finally:
        event.remove(connection.sync_connection, "before_cursor_execute", note)


def told(rows: list[Obligation]) -> Counter[tuple[str, ...]]:
    names = ("rule_id", "regulation", "mark", "number", "trigger_on", "due_on", "rolled_on", "complete")
    return Counter(tuple(str(getattr(row, name)) for name in names) for row in rows if row.lapsed_on is None)


@pytest.mark.parametrize(
    ("year", "texts", "only_then"),
    [
        (2020, {"CL-2016", "GM-59", "XX-61", "STGL-1998"}, set[str]()),
        (2026, {"CL-2023", "GM-74", "XX-81", "KJ-2024-25", "STGL-1998"}, {"OB-B7", "OB-B10", "OB-C1"}),
    ],
)
async def test_a_generated_year_owes_the_same_however_it_is_replayed(
    session: WriteSession, year: int, texts: set[str], only_then: set[str]
) -> None:
    plan, last = generated(year), date(year + 1, 12, 31)
    grown_in, rows = await federation(session, year, plan)
    replayed_in, _ = await federation(session, year, plan)
    on = date(year, 1, 1)
    while on < last:
        await making.make(session, grown_in.id, on)
        on += timedelta(days=45)

    grown, replayed = await made(session, grown_in, last), await made(session, replayed_in, last)

    assert told(grown) == told(replayed)
    assert len(grown) > 60
    # Made once more on the same day nothing is written, and nobody is reminded.
    written: list[str] = []
    with noting(await session.connection(), written):
        await making.make(session, grown_in.id, last)
    assert written == []
    assert {one.regulation for one in grown} <= texts
    assert all(BY_VERSION[one.rule_id, one.regulation].holds(one.trigger_on) for one in grown)
    rules = {one.rule_id for one in grown}
    assert {"OB-B5", "OB-B6", "OB-B8-progress", "OB-B8-final"} <= rules
    assert {"OB-B7", "OB-B10", "OB-C1"} & rules == only_then
    for one, (begun, planned, ended) in zip(rows, plan.projects, strict=True):
        owed = [row.due_on for row in grown if row.rule_id == "OB-B8-progress" and row.subject_id == one.id]
        end = ended or last + timedelta(days=40)
        # What has not ended by now has run for over six months, whatever was planned.
        lasts = max(planned, ended or last) > deadlines.months_after(begun, 6)
        counted = [deadlines.months_after(begun, 3 * number) for number in range(1, 20)]
        assert owed == [day for day in counted if day <= end and lasts], (begun, planned, ended)


async def test_shaanxis_generated_2020_is_judged_by_the_texts_of_its_time(session: WriteSession) -> None:
    here = await loading.load(session, TESTS)
    await session.flush()
    places = [here.province.organization, *(one.organization for one in here.cities)]
    last = date(2021, 12, 31)
    owed: list[Obligation] = []
    for place in places:
        owed += await made(session, place, last)

    assert {one.regulation for one in owed} <= {"CL-2016", "GM-59", "XX-61", "STGL-1998", "JJGL-2004"}
    assert all(BY_VERSION[one.rule_id, one.regulation].holds(one.trigger_on) for one in owed)
    rules = {one.rule_id for one in owed}
    assert {"OB-A2", "OB-B4", "OB-B4a-supervisor"} <= rules
    # What only the later texts ask, nobody owed then.
    assert not {"OB-B7", "OB-B9", "OB-B10", "OB-B13", "OB-C1"} & rules
    before = told(owed)
    written: list[str] = []
    with noting(await session.connection(), written):
        for place in places:
            await making.make(session, place.id, last)
    assert written == []
    assert told([one for place in places for one in await obligations(session, place)]) == before
