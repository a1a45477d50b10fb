"""Regions: the divisions of Shaanxi as data, with the codes that others succeeded."""

import csv
from importlib.resources import files

from sqlalchemy import Select, or_, select

from app.organizations.models import Region, RegionLevel

COLUMNS = ("code", "name", "level", "parent_code", "valid_from", "valid_to", "successor_code")


def shipped() -> list[dict[str, str | None]]:
    """Return the rows that come with the program: parents before children, successors before predecessors."""
    data = files("app.organizations") / "data"
    rows: list[dict[str, str | None]] = []
    for name in ("shaanxi_regions.csv", "shaanxi_regions_former.csv"):
        lines = (data / name).read_text(encoding="utf-8").splitlines()
        rows += [{column: row.get(column) or None for column in COLUMNS} for row in csv.DictReader(lines)]
    return rows


def listed(
    *, level: RegionLevel | None, parent_code: str | None, q: str | None, former: bool
) -> Select[Region]:
    """Return the query for regions; codes that others succeeded only when asked for."""
    query = select(Region)
    if not former:
        query = query.where(Region.successor_code.is_(None), Region.valid_to.is_(None))
    if level is not None:
        query = query.where(Region.level == level)
    if parent_code is not None:
        query = query.where(Region.parent_code == parent_code)
    if q is not None:
        query = query.where(
            or_(Region.name.contains(q, autoescape=True), Region.code.startswith(q, autoescape=True))
        )
    return query


def within(code: str) -> Select[str]:
    """Return the query for the codes of a region and all in it, those given up for one of them too."""
    inside = select(Region.code).where(Region.code == code).cte("inside", recursive=True)
    inside = inside.union(
        select(Region.code).where(
            or_(Region.parent_code == inside.c.code, Region.successor_code == inside.c.code)
        )
    )
    return select(inside.c.code)
