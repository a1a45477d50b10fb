"""Matches: what a pool adds to each gift, never more than its budget, and takes back when the gift goes back.

A held pool's money moves from fund to fund: it was income when it came. A promised one moves nothing until
its matcher pays, as a gift of their own: so income is counted once either way.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

import structlog
from sqlalchemy import Numeric, Select, and_, case, cast, exists, func, select

from app.fundraising import happenings
from app.fundraising.models import Donation, DonationState, GiftMatch, MatchingPayment, MatchingPool
from app.fundraising.ways import platform_pools, pools, shares
from app.kit.clock import now
from app.kit.database import ReadSession, WriteSession
from app.kit.facts import fact
from app.kit.ids import new_id
from app.ledger.errors import FundShort
from app.ledger.events import Event
from app.ledger.models import EntryKind, Fund
from app.ledger.movements import redesignations
from app.ledger.movements.redesignations import Move
from app.organizations import organizations

BASIS_POINTS = 10_000
MATCHED_AT_ONCE = 1000
RELEASED_AT_ONCE = 500

log = structlog.get_logger(__name__)


@fact(kw_only=True)
class Run:
    """What one run of a pool did: gifts newly matched, and fen added to gifts and taken back."""

    gift_count: int
    matched: int
    released: int


async def run(session: WriteSession, pool_id: UUID, *, actor: str, at: datetime | None = None) -> Run:
    """Take back what refunds release, then match the gifts that wait, the earliest first, up to the budget.

    The lock on the pool lets runs come one after the other, and its constraint stops them at the budget. A
    closed pool only takes back. Raises FundShort if a held pool's fund has less than its budget promises.
    """
    pool = await pools.get(session, pool_id, lock=True)
    organization = await organizations.get(session, pool.organization_id)
    event = Event(
        occurred_at=at or now(),
        actor=actor,
        chart=organization.chart_version,
        summary=f"matching pool {pool.code}",
    )
    released = await _release(session, pool, event)
    if pool.platform_id is not None:
        made = await platform_pools.take(session, pool)
    else:
        made = [] if pool.closed_at else await _match(session, pool)
    matched = sum(match.amount for match in made)
    pool.used += matched
    session.add_all(made)
    await session.flush()
    await _move(session, pool, made, event)
    await happenings.matched(session, pool, made, released=released)
    return Run(
        gift_count=len({one.donation_id for one in made if one.amount}), matched=matched, released=released
    )


async def _match(session: WriteSession, pool: MatchingPool) -> list[GiftMatch]:
    if pool.used == pool.budget:
        return []
    gifts = (await session.scalars(_waiting(pool).limit(MATCHED_AT_ONCE))).all()
    had = await _had(session, pool, {gift.donor_id for gift in gifts if gift.donor_id})
    uses = await shares.uses(session, pool, gifts)
    left, made = pool.budget - pool.used, list[GiftMatch]()
    for gift in gifts:
        if not left:
            break
        standing = gift.amount - gift.refunded
        amount = min(
            standing * (pool.ratio_basis_points or 0) // BASIS_POINTS, pool.cap_per_gift or left, left
        )
        if gift.donor_id and pool.cap_per_donor:
            amount = min(amount, pool.cap_per_donor - had[gift.donor_id])
        for fund_id, share in shares.divide(uses[gift.id], max(amount, 0)):
            made.append(
                GiftMatch(
                    pool_id=pool.id,
                    donation_id=gift.id,
                    fund_id=fund_id,
                    amount=share,
                    gift_left=standing,
                    donor_id=gift.donor_id,
                )
            )
            left -= share
            if gift.donor_id:
                had[gift.donor_id] += share
    return made


def _waiting(pool: MatchingPool) -> Select[Donation]:
    matched = exists().where(GiftMatch.pool_id == pool.id, GiftMatch.donation_id == Donation.id)
    paying = exists().where(MatchingPayment.donation_id == Donation.id)
    query = select(Donation).where(
        Donation.campaign_id == pool.campaign_id,
        Donation.state == DonationState.posted,
        Donation.refunded < Donation.amount,
        Donation.donated_at >= pool.starts_at,
        Donation.donated_at < pool.ends_at,
        ~matched,
        ~paying,
    )
    return query.order_by(Donation.donated_at, Donation.id)


async def _had(session: ReadSession, pool: MatchingPool, donors: Iterable[UUID]) -> defaultdict[UUID, int]:
    query = (
        select(GiftMatch.donor_id, func.sum(GiftMatch.amount - GiftMatch.released))
        .where(GiftMatch.pool_id == pool.id, GiftMatch.donor_id.in_(donors))
        .group_by(GiftMatch.donor_id)
    )
    found: defaultdict[UUID, int] = defaultdict(int)
    for donor_id, amount in await session.execute(query):
        if donor_id is not None:
            found[donor_id] = int(amount)
    return found


async def _move(session: WriteSession, pool: MatchingPool, made: Sequence[GiftMatch], event: Event) -> None:
    """Move a held pool's money to the funds of the gifts it matched: one entry per fund."""
    if pool.fund_id is None:
        return
    source, totals, run_id = await session.get_one(Fund, pool.fund_id), defaultdict[UUID, int](int), new_id()
    for match in made:
        totals[match.fund_id] += match.amount
    for fund_id, amount in sorted(totals.items()):
        if amount:
            move = Move(
                reference=f"matching:{run_id}:{fund_id}",
                source=source,
                target=await session.get_one(Fund, fund_id),
                amount=amount,
                kind=EntryKind.matching,
            )
            await redesignations.move(session, move, event)


