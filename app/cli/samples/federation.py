"""The demo's federation: the associations of Shaanxi as a tree, one for each of its regions."""

from datetime import date

from sqlalchemy import select

from app.kit.clock import today
from app.kit.database import WriteSession
from app.organizations import organizations
from app.organizations.models import Organization, Region, Tier
from app.organizations.organizations import Particulars

AT_CITY_TIER = frozenset({"610403", "610581"})
"""Yangling and Hancheng: county-level regions whose associations stand at the tier of a city's."""

BOOKS_FROM = date(2026, 1, 1)
EARLY = frozenset({"610000", "610100", "610900"})
"""Those whose books reach back to the year before, so that there is something to compare with."""

_TIERS = {"province": Tier.province, "city": Tier.city, "county": Tier.county}


def year_before() -> date:
    """Return the first day of the year before this one."""
    return date(today().year - 1, 1, 1)


async def load(session: WriteSession) -> dict[str, Organization]:
    """Let the 118 associations join, the province's first, and return them by region code."""
    in_force = (Region.valid_to.is_(None), Region.successor_code.is_(None))
    query = select(Region).where(*in_force).order_by(Region.code)
    regions = {region.code: region for region in await session.scalars(query)}
    by_level = sorted(regions.values(), key=lambda region: (list(_TIERS).index(region.level), region.code))
    joined: dict[str, Organization] = {}
    for region in by_level:
        parent = joined.get(region.parent_code or "")
        if region.code in AT_CITY_TIER:
            parent = joined["610000"]
        particulars = Particulars(
            code=region.code,
            name=f"{region.name}慈善协会（演示）",
            name_en=f"Charity Association {region.code} (demo)",
            tier=Tier.city if region.code in AT_CITY_TIER else _TIERS[region.level],
            region_code=region.code,
            books_from=year_before() if region.code in EARLY else BOOKS_FROM,
            demo=True,
        )
        joined[region.code] = await organizations.create(session, particulars, parent=parent)
    return joined
