"""The demo's volunteers: generated people in the cities' teams, what they are called to, and time they gave.

Nobody in it exists: names are numbered, and so are the documents, whose region is one that is not given out.
"""

import random
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from stdnum.cn import ric

from app.kit.clock import LEGAL_ZONE, today
from app.kit.database import Database, WriteSession
from app.kit.persons.documents import DocumentKind
from app.organizations.models import Organization
from app.volunteers import activities, members, records, sign_ups, teams, volunteers
from app.volunteers.activities import NewNeed
from app.volunteers.models import (
    Activity,
    Category,
    MemberRole,
    RecordSource,
    Team,
    TimeRecord,
    Volunteer,
)
from app.volunteers.teams import NewTeam
from app.volunteers.volunteers import Particulars

ACTOR = "demo"
REGION = "619999"
"""No county has this code: a number that begins with it is nobody's."""

CALLS = (
    ("社区老人陪护", Category.elderly, "陪伴独居老人，协助测量血压", "老人行动不便，注意防跌"),
    ("河道清洁", Category.environment, "捡拾河岸垃圾", "河岸湿滑，不得下水"),
    ("乡村课堂", Category.education, "辅导儿童课业", "往返山路，注意行车安全"),
)
PEOPLE_EACH = 6


async def load(database: Database, members_by_region: Mapping[str, Organization]) -> None:
    """Found two teams in each city, fill them with generated people, call them, and record their time."""
    cities = [one for code, one in sorted(members_by_region.items()) if code.endswith("00")]
    chance = random.Random("volunteers")  # noqa: S311 - the same people in every demo
    for number, city in enumerate(city for city in cities if city.parent_id is not None):
        # A transaction per city: none of ours lasts long.
        async with database.writing() as session:
            await _city(session, city, number * PEOPLE_EACH, chance)


async def _city(session: WriteSession, city: Organization, first: int, chance: random.Random) -> None:
    top = await teams.found(session, _team(city, "01", "慈善志愿服务队"))
    under = await teams.found(session, _team(city, "02", "慈善志愿服务队·社区分队", top))
    people = [await _person(session, city, first + place, chance) for place in range(PEOPLE_EACH)]
    for place, who in enumerate(people):
        role = MemberRole.leader if place < 2 else MemberRole.member
        await members.join(session, (top, under)[place % 2], who, actor=ACTOR, role=role, on=date(2026, 1, 5))
    title, category, content, risks = CALLS[first // PEOPLE_EACH % len(CALLS)]
    starts_at = datetime.combine(today() + timedelta(days=14), time(9), tzinfo=LEGAL_ZONE)
    activity = Activity(
        organization_id=city.id,
        code=f"{city.code}-2026-001",
        title=f"{title}（演示）",
        category=category,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=4),
        place=f"{city.name}服务点",
        content=content,
        risks=risks,
        served_group="社区居民",
        responsible="演示负责人",
        contact="演示联系方式",
        region_code=city.region_code,
        team_id=top.id,
    )
    await activities.draft(session, activity, [NewNeed(role="志愿者", capacity=PEOPLE_EACH - 3)])
    await activities.publish(session, activity)
    [need] = await activities.needs(session, activity.id)
    for who in people:
        await sign_ups.sign_up(session, activity, need, who, actor=ACTOR)
    await _served(session, city, top, people, chance)


def _team(city: Organization, code: str, name: str, parent: Team | None = None) -> NewTeam:
    return NewTeam(
        organization_id=city.id,
        code=f"{city.code}-{code}",
        name=f"{city.name}{name}",
        founded_on=date(2020, 10, 13),
        purpose="演示数据",
        region_code=city.region_code,
        parent_id=parent.id if parent else None,
    )


async def _person(session: WriteSession, city: Organization, number: int, chance: random.Random) -> Volunteer:
    digits = f"{REGION}{1960 + number % 45}{1 + number % 12:02d}{1 + number % 28:02d}{number % 1000:03d}"
    person = Particulars(
        name=f"志愿者{number + 1:04d}",
        document_kind=DocumentKind.resident_id,
        document_number=digits + ric.calc_check_digit(digits + "0"),
        phone=f"1990000{number:04d}",
        region_code=city.region_code,
        skills=["first_aid"] if chance.random() < 0.3 else [],
        categories=[chance.choice(list(Category)).value],
        languages=["zh"],
    )
    return await volunteers.register(session, city.id, person, actor=ACTOR, checked=True)


async def _served(
    session: WriteSession, city: Organization, team: Team, people: list[Volunteer], chance: random.Random
) -> None:
    made: list[TimeRecord] = []
    for who in people:
        for _ in range(chance.randrange(1, 6)):
            title, category, *_rest = chance.choice(CALLS)
            record = TimeRecord(
                organization_id=city.id,
                volunteer_id=who.id,
                team_id=team.id,
                category=category,
                title=title,
                served_on=today() - timedelta(days=chance.randrange(1, 200)),
                minutes=30 * chance.randrange(2, 10),
                source=RecordSource.hand,
                reported_by=ACTOR,
            )
            made.append(await records.report(session, record))
    await records.confirm(session, sorted(made, key=lambda one: one.id), actor=ACTOR)
