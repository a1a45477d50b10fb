"""Platform pools: what platforms tell that they added to gifts out of pools of their own.

It is a promise, kept as a promised pool that is closed: it books nothing until the platform's money comes,
as one gift of the matcher. We add nothing to it; a refund releases its part of it, as of any match.
"""

from uuid import UUID

from sqlalchemy import Select, and_, select
from sqlalchemy.dialects.postgresql import insert

from app.fundraising import campaigns
from app.fundraising.gifts import MatchingTold, Outcome, OutcomeKind
from app.fundraising.models import Donation, DonationState, GiftMatch, MatchingPool, PoolKind, ToldMatch
from app.fundraising.ways import shares
from app.fundraising.ways.errors import MatchingDiffers
from app.kit.clock import now
from app.kit.database import ReadSession, WriteSession
from app.kit.ids import new_code, new_id

TAKEN_AT_ONCE = 1000


async def receive(session: WriteSession, told: MatchingTold) -> Outcome:
    """Keep what a platform says that it matched, once; told again otherwise it is a conflict.

    Its gifts may come before it or after. It is `pending` as long as its campaign is not known.
    """
    campaign = await campaigns.known(session, told.campaign, told.channel.organization_id)
    if campaign is None:
        return Outcome(kind=OutcomeKind.pending)
    made = insert(MatchingPool).values(
        id=new_id(),
        created_at=now(),
        organization_id=campaign.organization_id,
        campaign_id=campaign.id,
        code=f"PM-{new_code(12)}",
        title=f"平台配捐 {told.their_id}",
        kind=PoolKind.promised,
        budget=told.amount,
        used=0,
        platform_id=told.source_id,
        their_id=told.their_id,
        closed_at=now(),
    )
    # Of two that tell it at once the second waits here, and then finds what the first one kept.
    once = made.on_conflict_do_nothing(index_elements=["platform_id", "their_id"])
    pool_id = await session.scalar(once.returning(MatchingPool.id))
    if pool_id is not None:
        await _keep(session, pool_id, told)
        return Outcome(kind=OutcomeKind.posted)
    query = select(MatchingPool).filter_by(platform_id=told.source_id, their_id=told.their_id)
    pool = (await session.scalars(query)).one()
    if pool.campaign_id != campaign.id or await _said(session, pool.id) != dict(told.gifts):
        return Outcome(kind=OutcomeKind.conflict, refusal=MatchingDiffers(matching_id=told.their_id))
    return Outcome(kind=OutcomeKind.duplicate)


async def _keep(session: WriteSession, pool_id: UUID, told: MatchingTold) -> None:
    rows = [
        {
            "id": new_id(),
            "created_at": now(),
            "pool_id": pool_id,
            "platform_id": told.source_id,
            "their_gift_id": their_gift_id,
            "amount": amount,
        }
        for their_gift_id, amount in told.gifts
    ]
    await session.execute(insert(ToldMatch), rows)


async def _said(session: ReadSession, pool_id: UUID) -> dict[str, int]:
    query = select(ToldMatch.their_gift_id, ToldMatch.amount).where(ToldMatch.pool_id == pool_id)
    return {row[0]: row[1] for row in await session.execute(query)}


async def take(session: WriteSession, pool: MatchingPool) -> list[GiftMatch]:
    """Return what a locked pool was told to add to gifts that have come since; each is taken once.

    The amount is held against the whole gift, so that a refund releases as much of it whichever came first.
    """
    query = _come().where(ToldMatch.pool_id == pool.id).order_by(ToldMatch.id).limit(TAKEN_AT_ONCE)
    rows = [(row[0], row[1]) for row in await session.execute(query.add_columns(Donation))]
    uses = await shares.uses(session, pool, [gift for _, gift in rows])
    made: list[GiftMatch] = []
    for told, gift in rows:
        told.donation_id = gift.id
        made += [
            GiftMatch(
                pool_id=pool.id,
                donation_id=gift.id,
                fund_id=fund_id,
                amount=share,
                gift_left=gift.amount,
                donor_id=gift.donor_id,
            )
            for fund_id, share in shares.divide(uses[gift.id], told.amount)
        ]
    return made


def waiting() -> Select[UUID]:
    """Return the query for the pools of which a gift has come that was told as matched."""
    return _come().with_only_columns(ToldMatch.pool_id)


def _come() -> Select[ToldMatch]:
    gift = and_(Donation.source_id == ToldMatch.platform_id, Donation.their_id == ToldMatch.their_gift_id)
    query = select(ToldMatch).join(Donation, gift).join(MatchingPool, MatchingPool.id == ToldMatch.pool_id)
    return query.where(
        ToldMatch.donation_id.is_(None),
        Donation.state == DonationState.posted,
        Donation.campaign_id == MatchingPool.campaign_id,
    )
