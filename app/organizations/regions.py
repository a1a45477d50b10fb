"""Regions: the divisions of Shaanxi as data, with the codes that others succeeded."""

import csv
from collections.abc import Sequence
from datetime import date
from importlib.resources import files

from sqlalchemy import CTE, Select, case, or_, select

from app.organizations.models import Region, RegionLevel

# As the first migration made the table; what was added since is named beside it.
COLUMNS = ("code", "name", "level", "parent_code", "valid_from", "valid_to", "successor_code")
DATING = ("dated_by", "earlier_name", "named_from")


def shipped(columns: Sequence[str] = COLUMNS) -> list[dict[str, str | None]]:
    """Return the rows that come with the program: parents before children, successors before predecessors."""
    dates = {row["code"]: row for row in _rows("shaanxi_regions_dates.csv")}
    rows = [row | dates[row["code"]] for row in _rows("shaanxi_regions.csv")]
    rows += _rows("shaanxi_regions_former.csv")
    return [{column: row.get(column) or None for column in columns} for row in rows]


def _rows(name: str) -> list[dict[str, str]]:
    lines = (files("app.organizations") / "data" / name).read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(lines))


def listed(
    *, level: RegionLevel | None, parent_code: str | None, q: str | None, former: bool, on: date | None
) -> Select[Region]:
    """Return the query for regions: of a day, or of today; with all former codes only when asked for."""
    query, name = select(Region), Region.name.expression
    if on is not None:
        query = query.where(Region.valid_from <= on, or_(Region.valid_to.is_(None), Region.valid_to > on))
        name = case((Region.named_from > on, Region.earlier_name), else_=Region.name)
    elif not former:
        query = query.where(Region.valid_to.is_(None))
    if level is not None:
        query = query.where(Region.level == level)
    if parent_code is not None:
        query = query.where(Region.parent_code == parent_code)
    if q is not None:
        query = query.where(
            or_(name.contains(q, autoescape=True), Region.code.startswith(q, autoescape=True))
        )
    return query


def name_on(region: Region, day: date) -> str:
    """Return the name that a region bore on a day."""
    if region.earlier_name is not None and region.named_from is not None and day < region.named_from:
        return region.earlier_name
    return region.name


def within(code: str) -> Select[str]:
    """Return the query for the codes of a region and all in it, those given up for one of them too."""
    inside = select(Region.code).where(Region.code == code).cte("inside", recursive=True)
    inside = inside.union(
        select(Region.code).where(
            or_(Region.parent_code == inside.c.code, Region.successor_code == inside.c.code)
        )
    )
    return select(inside.c.code)


def present() -> CTE:
    """Return every code beside the one that holds in its place now, as `code` and `present`."""
    kept = select(Region.code, Region.code.label("present")).where(Region.successor_code.is_(None))
    known = kept.cte("present_regions", recursive=True)
    given_up = select(Region.code, known.c.present).where(Region.successor_code == known.c.code)
    return known.union_all(given_up)
