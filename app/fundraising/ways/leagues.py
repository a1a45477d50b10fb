"""Leagues: what came through each fundraiser and those below, in any subtree and from any day to any other.

Read from days that are folded already: it costs as many rows as there are fundraisers and days, whether a
hundred gifts came through them or a million.
"""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from app.fundraising.models import Fundraiser, FundraiserDay
from app.fundraising.ways import fundraisers
from app.kit.database import ReadSession
from app.kit.facts import fact

Sums = dict[UUID, tuple[int, int]]
"""Fen and gifts by fundraiser."""


@fact(kw_only=True)
class Standing:
    """A fundraiser's place in a league: with all below them, and what they meant to raise in that time."""

    rank: int
    fundraiser: Fundraiser
    amount: int
    gift_count: int
    target: int


async def below(session: ReadSession, root: Fundraiser) -> Sequence[Fundraiser]:
    """Return a fundraiser with everybody below."""
    tree = select(Fundraiser.id).where(Fundraiser.id == root.id).cte("tree", recursive=True)
    # UNION drops who was there already, so that even a circle would end.
    tree = tree.union(select(Fundraiser.id).join(tree, Fundraiser.parent_id == tree.c.id))
    query = select(Fundraiser).where(Fundraiser.id.in_(select(tree.c.id)))
    return (await session.scalars(query.order_by(Fundraiser.id))).all()


async def within(session: ReadSession, organizations: Collection[UUID]) -> Sequence[Fundraiser]:
    """Return everybody who asks at these organizations."""
    query = select(Fundraiser).where(Fundraiser.organization_id.in_(organizations))
    return (await session.scalars(query.order_by(Fundraiser.id))).all()


async def table(
    session: ReadSession, found: Sequence[Fundraiser], *, first: date, last: date
) -> list[Standing]:
    """Return the league of these fundraisers, the highest first; equals share a rank.

    A target counts if it lies wholly within these days.
    """
    ids = [one.id for one in found]
    days = (
        select(
            FundraiserDay.fundraiser_id, func.sum(FundraiserDay.amount), func.sum(FundraiserDay.gift_count)
        )
        .where(FundraiserDay.fundraiser_id.in_(ids), FundraiserDay.day.between(first, last))
        .group_by(FundraiserDay.fundraiser_id)
    )
    own: Sums = {row[0]: (int(row[1]), int(row[2])) for row in await session.execute(days)}
    sums = _with_those_below(found, own)
    aims: dict[UUID, int] = {}
    for target in await fundraisers.targets(session, ids):
        if first <= target.starts_on and target.ends_on <= last:
            aims[target.fundraiser_id] = aims.get(target.fundraiser_id, 0) + target.amount
    placed = sorted(found, key=lambda one: (-sums[one.id][0], one.code))
    amounts = [sums[one.id][0] for one in placed]
    return [
        Standing(
            rank=amounts.index(sums[one.id][0]) + 1,
            fundraiser=one,
            amount=sums[one.id][0],
            gift_count=sums[one.id][1],
            target=aims.get(one.id, 0),
        )
        for one in placed
    ]


def _with_those_below(found: Sequence[Fundraiser], own: Sums) -> Sums:
    parents = {one.id: one.parent_id for one in found}
    sums: Sums = dict.fromkeys(parents, (0, 0))
    for fundraiser_id in parents:
        amount, count = own.get(fundraiser_id, (0, 0))
        at: UUID | None = fundraiser_id
        while at is not None and at in parents:
            sums[at] = (sums[at][0] + amount, sums[at][1] + count)
            at = parents[at]
    return sums
