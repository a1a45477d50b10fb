"""Turns: one sender at a time for each subscriber, and whose turn it is."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import or_, select, update

from app.kit.database import ReadSession, WriteSession
from app.kit.ids import new_id
from app.webhooks.models import Dispatch, Subscription
from app.webhooks.outward.couriers import TIMEOUT_SECONDS

LEASE = timedelta(seconds=TIMEOUT_SECONDS * 3)
"""How long a sender that says nothing more keeps its turn: far longer than an attempt may take."""


async def ready(session: ReadSession, *, at: datetime) -> Sequence[UUID]:
    """Return the subscriptions that may be told something now, whether there is anything or not."""
    asked = select(Dispatch.id).where(
        Dispatch.subscription_id == Subscription.id, Dispatch.asked_again_at.is_not(None)
    )
    query = select(Subscription.id).where(
        Subscription.disabled_at.is_(None),
        or_(Subscription.leased_until.is_(None), Subscription.leased_until <= at),
        or_(Subscription.next_attempt_at <= at, asked.exists()),
    )
    return (await session.scalars(query.order_by(Subscription.id))).all()


async def take(session: WriteSession, subscription_id: UUID, *, at: datetime) -> UUID | None:
    """Take the turn of a subscriber and return its lease; None if somebody else has it."""
    lease = new_id()
    taken = (
        update(Subscription)
        .where(
            Subscription.id == subscription_id,
            Subscription.disabled_at.is_(None),
            or_(Subscription.leased_until.is_(None), Subscription.leased_until <= at),
        )
        .values(lease_id=lease, leased_until=at + LEASE)
        .returning(Subscription.id)
    )
    return lease if await session.scalar(taken) is not None else None


async def hold(session: WriteSession, lease: UUID, *, at: datetime) -> Subscription | None:
    """Return the subscription whose turn this is, locked, and keep the turn; None if it has passed on."""
    query = select(Subscription).where(Subscription.lease_id == lease).with_for_update()
    held = await session.scalar(query.execution_options(populate_existing=True))
    if held is not None:
        held.leased_until = at + LEASE
    return held


async def release(session: WriteSession, lease: UUID) -> None:
    """End a turn."""
    ended = update(Subscription).where(Subscription.lease_id == lease)
    await session.execute(ended.values(lease_id=None, leased_until=None))
