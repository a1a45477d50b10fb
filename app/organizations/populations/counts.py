"""Counts: how many people live in a region on some day; of several of the same day the latest is told."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.dialects.postgresql import distinct_on

from app.kit.clock import today
from app.kit.database import ReadSession, WriteSession
from app.organizations import regions
from app.organizations.errors import RegionUnknown
from app.organizations.models import Organization, Region, RegionPopulation
from app.organizations.populations.errors import CountAhead, RegionElsewhere


async def record(
    session: WriteSession, organization: Organization, count: RegionPopulation
) -> RegionPopulation:
    """Record how many people live in a region of an organization's own, and who says so.

    Nothing is overwritten: of several counts of the same day the latest is told. Raises RegionUnknown,
    RegionElsewhere, CountAhead.
    """
    if count.counted_on > today():
        raise CountAhead(counted_on=count.counted_on)
    if await session.get(Region, count.region_code) is None:
        raise RegionUnknown(region_code=count.region_code)
    if count.region_code not in set(await session.scalars(regions.within(organization.region_code))):
        raise RegionElsewhere(region_code=count.region_code, within=organization.region_code)
    session.add(count)
    await session.flush()
    return count


def listed(*, region_code: str | None, counted_on: date | None) -> Select[RegionPopulation]:
    """Return the query for counts, those that another took the place of too."""
    query = select(RegionPopulation)
    if region_code is not None:
        query = query.where(RegionPopulation.region_code == region_code)
    if counted_on is not None:
        query = query.where(RegionPopulation.counted_on == counted_on)
    return query


async def known(session: ReadSession, *, until: date) -> Mapping[str, Mapping[date, RegionPopulation]]:
    """Return the counts in force by region and day, of days up to `until`."""
    key = (RegionPopulation.region_code, RegionPopulation.counted_on)
    query = (
        select(RegionPopulation)
        .ext(distinct_on(*key))
        .where(RegionPopulation.counted_on <= until)
        .order_by(*key, RegionPopulation.created_at.desc(), RegionPopulation.id.desc())
    )
    found: defaultdict[str, dict[date, RegionPopulation]] = defaultdict(dict)
    for one in await session.scalars(query):
        found[one.region_code][one.counted_on] = one
    return found
