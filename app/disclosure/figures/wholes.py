"""Wholes: of which years an organization's books tell everything, and with which others they compare."""

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from app.kit.database import ReadSession
from app.ledger.figures import years
from app.organizations.models import Organization


async def since(session: ReadSession, members: Collection[Organization]) -> Mapping[UUID, int]:
    """Return the first year of which each one's books tell all that it earned and used.

    Books that went live in mid-year tell of that year if they took over what had been earned and used until
    then, or if there was no organization before; else the next year is the first.
    """
    midway = [one.id for one in members if not _from_the_start(one)]
    carried = await years.carried(session, midway) if midway else set[UUID]()
    late = {one for one in midway if one not in carried}
    return {one.id: one.books_from.year + (one.id in late) for one in members}


def _from_the_start(one: Organization) -> bool:
    new_year = date(one.books_from.year, 1, 1)
    return one.books_from <= max(new_year, one.founded_on or new_year)


async def apart(session: ReadSession, members: Collection[Organization], year: int) -> list[Organization]:
    """Return whose money of a year has nothing whole of the year before to be held against.

    Who was founded in the year is not among them: before, there was nothing, and that is known.
    """
    begun = [one for one in members if one.books_from.year <= year]
    whole_from = await since(session, begun)
    return [
        one
        for one in begun
        if whole_from[one.id] >= year and (one.founded_on is None or one.founded_on.year < year)
    ]
