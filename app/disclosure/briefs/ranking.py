"""Ranking: the members of a tier by what they raised, per head, by growth, and against their targets."""

import enum
from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from fractions import Fraction
from uuid import UUID

from app.disclosure.briefs.compared import Compared, compared, share
from app.disclosure.briefs.heads import Heads
from app.disclosure.briefs.sums import Sums
from app.kit.facts import fact
from app.organizations.models import Organization, Tier

TEN_THOUSAND = 10_000


class RankBy(enum.StrEnum):
    """By what members are ranked."""

    amount = "amount"
    per_head = "per_head"
    growth = "growth"
    completion = "completion"


Ranks = Mapping[RankBy, int | None]
Told = tuple[Sums, Sums, Sums, Sums]


@fact(kw_only=True)
class Known:
    """What members mean to raise in the year, and how many people live where they ask, where it is known."""

    targets: Mapping[UUID, int]
    heads: Mapping[UUID, Heads]


@fact(kw_only=True)
class Place:
    """A member's place among those of its tier: with all below it, and what it means to raise in the year.

    Its rank is None by what is not known of it; equals share a rank.
    """

    organization: Organization
    raised: Compared
    target: int | None
    heads: Heads | None
    ranks: Ranks

    @property
    def completion_per_mille(self) -> int | None:
        """Return how much of the year's target has been raised since 1 January."""
        return share(self.raised.this_year, self.target)

    def per_head(self, heads: int = 1) -> int | None:
        """Return the fen raised for each of its people, or for each so many of them, half up."""
        if self.heads is None:
            return None
        return (2 * self.raised.now * heads + self.heads.people) // (2 * self.heads.people)

    def measure(self, by: RankBy) -> Fraction | None:
        """Return what it is ranked by, exactly; None if it is not known."""
        like = self.raised.alike or self.raised
        whole = {
            RankBy.amount: (self.raised.now, 1),
            RankBy.per_head: (self.raised.now, self.heads.people if self.heads else None),
            RankBy.growth: (like.now - like.before, like.before),
            RankBy.completion: (self.raised.this_year, self.target),
        }
        part, of = whole[by]
        return Fraction(part, of) if of is not None and of > 0 else None


def of(
    members: Sequence[Organization],
    below: Mapping[UUID, Sequence[UUID]],
    told: Told,
    *,
    kept: AbstractSet[UUID],
    known: Known,
    by: RankBy,
) -> list[Place]:
    """Return members with their ranks, the first by one measure first, those of whom it is unknown last.

    Growth is that of those alone who `kept` books a year before.
    """
    places = [
        Place(
            organization=one,
            raised=compared(
                *([sums.of(who).raised for sums in told] for who in (below[one.id], kept & {*below[one.id]}))
            ),
            target=known.targets.get(one.id),
            heads=known.heads.get(one.id),
            ranks={},
        )
        for one in members
    ]
    measures = {which: [place.measure(which) for place in places] for which in RankBy}
    ranked = [
        replace(place, ranks={which: _rank(place.measure(which), measures[which]) for which in RankBy})
        for place in places
    ]
    return sorted(ranked, key=lambda one: (one.ranks[by] or len(ranked) + 1, one.organization.code))


def _rank(measure: Fraction | None, among: Collection[Fraction | None]) -> int | None:
    if measure is None:
        return None
    return 1 + sum(one is not None and one > measure for one in among)


def tier(names: Mapping[UUID, Organization], which: Tier, *, head: UUID) -> list[Organization]:
    """Return the members of a tier below the head."""
    return [one for one in names.values() if one.tier is which and one.id != head]


def below(names: Mapping[UUID, Organization]) -> dict[UUID, list[UUID]]:
    """Return each member with everybody below it."""
    found: dict[UUID, list[UUID]] = {one: [] for one in names}
    for one in names.values():
        at: UUID | None = one.id
        while at is not None and at in names:
            found[at].append(one.id)
            at = names[at].parent_id
    return found
