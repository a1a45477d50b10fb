"""Costs: what accepted sites cost per metre, structure by structure, and which stand far out."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text

from app.kit import bulk
from app.kit.database import ReadSession
from app.projects.models import SiteKind, Structure

OUTLIERS_MAX = 200
"""So many outliers are told, the farthest first."""

# Quartiles that are some site's own figure: whole fen, no fractions. Outside of them by more than one and a
# half times their distance is far out (Tukey); of fewer than four sites nothing can be said.
_PRICED = """
    with priced as (
      select s.id, s.code, s.title, s.structure, s.project_id, s.cost_minor,
             s.cost_minor * 100 / s.length_centimetres as per_metre
      from sites s join projects p on p.id = s.project_id
      where s.state = 'accepted' and s.kind = :kind and s.length_centimetres is not null
        and p.organization_id = any(cast(:places as uuid[]))
        and (cast(:programme as uuid) is null or p.programme_id = cast(:programme as uuid))
    ), grouped as (
      select structure, count(*) as site_count,
             percentile_disc(0.25) within group (order by per_metre) as low,
             percentile_disc(0.5) within group (order by per_metre) as middle,
             percentile_disc(0.75) within group (order by per_metre) as high
      from priced group by structure
    )
"""
_GROUPS = text(f"{_PRICED} select structure, site_count, low, middle, high from grouped order by structure")  # noqa: S608 - both parts are written here
_OUTLIERS = text(
    f"""{_PRICED}
    select p.id, p.code, p.title, p.structure, p.project_id, p.cost_minor, p.per_metre, g.middle
    from priced p join grouped g on g.structure is not distinct from p.structure
    where g.site_count >= 4 and (2 * (p.per_metre - g.high) > 3 * (g.high - g.low)
                                 or 2 * (g.low - p.per_metre) > 3 * (g.high - g.low))
    order by abs(p.per_metre - g.middle) desc, p.id limit :most
    """  # noqa: S608 - both parts are written here
)


@dataclass(frozen=True, slots=True)
class CostGroup:
    """Sites of one structure: how many, and the quartiles of what a metre of them cost, in fen."""

    structure: Structure | None
    site_count: int
    low: int
    middle: int
    high: int


@dataclass(frozen=True, slots=True)
class Outlier:
    """A site whose metre cost far more or far less than that of its like, in fen."""

    id: UUID
    code: str
    title: str
    structure: Structure | None
    project_id: UUID
    cost: int
    per_metre: int
    middle: int


async def compare(
    session: ReadSession, places: Iterable[UUID], kind: SiteKind, programme_id: UUID | None
) -> tuple[list[CostGroup], list[Outlier]]:
    """Return what the accepted sites of some members cost per metre, and those that stand far out."""
    asked = {"places": bulk.array(places), "kind": kind, "programme": programme_id}
    groups = [
        CostGroup(_structure(row[0]), *map(int, row[1:])) for row in await session.execute(_GROUPS, asked)
    ]
    far = await session.execute(_OUTLIERS, asked | {"most": OUTLIERS_MAX})
    outliers = [
        Outlier(row[0], row[1], row[2], _structure(row[3]), row[4], int(row[5]), int(row[6]), int(row[7]))
        for row in far
    ]
    return groups, outliers


def _structure(value: str | None) -> Structure | None:
    return None if value is None else Structure(value)
