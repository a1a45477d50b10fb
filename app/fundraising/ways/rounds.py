"""Rounds: what the worker does again and again behind the gifts, until nothing waits any more."""

from collections.abc import Awaitable, Callable
from uuid import UUID

import structlog

from app.fundraising.ways import attributions, matches, orders
from app.kit.database import Transactions, WriteSession
from app.ledger.errors import FundShort

RUNS_AT_ONCE = 100
"""How often a round runs one pool before it looks after the next."""

log = structlog.get_logger(__name__)


async def once(database: Transactions) -> None:
    """Settle the orders that were paid, match the gifts that wait, and tell through whom gifts came."""
    await settle_orders(database)
    await match(database)
    await attribute(database)


async def settle_orders(database: Transactions) -> int:
    """Settle every order that waits, a batch in each transaction; return how many were done with."""
    return await _batches(database, orders.settle, orders.SETTLED_AT_ONCE)


async def attribute(database: Transactions) -> int:
    """Attribute every gift that waits, a batch in each transaction; return for how many."""
    return await _batches(database, attributions.fold, attributions.FOLDED_AT_ONCE)


async def _batches(
    database: Transactions, work: Callable[[WriteSession], Awaitable[int]], whole_batch: int
) -> int:
    done = 0
    while True:
        async with database.writing() as session:
            count = await work(session)
        done += count
        if count < whole_batch:
            return done


async def match(database: Transactions) -> int:
    """Run every pool that is due until nothing is left to match; return how many fen were matched."""
    async with database.reading() as session:
        ids = await matches.due(session)
    matched = 0
    for pool_id in ids:
        try:
            matched += await _exhaust(database, pool_id)
        except FundShort:
            log.warning("pool_not_matched", pool_id=str(pool_id))
    return matched


async def _exhaust(database: Transactions, pool_id: UUID) -> int:
    matched = 0
    for _ in range(RUNS_AT_ONCE):
        async with database.writing() as session:
            done = await matches.run(session, pool_id, actor="matching")
        matched += done.matched
        if not done.matched and not done.released:
            break
    return matched
