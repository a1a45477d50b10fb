"""Subscriptions: who is told of an organization's events, where, and signed with which secrets."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select, update

from app.kit import outbox, signatures, vault
from app.kit.clock import now
from app.kit.database import ReadSession, WriteSession
from app.kit.facts import fact
from app.organizations import organizations
from app.organizations.models import Organization
from app.webhooks.errors import (
    SecretsTooMany,
    SubscriptionDisabled,
    SubscriptionNotFound,
    SubscriptionsTooMany,
)
from app.webhooks.models import DisabledBecause, Subscription, SubscriptionSecret
from app.webhooks.outward import couriers, destinations
from app.webhooks.outward.catalogue import BULK, EventType

SUBSCRIPTIONS_MAX = 20
"""Of one organization: each is a reader of everything that happens."""
SECRETS_MAX = 5
DISABLED = "subscription.disabled"


@fact(kw_only=True)
class Terms:
    """What somebody who wants to be told says."""

    name: str
    url: str
    event_types: Collection[EventType] = ()
    with_subtree: bool = False


async def create(
    session: WriteSession, organization: Organization, terms: Terms, *, made_by: str
) -> tuple[Subscription, str]:
    """Tell somebody of an organization's events from now on; the first secret is told once.

    Raises AddressNotReachable if events are not told to such an address, and SubscriptionsTooMany.
    """
    destinations.read(terms.url, loopback=couriers.of(session).loopback)
    # Locked, so that two who subscribe at once are both counted.
    await organizations.lock(session, organization.id)
    theirs = select(func.count()).where(Subscription.organization_id == organization.id)
    if (await session.scalar(theirs) or 0) >= SUBSCRIPTIONS_MAX:
        raise SubscriptionsTooMany(most=SUBSCRIPTIONS_MAX)
    last = await outbox.horizon(session)
    subscription = Subscription(
        organization_id=organization.id,
        name=terms.name,
        url=terms.url,
        event_types=_spelled(terms.event_types),
        with_subtree=terms.with_subtree,
        cursor=None if last is None else str(last),
        made_by=made_by,
    )
    session.add(subscription)
    await session.flush()
    await outbox.want(session, BULK)
    return subscription, await _add_secret(session, subscription)


async def get(session: ReadSession, subscription_id: UUID, *, lock: bool = False) -> Subscription:
    """Return a subscription; locked, as it now is."""
    subscription = await session.get(
        Subscription, subscription_id, with_for_update=lock or None, populate_existing=lock
    )
    if subscription is None:
        raise SubscriptionNotFound
    return subscription


def change(session: ReadSession, subscription: Subscription, **changes: Any) -> None:  # noqa: ANN401
    """Change what somebody is told, or where; what waits is then tried at once.

    Raises AddressNotReachable if events are not told to the new address.
    """
    if "url" in changes:
        destinations.read(changes["url"], loopback=couriers.of(session).loopback)
    if "event_types" in changes:
        changes["event_types"] = _spelled(changes["event_types"])
    for name, value in changes.items():
        setattr(subscription, name, value)
    subscription.version += 1
    _begin_anew(subscription)


def disable(subscription: Subscription) -> None:
    """Tell a subscriber nothing more for now. A second time it changes nothing."""
    if subscription.disabled_at is None:
        _shut(subscription, DisabledBecause.by_hand, now())


def enable(subscription: Subscription) -> None:
    """Tell a subscriber again, beginning with what it has not had: as far back as events are kept."""
    if subscription.disabled_at is not None:
        subscription.disabled_at = subscription.disabled_because = None
        subscription.version += 1
        _begin_anew(subscription)


async def give_up(
    session: WriteSession, subscription: Subscription, because: DisabledBecause, *, at: datetime
) -> None:
    """Disable a subscription that can't be served, and tell whoever looks after it."""
    if subscription.disabled_at is not None:
        return
    _shut(subscription, because, at)
    await outbox.tell(
        session,
        DISABLED,
        organization_id=subscription.organization_id,
        subject=f"subscription:{subscription.id}",
        payload={"subscription_id": str(subscription.id), "because": because.value},
    )


