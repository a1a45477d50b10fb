"""Work: what was done in a year: projects, people, pilots, volunteers, clothes and targets.

A register that began later than the year says nothing of it: such a figure is unknown, and never none.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy import Integer, Select, cast, func, select

from app.disclosure.figures.definitions import FigureUnit, Missing
from app.disclosure.figures.money import CATEGORIES, by_organization, span
from app.disclosure.figures.scopes import Scope
from app.disclosure.figures.told import Part, PartGroup, Told, part, unknown
from app.fundraising.models.goods import CollectedItem, CollectionYear
from app.kit.database import ReadSession
from app.ledger.balances import Basis
from app.organizations import regions
from app.organizations.models import Organization, Region, RegionLevel
from app.projects.beneficiaries import statistics as helped
from app.projects.beneficiaries.statistics import Span
from app.projects.models import (
    BenefitBasis,
    BenefitMonth,
    Programme,
    ProgrammeTarget,
    Project,
    ProjectCategory,
    Village,
)
from app.projects.sites import targets
from app.volunteers.models import RegistryMonth

_ITEMS: Mapping[CollectedItem, tuple[str, str]] = {
    CollectedItem.clothing: ("衣物", "Clothing"),
    CollectedItem.shoes: ("鞋", "Shoes"),
    CollectedItem.bags: ("包", "Bags"),
    CollectedItem.bedding: ("被褥", "Bedding"),
    CollectedItem.other: ("其他", "Other"),
}


async def projects(session: ReadSession, scope: Scope, last: date) -> tuple[Told, Told]:
    """Return how many projects were carried out, and in how many of the five categories."""
    here = Project.organization_id.in_(scope.places)
    began = await session.scalar(select(func.min(Project.executed_from)).where(here))
    if began is None or began > last:
        return unknown(Missing.not_kept_then), unknown(Missing.not_kept_then)
    query = (
        select(Project.category, Project.organization_id, func.count())
        .where(
            here,
            Project.executed_from <= last,
            Project.executed_to.is_(None) | (Project.executed_to >= span(last.year)[0]),
        )
        .group_by(Project.category, Project.organization_id)
    )
    by_category: Counter[ProjectCategory] = Counter()
    by_place: Counter[UUID] = Counter()
    for category, organization_id, count in await session.execute(query):
        by_category[ProjectCategory(category)] += count
        by_place[organization_id] += count
    five = [part(PartGroup.category, (one.value, *CATEGORIES[one]), by_category[one]) for one in CATEGORIES]
    other = sum(count for one, count in by_category.items() if one not in CATEGORIES)
    parts = [*five, part(PartGroup.category, ("other", "其他类别", "Other categories"), other)]
    relief = sum(by_category[one] > 0 for one in CATEGORIES)
    return (
        Told(value=by_category.total(), parts=[*parts, *by_organization(scope, by_place)]),
        Told(value=relief, parts=[_beside(one) for one in five]),
    )


async def people(session: ReadSession, scope: Scope, last: date) -> tuple[Told, Told]:
    """Return how many people were helped, each once, and how many times people were."""
    own, first = scope.organization.id, span(last.year)[0]
    nodes = [own] if scope.basis is Basis.consolidated else _projects_of(own)
    began = await session.scalar(
        select(func.min(BenefitMonth.month)).where(
            BenefitMonth.node_id.in_(nodes), BenefitMonth.person_times > 0
        )
    )
    if began is None or began > last:
        return unknown(Missing.not_kept_then), unknown(Missing.not_kept_then)
    rows = await session.execute(
        select(BenefitMonth.basis, func.sum(BenefitMonth.person_times))
        .where(BenefitMonth.node_id.in_(nodes), BenefitMonth.month.between(first, last))
        .group_by(BenefitMonth.basis)
    )
    times: Mapping[BenefitBasis, int] = {BenefitBasis(row[0]): int(row[1]) for row in rows}
    named, counted = times.get(BenefitBasis.identified, 0), times.get(BenefitBasis.counted_only, 0)
    beside = [
        part(PartGroup.basis, ("identified", "实名", "Known by their document"), named),
        part(PartGroup.basis, ("counted_only", "仅计人次", "Only counted"), counted),
    ]
    return await _persons(session, scope, last, (named, counted)), Told(value=named + counted, parts=beside)


async def _persons(session: ReadSession, scope: Scope, last: date, times: tuple[int, int]) -> Told:
    named, counted = times
    if counted and not named:
        return unknown(Missing.only_counted)
    if scope.basis is Basis.entity and await _helped_below(session, scope.organization.id, last):
        return unknown(Missing.not_apart_from_members)
    within = Span(month_from=span(last.year)[0], month_to=last)
    value = await helped.persons(session, scope.organization.id, within)
    more = ("counted_only", "另有仅计人次（人数不详）", "Besides, times that were only counted")
    return Told(value=value, parts=[part(PartGroup.beside, more, counted, FigureUnit.person_times)])


def _projects_of(organization_id: UUID) -> Select[UUID]:
    return select(Project.id).where(Project.organization_id == organization_id)


async def _helped_below(session: ReadSession, organization_id: UUID, last: date) -> bool:
    below = select(Organization.id).where(Organization.parent_id == organization_id)
    query = select(func.sum(BenefitMonth.person_times)).where(
        BenefitMonth.node_id.in_(below), BenefitMonth.month.between(span(last.year)[0], last)
    )
    return bool(await session.scalar(query))


async def pilots(session: ReadSession, scope: Scope, last: date) -> Told:
    """Return in how many counties a village carries out a Happy Home at the end.

    A county is one by whichever of its codes a village was recorded.
    """
    here = Village.organization_id.in_(scope.places)
    began = await session.scalar(select(func.min(Village.started_on)).where(here))
    if began is None or began > last:
        return unknown(Missing.not_kept_then)
    county = regions.present()
    query = (
        select(
            func.count(county.c.present.distinct()),
            func.count(),
            func.count().filter(Village.established_on <= last),
        )
        .join(county, county.c.code == Village.region_code)
        .join(Region, Region.code == county.c.present)
        .where(
            here,
            Region.level == RegionLevel.county,
            Village.started_on <= last,
            Village.ended_on.is_(None) | (Village.ended_on > last),
        )
    )
    counties, villages, established = (await session.execute(query)).one()
    told = [
        (("villages", "实施的村（社区）", "Villages"), villages),
        (("established", "其中已建成", "Of them established"), established),
    ]
    parts = [part(PartGroup.beside, named, value, FigureUnit.villages) for named, value in told]
    return Told(value=counties, parts=parts)


async def volunteers(session: ReadSession, scope: Scope, last: date) -> Told:
    """Return how many people became volunteers, by where they registered first."""
    own = RegistryMonth.organization_id.in_(scope.places)
    count, month = RegistryMonth.volunteer_count, RegistryMonth.month
    began = await session.scalar(select(func.min(month)).where(own, count > 0))
    if began is None or began > last:
        return unknown(Missing.not_kept_then)
    new = count * cast(month >= span(last.year)[0], Integer)
    query = select(RegistryMonth.organization_id, func.sum(new), func.sum(count)).where(own, month <= last)
    rows = list(await session.execute(query.group_by(RegistryMonth.organization_id)))
    sums = {row[0]: int(row[1]) for row in rows}
    known = sum(int(row[2]) for row in rows)
    ever = part(PartGroup.beside, ("registered", "年末累计登记", "Ever registered"), known)
    return Told(value=sum(sums.values()), parts=[*by_organization(scope, sums), ever])


async def clothes(session: ReadSession, scope: Scope, last: date) -> Told:
    """Return what was collected by weight, by item and by who collected it."""
    own = CollectionYear.organization_id.in_(scope.places)
    began = await session.scalar(
        select(func.min(CollectionYear.year)).where(own, CollectionYear.weight_grams > 0)
    )
    if began is None or began > last.year:
        return unknown(Missing.not_kept_then)
    rows = await session.scalars(select(CollectionYear).where(own, CollectionYear.year == last.year))
    by_item: Counter[CollectedItem] = Counter()
    by_place: Counter[UUID] = Counter()
    for one in rows:
        by_item[one.item] += one.weight_grams
        by_place[one.organization_id] += one.weight_grams
    parts = [part(PartGroup.item, (one.value, *_ITEMS[one]), by_item[one]) for one in CollectedItem]
    return Told(value=by_item.total(), parts=[*parts, *by_organization(scope, by_place)])


async def target_sites(session: ReadSession, scope: Scope, year: int) -> Told:
    """Return how many sites were finished of those that programmes meant to finish in the year."""
    query = (
        select(ProgrammeTarget, Programme)
        .join(Programme, Programme.id == ProgrammeTarget.programme_id)
        .where(Programme.organization_id.in_(scope.places), ProgrammeTarget.year == year)
        .order_by(Programme.code, ProgrammeTarget.site_kind)
    )
    found = [(row[0], row[1]) for row in await session.execute(query)]
    if not found:
        return unknown(Missing.no_target)
    standing = await targets.standing(session, [target for target, _ in found])
    parts = [
        Part(
            group=PartGroup.programme,
            key=f"{programme.code}/{one.target.site_kind}",
            title_zh=programme.title,
            title=programme.title,
            value=one.accepted_count,
            target=one.target.site_count,
        )
        for one, (_, programme) in zip(standing, found, strict=True)
    ]
    whole = sum(one.target.site_count for one in standing)
    return Told(value=sum(one.accepted_count for one in standing), target=whole, parts=parts)


def _beside(one: Part) -> Part:
    """Return how many projects a category has, told beside the number of categories."""
    return replace(one, group=PartGroup.beside, unit=FigureUnit.projects)
