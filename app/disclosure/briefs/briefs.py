"""Briefs: figures of some days beside those of a year before and since 1 January, and who raised most."""

from collections.abc import Callable, Sequence

from app.disclosure.briefs import heads, ranking, sums
from app.disclosure.briefs.compared import Compared, compared, share
from app.disclosure.briefs.ranking import Place, RankBy
from app.disclosure.briefs.spans import BriefSpan
from app.disclosure.briefs.sums import Done
from app.disclosure.figures.scopes import Scope
from app.kit.database import ReadSession
from app.kit.facts import fact
from app.organizations.models import Organization, Tier


@fact(kw_only=True)
class Brief:
    """How an organization did in some days, alone or with everybody below it.

    `known_before`: whether its books reach back to the days a year before; `known_last_year`: to the
    1 January before.
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
    known_last_year: bool
    apart: Sequence[Organization]
    """Whose books do not reach back to the days a year before: growth is told without them."""
    rank_by: RankBy
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


async def write(
    session: ReadSession, scope: Scope, span: BriefSpan, *, rank_by: RankBy = RankBy.amount
) -> Brief:
    """Compile a brief: a fixed number of statements, and no gift of money is read."""
    places, head = scope.places, scope.organization
    told = (
        await sums.between(session, places, (span.first, span.last)),
        await sums.between(session, places, span.year_before()),
        await sums.between(session, places, span.since_new_year()),
        await sums.between(session, places, span.since_new_year_before()),
    )
    apart = _apart(scope, span)
    kept = set(places) - {one.id for one in apart}
    whole, alike = [[one.of(who) for one in told] for who in (places, kept)]
    targets = await sums.targets(session, places, span.last.year)
    below = ranking.below(scope.names)
    members = {one: ranking.tier(scope.names, one, head=head.id) for one in (Tier.city, Tier.county)}
    ranked = [*members[Tier.city], *members[Tier.county]]
    people = await heads.of(session, ranked, below, scope.names, year=span.last.year)
    known = ranking.Known(targets=targets, heads=people)
    cities, counties = (
        ranking.of(members[one], below, told, kept=kept, known=known, by=rank_by)
        for one in (Tier.city, Tier.county)
    )

    def beside(what: Callable[[Done], int]) -> Compared:
        return compared([what(one) for one in whole], [what(one) for one in alike])

    return Brief(
        scope=scope,
        span=span,
        raised=beside(lambda one: one.raised),
        goods=beside(lambda one: one.goods),
        gift_count=beside(lambda one: one.gift_count),
        online=beside(lambda one: one.online),
        spent=beside(lambda one: one.spent),
        new_volunteers=beside(lambda one: one.new_volunteers),
        projects=beside(lambda one: one.projects),
        unspent=await sums.unspent(session, places),
        target=targets.get(head.id),
        known_before=head.books_from <= span.year_before()[0],
        known_last_year=head.books_from <= span.since_new_year_before()[0],
        apart=apart,
        rank_by=rank_by,
        cities=cities,
        counties=counties,
    )


def _apart(scope: Scope, span: BriefSpan) -> list[Organization]:
    """Return who kept no books yet in the days a year before; of whom nobody knows is not held against them.

    Who was founded later is not among them: there was nothing before. Without the head's books nothing is
    compared at all.
    """
    first = min(span.year_before()[0], span.since_new_year_before()[0])
    return [
        one
        for one in scope.names.values()
        if one.id != scope.organization.id and one.books_from > max(first, one.founded_on or first)
    ]
