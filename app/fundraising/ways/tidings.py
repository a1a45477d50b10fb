"""Tidings: what sources tell besides gifts and refunds, each taken in by the noun that it is about."""

from app.fundraising import disputes
from app.fundraising.gifts import MatchingTold, Objection, Outcome, PayoutTold, PlanTold, Tiding
from app.fundraising.own import updates
from app.fundraising.payouts import notices
from app.fundraising.ways import giving_plans, platform_pools
from app.kit.database import WriteSession


async def receive(session: WriteSession, told: Tiding) -> Outcome:
    """Keep what was told, once; told again otherwise it is a conflict."""
    if isinstance(told, Objection):
        return await disputes.receive(session, told)
    if isinstance(told, PlanTold):
        return await giving_plans.receive(session, told)
    if isinstance(told, PayoutTold):
        return await notices.receive(session, told)
    if isinstance(told, MatchingTold):
        return await platform_pools.receive(session, told)
    return await updates.receive(session, told)
