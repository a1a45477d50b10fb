"""Scopes: about whom and which year figures are told, on either basis."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from app.disclosure.figures.errors import YearAhead
from app.kit.clock import today
from app.kit.database import ReadSession
from app.kit.facts import fact
from app.ledger.balances import Basis
from app.ledger.models.accounts import Period, PeriodState
from app.organizations import organizations
from app.organizations.models import Organization


@fact(kw_only=True)
class Scope:
    """An organization, alone or with everybody below it; `names` are those of whom figures are told."""

    organization: Organization
    basis: Basis
    names: dict[UUID, Organization]

    @property
    def places(self) -> Sequence[UUID]:
        """The ids of those of whom figures are told."""
        return list(self.names)

    def kept_books(self, year: int) -> int:
        """Return how many of them kept books in a year."""
        return sum(one.books_from.year <= year for one in self.names.values())


async def of(session: ReadSession, organization_id: UUID, basis: Basis) -> Scope:
    """Return about whom an organization's figures are on a basis; OutOfSight if nobody has that id."""
    organization = await organizations.get(session, organization_id)
    if basis is Basis.entity:
        return Scope(organization=organization, basis=basis, names={organization.id: organization})
    found = await session.scalars(organizations.subtree(organization.id).order_by(Organization.code))
    return Scope(organization=organization, basis=basis, names={one.id: one for one in found})


def until(year: int) -> date:
    """Return the last day that a year's figures tell of: today while the year runs. Raises YearAhead."""
    day = today()
    if year > day.year:
        raise YearAhead(year=year)
    return min(date(year, 12, 31), day)


async def closed(session: ReadSession, scope: Scope, year: int) -> bool:
    """Return whether nothing more is booked in a year by anybody who kept books then.

    Closed months have no gap, so that a closed December, or any month after it, closes the year.
    """
    kept = [one.id for one in scope.names.values() if one.books_from.year <= year]
    query = select(func.count(Period.organization_id.distinct())).where(
        Period.organization_id.in_(kept),
        Period.state == PeriodState.closed,
        Period.month >= date(year, 12, 1),
    )
    return bool(kept) and await session.scalar(query) == len(kept)
