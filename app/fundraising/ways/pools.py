"""Pools: who adds how much to whose gifts, up to which budget, from when to when."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import Select, func, select

from app.fundraising import campaigns
from app.fundraising.models import (
    Campaign,
    Donation,
    DonationState,
    GiftMatch,
    MatchingPayment,
    MatchingPool,
    PoolKind,
)
from app.fundraising.ways.errors import (
    PaymentKnown,
    PaymentUnfit,
    PoolClosed,
    PoolCodeTaken,
    PoolFundUnfit,
    PoolWindowReversed,
)
from app.kit import constraints
from app.kit.clock import now
from app.kit.database import ReadSession, WriteSession
from app.ledger.models import Fund
from app.organizations.errors import OutOfSight


async def create(session: WriteSession, campaign: Campaign, pool: MatchingPool) -> MatchingPool:
    """Open a pool for a campaign; a held one takes from a fund of the same organization that is no use of it.

    Raises PoolFundUnfit, PoolCodeTaken and PoolWindowReversed.
    """
    if pool.fund_id is not None:
        fund = await session.get(Fund, pool.fund_id)
        own = {use.fund_id for use in await campaigns.designations(session, campaign)}
        if fund is None or fund.organization_id != campaign.organization_id or fund.id in own:
            raise PoolFundUnfit(fund=pool.fund_id)
    if (pool.fund_id is None) is not (pool.kind is PoolKind.promised):
        raise PoolFundUnfit(kind=pool.kind)
    refusals = {
        "matching_pools_organization_id_code_key": PoolCodeTaken(pool=pool.code),
        "matching_pools_window_check": PoolWindowReversed(),
    }
    async with constraints.told(session, refusals):
        session.add(pool)
    return pool


async def get(session: ReadSession, pool_id: UUID, *, lock: bool = False) -> MatchingPool:
    """Return a pool, or refuse; with `lock` nobody else matches from it until the transaction ends."""
    pool = await session.get(MatchingPool, pool_id, with_for_update=lock or None, populate_existing=lock)
    if pool is None:
        raise OutOfSight
    return pool


async def close(session: WriteSession, pool: MatchingPool) -> None:
    """Close a pool for good: it matches no more gifts; what a refund releases, it still takes back."""
    if pool.closed_at is not None:
        raise PoolClosed(pool=pool.id)
    pool.closed_at = now()
    await session.flush()


async def pay(session: WriteSession, pool: MatchingPool, donation: Donation, *, actor: str) -> None:
    """Let a gift stand as the matcher's payment of a locked promised pool; it is income, once, as every gift.

    What this pool had matched it with is released: nobody matches oneself.
    """
    fitting = donation.campaign_id == pool.campaign_id and donation.state is DonationState.posted
    if pool.kind is not PoolKind.promised or not fitting:
        raise PaymentUnfit(pool=pool.id, donation=donation.id)
    async with constraints.told(session, {"matching_payments_donation_id_key": PaymentKnown()}):
        session.add(MatchingPayment(pool_id=pool.id, donation_id=donation.id, actor=actor))
    of_gift = select(GiftMatch).where(GiftMatch.pool_id == pool.id, GiftMatch.donation_id == donation.id)
    for match in await session.scalars(of_gift):
        pool.used -= match.amount - match.released
        match.released = match.amount
    await session.flush()


async def paid(session: ReadSession, pool_ids: Collection[UUID]) -> dict[UUID, int]:
    """Return what the matchers of promised pools have paid, less what they got back."""
    query = (
        select(MatchingPayment.pool_id, func.sum(Donation.amount - Donation.refunded))
        .join(Donation, Donation.id == MatchingPayment.donation_id)
        .where(MatchingPayment.pool_id.in_(pool_ids), Donation.state != DonationState.voided)
        .group_by(MatchingPayment.pool_id)
    )
    return {row[0]: int(row[1]) for row in await session.execute(query)}


def listing(visible: Collection[UUID], *, campaign_id: UUID | None) -> Select[MatchingPool]:
    """Return the query for the pools at organizations that are visible."""
    query = select(MatchingPool).where(MatchingPool.organization_id.in_(visible))
    return query if campaign_id is None else query.where(MatchingPool.campaign_id == campaign_id)
