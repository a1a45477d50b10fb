"""Briefs: figures of some days beside those of a year before and since 1 January, and who raised most."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from app.disclosure.briefs import sums
from app.disclosure.briefs.spans import BriefSpan
from app.disclosure.briefs.sums import Raised, Sums
from app.disclosure.figures.scopes import Scope
from app.disclosure.figures.told import PER_MILLE, growth
from app.kit.database import ReadSession
from app.kit.facts import fact
from app.organizations.models import Organization, Tier


@fact(kw_only=True)
class Compared:
    """A number of the days, of the same days a year before, and since 1 January."""

    now: int
    before: int
    this_year: int

    @property
    def growth(self) -> int | None:
        """Return by how many thousandths it grew; None where there was nothing before."""
        return growth(self.now, self.before)


@fact(kw_only=True)
class Place:
    """A member's place among those of its tier: with all below it, and what it means to raise in the year."""

    rank: int
    organization: Organization
    raised: Compared
    target: int | None


@fact(kw_only=True)
class Brief:
    """How an organization did in some days, alone or with everybody below it.

    `known_before`: whether its books reach back to the days a year before.
    """

    scope: Scope
    span: BriefSpan
    raised: Compared
    goods: Compared
    gift_count: Compared
    online: Compared
    spent: Compared
    new_volunteers: Compared
    projects: Compared
    unspent: int
    target: int | None
    known_before: bool
    cities: Sequence[Place]
    counties: Sequence[Place]

    @property
    def online_per_mille(self) -> int | None:
        """Return which share of the gifts of money came online; None without any."""
        return share(self.online.now, self.raised.now - self.goods.now)

    @property
    def completion_per_mille(self) -> int | None:
        """Return how much of the year's target has been raised since 1 January."""
        return share(self.raised.this_year, self.target)


def share(part: int, whole: int | None) -> int | None:
    """Return a share in thousandths, half up; None of nothing."""
    if whole is None or whole <= 0:
        return None
    return (2 * PER_MILLE * part + whole) // (2 * whole)


async def write(session: ReadSession, scope: Scope, span: BriefSpan) -> Brief:
    """Compile a brief: a fixed number of statements, and no gift of money is read."""
    places = scope.places
    now = await sums.between(session, places, (span.first, span.last))
    before = await sums.between(session, places, span.year_before())
    this_year = await sums.between(session, places, span.since_new_year())
    told = (now, before, this_year)
    targets = await sums.targets(session, places, span.last.year)
    whole = [one.whole() for one in told]
    return Brief(
        scope=scope,
        span=span,
        raised=_compared([one.total for one in whole]),
        goods=_compared([one.goods for one in whole]),
        gift_count=_compared([one.gift_count for one in whole]),
        online=_compared([one.online for one in whole]),
        spent=_compared([one.spent for one in told]),
        new_volunteers=_compared([one.new_volunteers for one in told]),
        projects=_compared([one.projects for one in told]),
        unspent=await sums.unspent(session, places),
        target=targets.get(scope.organization.id),
        known_before=scope.organization.books_from <= span.year_before()[0],
        cities=_ranked(scope, Tier.city, told, targets),
        counties=_ranked(scope, Tier.county, told, targets),
    )


def _compared(three: Sequence[int]) -> Compared:
    now, before, this_year = three
    return Compared(now=now, before=before, this_year=this_year)


def _ranked(
    scope: Scope, tier: Tier, told: tuple[Sums, Sums, Sums], targets: Mapping[UUID, int]
) -> list[Place]:
    """Return the members of a tier, the highest first; equals share a rank."""
    below = _below(scope.names)
    members = [one for one in scope.names.values() if one.tier is tier and one.id != scope.organization.id]
    raised: dict[UUID, Compared] = {}
    for one in members:
        parts: list[Raised] = [which.of(below[one.id]) for which in told]
        raised[one.id] = _compared([part.total for part in parts])
    placed = sorted(members, key=lambda one: (-raised[one.id].now, one.code))
    amounts = [raised[one.id].now for one in placed]
    return [
        Place(
            rank=amounts.index(raised[one.id].now) + 1,
            organization=one,
            raised=raised[one.id],
            target=targets.get(one.id),
        )
        for one in placed
    ]


def _below(names: Mapping[UUID, Organization]) -> dict[UUID, list[UUID]]:
    """Return each member with everybody below it."""
    found: dict[UUID, list[UUID]] = {one: [] for one in names}
    for one in names.values():
        at: UUID | None = one.id
        while at is not None and at in names:
            found[at].append(one.id)
            at = names[at].parent_id
    return found
