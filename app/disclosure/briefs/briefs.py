"""Briefs: figures of some days beside those of a year before and since 1 January, and who raised most."""

from collections.abc import Sequence

from app.disclosure.briefs import heads, ranking, sums
from app.disclosure.briefs.compared import Compared, compared, share
from app.disclosure.briefs.ranking import Place, RankBy
from app.disclosure.briefs.spans import BriefSpan
from app.disclosure.figures.scopes import Scope
from app.kit.database import ReadSession
from app.kit.facts import fact
from app.organizations.models import Tier


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
    whole = [one.whole() for one in told]
    targets = await sums.targets(session, places, span.last.year)
    below = ranking.below(scope.names)
    members = {one: ranking.tier(scope.names, one, head=head.id) for one in (Tier.city, Tier.county)}
    ranked = [*members[Tier.city], *members[Tier.county]]
    people = await heads.of(session, ranked, below, scope.names, year=span.last.year)
    cities, counties = (
        ranking.of(members[one], below, told, targets=targets, heads=people, by=rank_by)
        for one in (Tier.city, Tier.county)
    )
    return Brief(
        scope=scope,
        span=span,
        raised=compared([one.total for one in whole]),
        goods=compared([one.goods for one in whole]),
        gift_count=compared([one.gift_count for one in whole]),
        online=compared([one.online for one in whole]),
        spent=compared([one.spent for one in told]),
        new_volunteers=compared([one.new_volunteers for one in told]),
        projects=compared([one.projects for one in told]),
        unspent=await sums.unspent(session, places),
        target=targets.get(head.id),
        known_before=head.books_from <= span.year_before()[0],
        known_last_year=head.books_from <= span.since_new_year_before()[0],
        rank_by=rank_by,
        cities=cities,
        counties=counties,
    )
