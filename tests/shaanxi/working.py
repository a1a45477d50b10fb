"""What else was done: projects, people who were helped, volunteers, clothes, villages and bridges."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from app.fundraising.goods import collections
from app.fundraising.goods.collections import NewPoint, Weighing
from app.fundraising.models.goods import CollectedItem
from app.kit.database import WriteSession
from app.kit.ids import new_code
from app.kit.money import split
from app.organizations.models import Organization
from app.projects.beneficiaries import benefits
from app.projects.beneficiaries.benefits import Given
from app.projects.models import (
    BenefitKind,
    ProgrammeTarget,
    Project,
    ProjectCategory,
    SiteKind,
    Structure,
)
from app.projects.register import programmes
from app.projects.register.programmes import NewProgramme
from app.projects.sites import sites, targets
from app.projects.sites.sites import NewSite
from app.projects.villages import homes
from app.projects.villages.homes import NewVillage
from tests.factories import registers
from tests.shaanxi import numbers
from tests.shaanxi.federation import FIRST, Federation
from tests.shaanxi.numbers import Scale

LIST = 2_000
AGAIN_EACH = 10
"""Every so many people one is helped a second time: more times than people."""

CATEGORIES = (
    ProjectCategory.education,
    ProjectCategory.health,
    ProjectCategory.industry,
    ProjectCategory.transport,
    ProjectCategory.consumption,
    ProjectCategory.emergency,
    ProjectCategory.elderly,
)


async def projects(
    session: WriteSession, here: Federation
) -> tuple[dict[ProjectCategory, Project], list[Project]]:
    """All projects of the province, one of each category, and one project of each city."""
    head = here.province.organization
    own = await registers.projects(session, [head], numbers.PROJECTS, first=FIRST, categories=CATEGORIES)
    cities = [one.organization for one in here.cities]
    theirs = await registers.projects(session, cities, len(cities), first=FIRST, categories=CATEGORIES[:5])
    by_city = {one.organization_id: one for one in theirs}
    return {one.category: one for one in reversed(own)}, [by_city[one.id] for one in cities]


async def help_people(session: WriteSession, head: Organization, project: Project, people: int) -> None:
    """Help so many people, every tenth of them twice, and a few who are only counted."""
    ids = await registers.people(session, [head.id] * people, FIRST)
    given = [_given(who, date(2020, 1 + place % 12, 5)) for place, who in enumerate(ids)]
    given += [_given(who, date(2020, 1 + (place + 6) % 12, 6)) for place, who in enumerate(ids[::AGAIN_EACH])]
    for start in range(0, len(given), LIST):
        await benefits.record(session, project, given[start : start + LIST], by="generated")


def _given(who: UUID, on: date) -> Given:
    return Given(kind=BenefitKind.money, given_on=on, title="慰问金", amount_minor=50_000, beneficiary_id=who)


async def volunteer(session: WriteSession, here: Federation, scale: Scale) -> None:
    """Register the volunteers of two years, in the cities."""
    cities = [one.organization.id for one in here.cities]
    for year, all_of_them in ((2019, numbers.VOLUNTEERS_2019), (2020, numbers.VOLUNTEERS)):
        count = all_of_them // scale.volunteers
        places = [cities[number % len(cities)] for number in range(count)]
        days = [date(year, 1, 1) + timedelta(days=number % 365) for number in range(count)]
        await registers.volunteers(session, places, days)


async def collect_clothes(session: WriteSession, head: Organization, scale: Scale) -> None:
    """Weigh clothes once a month, in two years."""
    new = NewPoint(organization_id=head.id, code="P1", name="慈善实业回收点")
    point = await collections.open_point(session, new)
    for year, grams in ((2019, numbers.CLOTHES_GRAMS_2019), (2020, numbers.CLOTHES_GRAMS)):
        parts = split(scale.fen(grams), [1] * 12)
        for month, part in enumerate(parts, 1):
            weighing = Weighing(
                item=(CollectedItem.clothing, CollectedItem.shoes)[month % 2],
                collected_on=date(year, month, 20),
                weight_grams=part,
                collector="回收员",
            )
            await collections.record(session, point, weighing, actor="generated")


async def settle_villages(session: WriteSession, counties: Sequence[Organization]) -> None:
    """Let one village in each county try a Happy Home out."""
    for place, county in enumerate(counties):
        new = NewVillage(
            organization_id=county.id,
            code=f"V{new_code(8)}",
            region_code=county.region_code,
            town="示例镇",
            name="示例村",
            pilot_phase=1,
            started_on=date(2020, 10, 13) + timedelta(days=place),
        )
        await homes.start(session, new, by="generated")


async def plan_bridges(session: WriteSession, head: Organization, project: Project) -> None:
    """Set 2021's target, and plan three of its bridges."""
    programme = await programmes.create(
        session,
        NewProgramme(
            organization_id=head.id,
            code="QAB",
            title="慈安桥",
            category=ProjectCategory.transport,
            purpose="为秦巴山区村民修建跨河便民桥",
            starts_on=date(1997, 1, 1),
        ),
    )
    project.programme_id = programme.id
    wanted = ProgrammeTarget(
        programme_id=programme.id,
        year=2021,
        site_kind=SiteKind.bridge,
        site_count=numbers.BRIDGES_2021,
        made_by="generated",
    )
    await targets.add(session, wanted)
    for number in range(3):
        bridge = NewSite(
            code=f"Q{number:04d}",
            title="慈安桥",
            kind=SiteKind.bridge,
            region_code=project.region_code,
            village="示例村",
            structure=Structure.slab,
        )
        await sites.create(session, project, bridge)
