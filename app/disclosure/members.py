"""Members: the organizations of the federation as the public finds them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, select

from app.kit.clock import today
from app.kit.database import ReadSession
from app.kit.http import pages
from app.organizations.models import Organization, Region
from app.volunteers import statistics
from app.volunteers.statistics import Figures, Span


@dataclass(frozen=True, slots=True)
class Branch:
    """A member with the members directly below it."""

    organization: Organization
    below: Sequence["Branch"]


@dataclass(frozen=True, slots=True)
class Member:
    """A member with who stands above and below it, its region's name, and its volunteers' figures."""

    organization: Organization
    region: str
    above: Organization | None
    below: Sequence[Organization]
    volunteers: Figures
    """Of this year's hours; people and teams as of today."""


def matching(q: str) -> Select[Organization]:
    """Return the query for the members whose name or code holds some words."""
    return select(Organization).where(pages.holding(q, Organization.code, Organization.name))


async def head(session: ReadSession) -> Organization | None:
    """Return the member that nobody stands above; of several the highest, None before anybody joined."""
    query = select(Organization).where(Organization.parent_id.is_(None))
    return await session.scalar(query.order_by(Organization.rank, Organization.code).limit(1))


async def everybody(session: ReadSession) -> Sequence[Organization]:
    """Return all members from the head of the federation down, by region."""
    query = select(Organization).order_by(Organization.rank, Organization.region_code, Organization.code)
    return (await session.scalars(query)).all()


async def tree(session: ReadSession) -> Sequence[Branch]:
    """Return the federation from its head down, by region."""
    below: dict[UUID | None, list[Organization]] = defaultdict(list)
    for one in await everybody(session):
        below[one.parent_id].append(one)

    def branches(parent_id: UUID | None) -> list[Branch]:
        return [Branch(one, branches(one.id)) for one in below.get(parent_id, [])]

    return branches(None)


async def member(session: ReadSession, organization: Organization) -> Member:
    """Return everything beside money that the public reads of a member."""
    below = select(Organization).where(Organization.parent_id == organization.id)
    region = await session.get_one(Region, organization.region_code)
    parent_id = organization.parent_id
    return Member(
        organization,
        region.name,
        await session.get(Organization, parent_id) if parent_id is not None else None,
        (await session.scalars(below.order_by(Organization.region_code, Organization.code))).all(),
        await statistics.figures(
            session, [organization.id], Span(month_from=today().replace(month=1, day=1), month_to=today())
        ),
    )
