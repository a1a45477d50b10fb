"""Heads: how many people live where a member asks for gifts."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select

from app.kit.database import ReadSession
from app.kit.facts import fact
from app.organizations.models import Organization, Region
from app.organizations.populations import counts


@fact(kw_only=True)
class Heads:
    """People of a member's region on a day, with the sources.

    `without`: codes and names of regions in it that are not counted, as their member stands elsewhere.
    """

    people: int
    counted_on: date
    sources: Sequence[str]
    without: Mapping[str, str]


async def of(
    session: ReadSession,
    members: Iterable[Organization],
    below: Mapping[UUID, Collection[UUID]],
    among: Mapping[UUID, Organization],
    *,
    year: int,
) -> Mapping[UUID, Heads]:
    """Return the people of each member's region by the newest count up to a year's end, where there is one.

    `below` are those below each member, itself too. Xianyang's people are not Yangling's, whose association
    stands beside Xianyang's though the district lies in it.
    """
    known = await counts.known(session, until=date(year, 12, 31))
    regions = (await session.execute(select(Region.code, Region.parent_code, Region.name))).all()
    parents: dict[str, str | None] = {row[0]: row[1] for row in regions}
    names = {row[0]: row[2] for row in regions}
    found: dict[UUID, Heads] = {}
    for member in members:
        elsewhere = {one.region_code for one in among.values() if one.id not in below[member.id]}
        apart = _outermost({one for one in elsewhere if member.region_code in _above(one, parents)}, parents)
        days = set(known.get(member.region_code, {}))
        for one in apart:
            # Only counts of one day can be taken from one another.
            days &= set(known.get(one, {}))
        if days:
            day = max(days)
            whole = known[member.region_code][day]
            taken = [known[one][day] for one in apart]
            people = whole.people_count - sum(one.people_count for one in taken)
            sources = list(dict.fromkeys(one.source for one in (whole, *taken)))
            if people > 0:
                without = {one: names[one] for one in apart}
                found[member.id] = Heads(people=people, counted_on=day, sources=sources, without=without)
    return found


def _above(code: str, parents: Mapping[str, str | None]) -> list[str]:
    found: list[str] = []
    at = parents.get(code)
    while at is not None:
        found.append(at)
        at = parents.get(at)
    return found


def _outermost(codes: Collection[str], parents: Mapping[str, str | None]) -> list[str]:
    return sorted(one for one in codes if not any(above in codes for above in _above(one, parents)))