async def rotate_secret(session: WriteSession, subscription: Subscription, *, overlap: timedelta) -> str:
    """Return a new secret; those before it sign along for `overlap`, until the subscriber has changed over.

    Raises SecretsTooMany. The subscription is locked, so that two who rotate at once are both counted.
    """
    end = now() + overlap
    older = SubscriptionSecret.expires_at
    await session.execute(
        update(SubscriptionSecret)
        .where(SubscriptionSecret.subscription_id == subscription.id, or_(older.is_(None), older > end))
        .values(expires_at=end)
    )
    if len(await _live(session, subscription.id, now())) >= SECRETS_MAX:
        raise SecretsTooMany(most=SECRETS_MAX)
    return await _add_secret(session, subscription)


async def live_secrets(session: ReadSession, subscription_id: UUID, *, at: datetime) -> list[bytes]:
    """Return the secrets that sign at a moment, the newest first."""
    found = await _live(session, subscription_id, at)
    key = (await vault.keys(session, [subscription_id]))[subscription_id]
    ciphers = vault.of(session)
    return [ciphers.open(key, subscription_id, _field(one.id), one.sealed) for one in found]


async def ping(session: WriteSession, subscription: Subscription) -> None:
    """Tell this subscriber alone, in its turn, that somebody tries it out."""
    if subscription.disabled_at is not None:
        raise SubscriptionDisabled
    await outbox.tell(
        session,
        trial(subscription.id),
        organization_id=subscription.organization_id,
        subject=f"subscription:{subscription.id}",
        payload={"subscription_id": str(subscription.id)},
    )


def trial(subscription_id: UUID) -> str:
    """Return the topic under which one subscriber alone is tried out."""
    return f"{EventType.subscription_tested}:{subscription_id}"


def topics(subscription: Subscription) -> list[str]:
    """Return the topics of which a subscriber is told."""
    wanted = subscription.event_types or [
        one for one in EventType if one is not EventType.subscription_tested
    ]
    return [*wanted, trial(subscription.id)]


async def places(session: ReadSession, subscription: Subscription) -> list[UUID]:
    """Return the organizations of whose events a subscriber is told, as the federation stands now."""
    if not subscription.with_subtree:
        return [subscription.organization_id]
    return await organizations.subtree_ids(session, subscription.organization_id)


def _begin_anew(subscription: Subscription) -> None:
    subscription.attempt_count, subscription.failing_since_at = 0, None
    subscription.next_attempt_at = now()


def _shut(subscription: Subscription, because: DisabledBecause, at: datetime) -> None:
    subscription.disabled_at, subscription.disabled_because = at, because
    subscription.version += 1


def _spelled(types: Collection[EventType]) -> list[str]:
    return sorted({one.value for one in types})


async def _live(session: ReadSession, subscription_id: UUID, at: datetime) -> list[SubscriptionSecret]:
    ends = SubscriptionSecret.expires_at
    query = select(SubscriptionSecret).where(
        SubscriptionSecret.subscription_id == subscription_id, or_(ends.is_(None), ends > at)
    )
    return list(await session.scalars(query.order_by(SubscriptionSecret.id.desc())))


async def _add_secret(session: WriteSession, subscription: Subscription) -> str:
    spelling = signatures.new_secret()
    await vault.keep(session, subscription.id, {})
    key = (await vault.keys(session, [subscription.id]))[subscription.id]
    secret = SubscriptionSecret(subscription_id=subscription.id, sealed=b"")
    raw = signatures.read_secret(spelling)
    # The seal names the row it belongs to, so the row's id comes first.
    secret.sealed = vault.of(session).seal(key, subscription.id, _field(secret.id), raw)
    session.add(secret)
    await session.flush()
    return spelling


def _field(secret_id: UUID) -> str:
    return f"secret:{secret_id}"
