"""Dispatches: each event on its way to one subscriber, in its order, and what came of every attempt."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import orjson
from sqlalchemy import delete, select

from app.kit import outbox, signatures
from app.kit.clock import now
from app.kit.database import ReadSession, WriteSession
from app.kit.models import OutboxEvent
from app.kit.outbox import Cursor
from app.webhooks.errors import DispatchNotFound, DispatchNotWaiting, EventNotKept, SubscriptionDisabled
from app.webhooks.models import (
    AttemptOutcome,
    DisabledBecause,
    Dispatch,
    DispatchAttempt,
    DispatchState,
    Subscription,
)
from app.webhooks.outward import schedule, subscriptions, turns
from app.webhooks.outward.couriers import Answer

FORGOTTEN_AT_ONCE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """An event made ready to be carried: signed for this attempt."""

    dispatch_id: UUID
    again: bool
    url: str = field(repr=False)
    headers: dict[str, str] = field(repr=False)
    body: bytes = field(repr=False)


async def get(session: ReadSession, subscription: Subscription, dispatch_id: UUID) -> Dispatch:
    """Return a dispatch of this subscription."""
    dispatch = await session.get(Dispatch, dispatch_id)
    if dispatch is None or dispatch.subscription_id != subscription.id:
        raise DispatchNotFound
    return dispatch


async def something(session: WriteSession, subscription: Subscription, *, at: datetime) -> bool:
    """Tell whether there is anything to tell a subscriber now; if nothing, remember how far we looked."""
    if await _asked_again(session, subscription) is not None:
        return True
    return subscription.next_attempt_at <= at and await _next(session, subscription) is not None


async def make_ready(session: WriteSession, lease: UUID, *, at: datetime) -> Parcel | None:
    """Return what is to be told next in this turn; None if it is nothing, or not yet, or not our turn.

    First what somebody asked for again, then the event after the last one that was taken: no later one is
    told while that one waits.
    """
    subscription = await turns.hold(session, lease, at=at)
    if subscription is None or subscription.disabled_at is not None:
        return None
    asked = await _asked_again(session, subscription)
    event = None if asked is None else await session.get(OutboxEvent, asked.event_id)
    if asked is not None and event is not None:
        return await _parcel(session, subscription, asked, event, at=at)
    if asked is not None:
        # It was kept when it was asked for, and is not any more.
        asked.asked_again_at = None
    event = await _next(session, subscription) if subscription.next_attempt_at <= at else None
    if event is None:
        return None
    return await _parcel(session, subscription, await _begun(session, subscription, event), event, at=at)


async def note(session: WriteSession, lease: UUID, parcel: Parcel, answer: Answer, *, at: datetime) -> bool:
    """Write down what came of an attempt and move on or wait; return whether the turn goes on.

    Whoever has lost the turn meanwhile only writes it down: another has told the same event.
    """
    subscription = await turns.hold(session, lease, at=at)
    dispatch = await session.get_one(
        Dispatch, parcel.dispatch_id, with_for_update=True, populate_existing=True
    )
    dispatch.attempt_count += 1
    session.add(
        DispatchAttempt(
            dispatch_id=dispatch.id,
            outcome=answer.outcome,
            status_code=answer.status_code,
            took_ms=answer.took_ms,
            again=parcel.again,
        )
    )
    if subscription is None:
        return False
    if parcel.again:
        dispatch.asked_again_at = None
    if answer.outcome is AttemptOutcome.gone:
        await subscriptions.give_up(session, subscription, DisabledBecause.gone, at=at)
        return False
    if answer.outcome is AttemptOutcome.accepted:
        if dispatch.state is DispatchState.waiting:
            dispatch.state, dispatch.delivered_at = DispatchState.delivered, at
            _move_on(subscription, dispatch, at)
        return True
    if parcel.again or dispatch.state is not DispatchState.waiting:
        return True
    await _wait(session, subscription, answer, at)
    return False


async def ask_again(session: WriteSession, subscription: Subscription, dispatch: Dispatch) -> None:
    """Have an event told once more, with the same id; one that waits is tried at once.

    Raises SubscriptionDisabled, and EventNotKept when the event itself is gone.
    """
    if subscription.disabled_at is not None:
        raise SubscriptionDisabled
    if await session.get(OutboxEvent, dispatch.event_id) is None:
        raise EventNotKept
    await session.refresh(dispatch, with_for_update=True)
    if dispatch.state is DispatchState.waiting:
        subscription.next_attempt_at = now()
    else:
        dispatch.asked_again_at = now()


async def withdraw(session: WriteSession, subscription: Subscription, dispatch: Dispatch) -> None:
    """Pass over an event that the subscriber will never take, so that those after it are told.

    Raises DispatchNotWaiting if it does not hold up anything.
    """
    await session.refresh(dispatch, with_for_update=True)
    if dispatch.state is not DispatchState.waiting:
        raise DispatchNotWaiting
    dispatch.state = DispatchState.withdrawn
    _move_on(subscription, dispatch, now())


async def body(session: ReadSession, dispatch: Dispatch) -> bytes | None:
    """Return what is told of an event, byte for byte; None if the event is no longer kept."""
    event = await session.get(OutboxEvent, dispatch.event_id)
    return None if event is None else _body(event)


async def forget(session: WriteSession, before: datetime, *, limit: int = FORGOTTEN_AT_ONCE) -> int:
    """Delete the log of what was told before a moment, at most `limit` events; return how many there were."""
    old = select(Dispatch.id).where(Dispatch.created_at < before).order_by(Dispatch.id).limit(limit)
    gone = delete(Dispatch).where(Dispatch.id.in_(old)).returning(Dispatch.id)
    return len((await session.scalars(gone)).all())


def _move_on(subscription: Subscription, dispatch: Dispatch, at: datetime) -> None:
    subscription.cursor = dispatch.cursor
    subscription.attempt_count, subscription.failing_since_at = 0, None
    subscription.next_attempt_at = at


async def _wait(session: WriteSession, subscription: Subscription, answer: Answer, at: datetime) -> None:
    subscription.attempt_count += 1
    subscription.failing_since_at = subscription.failing_since_at or at
    pause = schedule.pause(subscription.attempt_count, asked=answer.retry_after)
    if pause is None:
        await subscriptions.give_up(session, subscription, DisabledBecause.undeliverable, at=at)
    else:
        subscription.next_attempt_at = at + pause


async def _asked_again(session: ReadSession, subscription: Subscription) -> Dispatch | None:
    query = select(Dispatch).where(
        Dispatch.subscription_id == subscription.id, Dispatch.asked_again_at.is_not(None)
    )
    return await session.scalar(query.order_by(Dispatch.asked_again_at, Dispatch.id).limit(1))


async def _next(session: WriteSession, subscription: Subscription) -> OutboxEvent | None:
    after = Cursor.read(subscription.cursor) if subscription.cursor else None
    # Seen before the events are read: whatever lies before it is then of no interest to this subscriber.
    end = await outbox.horizon(session)
    topics, places = subscriptions.topics(subscription), await subscriptions.places(session, subscription)
    found = await outbox.read(session, after, 1, topics=topics, at=places)
    if found:
        return found[0]
    if end is not None and (after is None or end > after):
        subscription.cursor = str(end)
    return None


async def _begun(session: WriteSession, subscription: Subscription, event: OutboxEvent) -> Dispatch:
    query = select(Dispatch).where(Dispatch.subscription_id == subscription.id, Dispatch.event_id == event.id)
    dispatch = await session.scalar(query)
    if dispatch is None:
        dispatch = Dispatch(
            subscription_id=subscription.id,
            event_id=event.id,
            cursor=str(outbox.cursor_of(event)),
            type=_type(event),
            organization_id=event.organization_id,
            occurred_at=event.created_at,
        )
        session.add(dispatch)
        await session.flush()
    return dispatch


async def _parcel(
    session: ReadSession, subscription: Subscription, dispatch: Dispatch, event: OutboxEvent, *, at: datetime
) -> Parcel:
    letter, moment, message_id = _body(event), int(at.timestamp()), str(event.id)
    secrets = await subscriptions.live_secrets(session, subscription.id, at=at)
    signed = [signatures.sign(secret, message_id, moment, letter) for secret in secrets]
    headers = {
        "content-type": "application/json",
        "user-agent": "zhengxinlu-webhooks/1",
        "webhook-id": message_id,
        "webhook-timestamp": str(moment),
        "webhook-signature": " ".join(signed),
    }
    again = dispatch.asked_again_at is not None
    return Parcel(dispatch_id=dispatch.id, again=again, url=subscription.url, headers=headers, body=letter)


def _body(event: OutboxEvent) -> bytes:
    # The same bytes every time: whoever keeps them by their id may compare.
    said = {"type": _type(event), "timestamp": event.created_at.isoformat(), "data": event.payload}
    return orjson.dumps(said, option=orjson.OPT_SORT_KEYS)


def _type(event: OutboxEvent) -> str:
    return event.topic.partition(":")[0]
