"""Shares: which funds of a campaign a gift went to, and how an amount added to it follows it there."""

from collections.abc import Sequence
from uuid import UUID

from app.fundraising import campaigns
from app.fundraising.models import Donation, MatchingPool
from app.kit import money
from app.kit.database import ReadSession
from app.ledger import exchanges

Uses = list[tuple[UUID, int]]
"""The campaign's funds that a gift went to, with its fen in each."""


async def uses(session: ReadSession, pool: MatchingPool, gifts: Sequence[Donation]) -> dict[UUID, Uses]:
    """Return for what each gift was given; the share that a fund gives to the costs is not matched."""
    campaign = await campaigns.get(session, pool.campaign_id)
    own = [use.fund_id for use in await campaigns.designations(session, campaign)]
    parts = await exchanges.standing(session, [gift.entry_id for gift in gifts])
    found: dict[UUID, Uses] = {}
    for gift in gifts:
        there = [(part.fund_id, part.amount) for part in parts[gift.entry_id] if part.fund_id in own]
        found[gift.id] = there or [(own[0], gift.amount)]
    return found


def divide(went_to: Uses, amount: int) -> Uses:
    """Return an amount divided as the gift was; nothing is one share of nothing."""
    if not amount:
        return [(went_to[0][0], 0)]
    shares = zip(went_to, money.split(amount, [part for _, part in went_to]), strict=True)
    return [(fund_id, share) for (fund_id, _), share in shares if share]