async def _release(session: WriteSession, pool: MatchingPool, event: Event) -> int:
    """Take back from each match the part whose gift is gone, and give it to the budget again."""
    released = 0
    query = _shrunk().where(GiftMatch.pool_id == pool.id).order_by(GiftMatch.id)
    for match, gift in (await session.execute(query.limit(RELEASED_AT_ONCE))).all():
        standing = _standing(pool, gift)
        part = (
            match.amount - match.released - match.amount * min(standing, match.gift_left) // match.gift_left
        )
        try:
            async with session.begin_nested():
                await _give_back(session, pool, match, part, event)
                match.released += part
                pool.used -= part
                await session.flush()
        except FundShort:
            # It has been spent on the campaign's purpose: the next run asks again.
            await session.refresh(match)
            await session.refresh(pool)
            log.info("match_not_released", match_id=str(match.id), amount=part)
            continue
        released += part
    return released


def _standing(pool: MatchingPool, gift: Donation) -> int:
    there = gift.state is DonationState.posted and gift.campaign_id == pool.campaign_id
    return gift.amount - gift.refunded if there else 0


async def due(session: ReadSession) -> Sequence[UUID]:
    """Return the pools to run: all of ours, and of the platforms' those with gifts that came or went."""
    own = select(MatchingPool.id).where(MatchingPool.platform_id.is_(None))
    went = _shrunk().where(MatchingPool.platform_id.is_not(None)).with_only_columns(GiftMatch.pool_id)
    return sorted(await session.scalars(own.union(platform_pools.waiting(), went)))


def _shrunk() -> Select[GiftMatch, Donation]:
    there = and_(Donation.state == DonationState.posted, Donation.campaign_id == MatchingPool.campaign_id)
    standing = case((there, func.least(Donation.amount - Donation.refunded, GiftMatch.gift_left)), else_=0)
    # As numeric: the product of two amounts is more than a bigint holds.
    kept = func.div(cast(GiftMatch.amount, Numeric) * standing, GiftMatch.gift_left)
    query = select(GiftMatch, Donation).join(Donation, Donation.id == GiftMatch.donation_id)
    query = query.join(MatchingPool, MatchingPool.id == GiftMatch.pool_id)
    return query.where(GiftMatch.released < GiftMatch.amount - kept)


async def _give_back(
    session: WriteSession, pool: MatchingPool, match: GiftMatch, part: int, event: Event
) -> None:
    if pool.fund_id is None:
        return
    move = Move(
        reference=f"matching:{match.id}:{match.released + part}",
        source=await session.get_one(Fund, match.fund_id),
        target=await session.get_one(Fund, pool.fund_id),
        amount=part,
        kind=EntryKind.matching,
        released=True,
    )
    await redesignations.move(session, move, event)


def listing(pool: MatchingPool) -> Select[GiftMatch]:
    """Return the query for what a pool has matched."""
    return select(GiftMatch).where(GiftMatch.pool_id == pool.id)
