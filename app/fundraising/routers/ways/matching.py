"""Matching over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from app.fundraising import campaigns, registers
from app.fundraising.models import GiftMatch, MatchingPool
from app.fundraising.schemas.ways.matching import (
    GiftMatchOut,
    MatchingPaymentIn,
    MatchingPoolIn,
    MatchingPoolOut,
    MatchingPoolQuery,
    MatchingRunOut,
)
from app.fundraising.ways import errors as ways
from app.fundraising.ways import matches, pools
from app.kit.database import Reading, ReadSession, Writing
from app.kit.http import pages, problems
from app.kit.http.idempotency import MoneyRoute
from app.kit.http.pages import Page
from app.ledger.errors import FundShort
from app.organizations.access import Asking, Permission
from app.organizations.signin import may

router = APIRouter(prefix="/v1/fundraising/matching", tags=["matching"], route_class=MoneyRoute)

Reader = Annotated[Asking, may(Permission.gifts_read)]
Changer = Annotated[Asking, may(Permission.funds_change)]
POOLS: pages.Orders = {"created_at": [MatchingPool.id], "code": [MatchingPool.code, MatchingPool.id]}


@router.post(
    "",
    operation_id="create_matching_pool",
    summary="Open a matching pool",
    status_code=201,
    responses=problems.responses(ways.PoolFundUnfit, ways.PoolCodeTaken, ways.PoolWindowReversed),
)
async def create_matching_pool(session: Writing, caller: Changer, body: MatchingPoolIn) -> MatchingPoolOut:
    """Open a pool for a campaign; held money lies in a fund of its own, promised money is on its way."""
    campaign = await campaigns.get(session, body.campaign_id)
    caller.must(at=campaign.organization_id)
    return MatchingPoolOut.of(await pools.create(session, campaign, body.as_pool(campaign)), 0)


@router.get("", operation_id="list_matching_pools", summary="List matching pools")
async def list_matching_pools(
    session: Reading, caller: Reader, asked: Annotated[MatchingPoolQuery, Query()]
) -> Page[MatchingPoolOut]:
    """List the pools at the organizations that you can see, with what is left of their budgets."""
    visible = caller.visible()
    if asked.organization_id:
        visible &= {asked.organization_id}
    query = pools.listing(visible, campaign_id=asked.campaign_id)
    found = await pages.listed(session, query, POOLS, asked, amount=MatchingPool.budget)
    paid = await pools.paid(session, [pool.id for pool in found.items])
    items = [MatchingPoolOut.of(pool, paid.get(pool.id, 0)) for pool in found.items]
    return found.told(items)


@router.get("/{pool_id}", operation_id="read_matching_pool", summary="Read a matching pool")
async def read_matching_pool(session: Reading, caller: Reader, pool_id: UUID) -> MatchingPoolOut:
    """Read a pool: its terms, and what is left of its budget."""
    pool = await pools.get(session, pool_id)
    caller.must(at=pool.organization_id)
    return await _shown(session, pool)


@router.get("/{pool_id}/matches", operation_id="list_gift_matches", summary="List matched gifts")
async def list_gift_matches(
    session: Reading, caller: Reader, pool_id: UUID, paging: pages.Paging
) -> Page[GiftMatchOut]:
    """List what a pool added to which gift, one line for each fund."""
    pool = await pools.get(session, pool_id)
    caller.must(at=pool.organization_id)
    found = await pages.page(session, matches.listing(pool), [GiftMatch.id], paging, amount=GiftMatch.amount)
    return found.told([GiftMatchOut.of(match) for match in found.items])


@router.post(
    "/{pool_id}/runs",
    operation_id="make_matching_run",
    summary="Match the gifts that wait",
    responses=problems.responses(FundShort),
)
async def make_matching_run(session: Writing, caller: Changer, pool_id: UUID) -> MatchingRunOut:
    """Match gifts that wait, up to the budget, and take back what refunds released; a round does so too."""
    pool = await pools.get(session, pool_id)
    caller.must(at=pool.organization_id)
    return MatchingRunOut.of(await matches.run(session, pool.id, actor=caller.label))


@router.post(
    "/{pool_id}/payments",
    operation_id="add_matching_payment",
    summary="Tell a matcher's payment",
    responses=problems.responses(ways.PaymentUnfit, ways.PaymentKnown),
)
async def add_matching_payment(
    session: Writing, caller: Changer, pool_id: UUID, body: MatchingPaymentIn
) -> MatchingPoolOut:
    """Say that a gift is the matcher's own, by which a promised pool is paid; it was booked as any gift."""
    pool = await pools.get(session, pool_id, lock=True)
    caller.must(at=pool.organization_id)
    donation = await registers.find(session, body.donation_id)
    await pools.pay(session, pool, donation, actor=caller.label)
    return await _shown(session, pool)


@router.post(
    "/{pool_id}/closing",
    operation_id="close_matching_pool",
    summary="Close a matching pool",
    responses=problems.responses(ways.PoolClosed),
)
async def close_matching_pool(session: Writing, caller: Changer, pool_id: UUID) -> MatchingPoolOut:
    """Close a pool for good; what refunds release afterwards, it still takes back."""
    pool = await pools.get(session, pool_id, lock=True)
    caller.must(at=pool.organization_id)
    await pools.close(session, pool)
    return await _shown(session, pool)


async def _shown(session: ReadSession, pool: MatchingPool) -> MatchingPoolOut:
    return MatchingPoolOut.of(pool, (await pools.paid(session, [pool.id])).get(pool.id, 0))
