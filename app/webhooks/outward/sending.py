"""Sending: the job that tells a subscriber what waits for it, one event after the other."""

from collections.abc import Callable
from datetime import datetime
from time import monotonic
from uuid import UUID

from app.kit import jobs
from app.kit.clock import now
from app.kit.database import Transactions
from app.webhooks.outward import couriers, dispatches, subscriptions, turns
from app.webhooks.outward.couriers import Courier

TURN_SECONDS = 30.0
"""After so long somebody else gets the worker; what is left goes on in the next turn."""

Clock = Callable[[], datetime]


async def set_off(database: Transactions, *, at: Clock = now) -> int:
    """Queue a turn for every subscriber for whom something waits; return how many. Safe to repeat."""
    async with database.reading() as session:
        ready = await turns.ready(session, at=at())
    queued = 0
    for subscription_id in ready:
        async with database.writing() as session:
            subscription = await subscriptions.get(session, subscription_id, lock=True)
            if await dispatches.something(session, subscription, at=at()):
                once = f"subscription:{subscription_id}"
                await jobs.defer(session, send, once=once, subscription_id=subscription_id)
                queued += 1
    return queued


@jobs.job()
async def send(database: Transactions, subscription_id: str) -> None:
    """Tell a subscriber what waits for it."""
    await take_turn(database, UUID(subscription_id))


async def take_turn(database: Transactions, subscription_id: UUID, *, at: Clock = now) -> int:
    """Tell a subscriber one event after the other until it fails to take one; return how many it was told.

    A process that dies in the middle leaves a lease behind; when that has ended, the next turn begins with
    the event that was not noted as taken.
    """
    async with database.writing() as session:
        courier, lease = couriers.of(session), await turns.take(session, subscription_id, at=at())
    if lease is None:
        return 0
    told, ends = 0, monotonic() + TURN_SECONDS
    while monotonic() < ends and await _tell_next(database, courier, lease, at):
        told += 1
    async with database.writing() as session:
        await turns.release(session, lease)
    return told


async def _tell_next(database: Transactions, courier: Courier, lease: UUID, at: Clock) -> bool:
    async with database.writing() as session:
        parcel = await dispatches.make_ready(session, lease, at=at())
    if parcel is None:
        return False
    # Between two transactions: a subscriber may take its time.
    answer = await courier.post(parcel.url, parcel.headers, parcel.body)
    async with database.writing() as session:
        return await dispatches.note(session, lease, parcel, answer, at=at())
