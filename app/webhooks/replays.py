"""Replays: kept messages, understood and booked once more when what stood in the way is gone."""

from collections.abc import Collection
from uuid import UUID

import structlog
from sqlalchemy import and_, literal, select

from app.accounting import channels
from app.fundraising import claims, looks, refunds
from app.fundraising.gifts import GivenBack, Objection, Outcome, OutcomeKind, Told
from app.fundraising.models import Donation, Refund, RefundState
from app.kit import batches, bulk, constraints
from app.kit.database import Transactions, WriteSession
from app.kit.errors import Refusal
from app.kit.http.problems import slug
from app.organizations import platforms
from app.webhooks import conflicts, deliveries, inbox
from app.webhooks.errors import EventAcceptedSince
from app.webhooks.models import Delivery, DeliveryOutcome
from app.webhooks.senders import sender_of
from app.webhooks.translators import tidings

DONE = frozenset({DeliveryOutcome.posted, DeliveryOutcome.duplicate, DeliveryOutcome.suspense})
"""Outcomes that moved money, or found it moved: there is nothing to replay."""
_OF_GIFTS = ("donation.refunded", "donation.dispute_closed", "donation.updated")
WAITING_TYPES = frozenset({*_OF_GIFTS, "settlement.paid", "matching.result", *tidings.PLAN_STEPS})
SWEPT_MAX = 500
# Written out, so that every plan knows that the few that wait have an index of their own.
_PENDING = Delivery.outcome == literal(DeliveryOutcome.pending, Delivery.outcome.type, literal_execute=True)

log = structlog.get_logger(__name__)


async def replay(session: WriteSession, delivery: Delivery) -> None:
    """Understand a kept message again, book what it tells, and note what became of it; twice is as once.

    A message that was accepted before stays accepted: if it now contradicts the books, only its `problem`
    says so. One that was refused claims its event id now, unless another delivery has claimed it since.
    """
    await session.refresh(delivery, with_for_update=True)
    if delivery.outcome in DONE:
        return
    platform = await platforms.get(session, delivery.platform_id)
    sender = await sender_of(session, platform, await channels.of_platform(session, platform.id))
    body = await deliveries.body(session, delivery)
    message = inbox.read(
        sender, body, event_id=delivery.event_id, signed_at=delivery.signed_at or delivery.created_at
    )
    since = EventAcceptedSince(event_id=delivery.event_id)
    if not delivery.accepted:
        [met] = await bulk.together(session, [deliveries.finding([message])])
        if met:
            raise since
    if message.event is not None and message.event.told is not None:
        await _settle(session, message.event.told)
    [outcome] = await inbox.book(session, [message])
    async with constraints.told(session, {"deliveries_event_idx": since}):
        _note(delivery, outcome)
        if outcome.person_id is not None and outcome.person_id != delivery.person_id:
            before = delivery.person_id
            await deliveries.hand_over(session, delivery, body, outcome.person_id)
            await conflicts.hand_over(session, delivery, before)


async def sweep(
    database: Transactions, *, types: Collection[str] = WAITING_TYPES, limit: int = SWEPT_MAX
) -> int:
    """Apply refunds that still wait though their gift is there, and replay the messages of these types.

    Each message has a transaction of its own. Returns how many are no longer pending. A gift applies its
    waiting refunds itself; this is the net below it, and what brings the messages' outcomes up to date.
    """
    async with database.writing() as session:
        await settle_waiting(session, limit=limit)
    moved, last = 0, UUID(int=0)
    while True:
        query = select(Delivery.id).where(_PENDING, Delivery.type.in_(types), Delivery.id > last)
        async with database.reading() as session:
            ids = (await session.scalars(query.order_by(Delivery.id).limit(limit))).all()
        if not ids:
            return moved
        moved += await batches.each(ids, lambda one: _retry(database, one))
        last = ids[-1]


async def settle_waiting(session: WriteSession, *, limit: int = SWEPT_MAX) -> int:
    """Book the refunds that still wait though their gift is there; return for how many gifts."""
    waiting = (
        select(Refund.source_id, Refund.their_gift_id)
        .join(
            Donation,
            and_(Donation.source_id == Refund.source_id, Donation.their_id == Refund.their_gift_id),
        )
        .where(Refund.state == RefundState.pending)
        .distinct()
        .limit(limit)
    )
    keys: list[claims.Key] = [(row.source_id, row.their_gift_id) for row in await session.execute(waiting)]
    if keys:
        await claims.lay(session, keys)
        await refunds.settle_pending(session, keys)
    return len(keys)


async def _retry(database: Transactions, delivery_id: UUID) -> bool:
    try:
        async with database.writing() as session:
            delivery = await deliveries.get(session, delivery_id)
            await replay(session, delivery)
            return delivery.outcome is not DeliveryOutcome.pending
    except Refusal as refusal:
        # Its body is gone, say: it stays as it is, and its neighbours go on.
        log.info("delivery_not_replayed", delivery_id=str(delivery_id), problem=slug(type(refusal)))
        return False


async def _settle(session: WriteSession, told: Told) -> None:
    if not isinstance(told, GivenBack | Objection):
        return
    # The claim is held first, as everywhere: the gift may be arriving at this very moment.
    key = looks.claim_of(told)
    await claims.lay(session, [key])
    await refunds.settle_pending(session, [key])


def _note(delivery: Delivery, outcome: Outcome) -> None:
    delivery.problem = slug(type(outcome.refusal)) if outcome.refusal else None
    if outcome.refusal is not None:
        if not delivery.accepted:
            delivery.outcome = DeliveryOutcome(outcome.kind)
        return
    # What this very message told us first and had to wait for is no duplicate of anything.
    waited = delivery.outcome is DeliveryOutcome.pending and outcome.kind is OutcomeKind.duplicate
    delivery.outcome = DeliveryOutcome.posted if waited else DeliveryOutcome(outcome.kind)
    delivery.accepted = True
    delivery.donation_id = outcome.donation_id
    delivery.entry_id = outcome.entry_id
    delivery.lookup_code = outcome.lookup_code
