"""Deliveries over HTTP: what platforms sent, what became of it, and once more."""

from typing import Annotated
from uuid import UUID

import structlog
from fastapi import APIRouter, Query, Request, Response
from sqlalchemy import select

from app.kit.database import Reading, ReadSession, Streaming, Writing
from app.kit.http import idempotency, problems
from app.kit.http.idempotency import MoneyRoute
from app.kit.http.pages import Page, Slice
from app.organizations import accesses, platforms
from app.organizations.access import Asking, Permission
from app.organizations.errors import OutOfSight
from app.organizations.models import AccessKind, Platform
from app.organizations.signin import may
from app.webhooks import conflicts, deliveries, replays
from app.webhooks.errors import (
    DeliveryBodyGone,
    DeliveryNotFound,
    DeliveryNotInConflict,
    DeliveryNotReviewed,
    DeliveryReviewed,
    EventAcceptedSince,
)
from app.webhooks.models import Delivery
from app.webhooks.registers import (
    DeliveryInFull,
    DeliveryOut,
    DeliveryQuery,
    DeliveryReviewIn,
    DeliveryReviewOut,
    page_of,
)

router = APIRouter(prefix="/v1/deliveries", tags=["deliveries"], route_class=MoneyRoute)

Reader = Annotated[Asking, may(Permission.deliveries_read)]
Replayer = Annotated[Asking, may(Permission.deliveries_replay)]

log = structlog.get_logger(__name__)


@router.get("", operation_id="list_deliveries", response_model=Page[DeliveryOut])
async def list_deliveries(
    session: Reading, caller: Reader, asked: Annotated[DeliveryQuery, Query()]
) -> Slice[Delivery]:
    """List what the platforms of the organizations that you can see have sent, the newest first."""
    seen = select(Platform.id).where(Platform.organization_id.in_(caller.visible()))
    query = select(Delivery).where(Delivery.platform_id.in_(seen))
    if asked.platform_id:
        query = query.where(Delivery.platform_id == asked.platform_id)
    return await page_of(session, query, asked)


@router.get("/{delivery_id}", operation_id="read_delivery", responses=problems.responses(DeliveryBodyGone))
async def read_delivery(
    database: Streaming, session: Reading, caller: Reader, response: Response, delivery_id: UUID
) -> DeliveryInFull:
    """Read a message with its body, exactly as it came; that you did so is logged."""
    delivery = await _asked_of(session, caller, delivery_id)
    body = await deliveries.body(session, delivery)
    at = (await platforms.get(session, delivery.platform_id)).organization_id
    kind = AccessKind.delivery_body
    await accesses.record(database, caller.label, at=at, kind=kind, subject=delivery.id)
    log.info("delivery_shown", caller=caller.label, delivery_id=str(delivery.id), event_id=delivery.event_id)
    response.headers["Cache-Control"] = "no-store"
    return DeliveryInFull.of(delivery, body)


@router.post(
    "/{delivery_id}/replay",
    operation_id="replay_delivery",
    response_model=DeliveryOut,
    responses=problems.responses(DeliveryBodyGone, EventAcceptedSince),
)
async def replay_delivery(session: Writing, caller: Replayer, delivery_id: UUID) -> Delivery:
    """Understand and book a message once more, when the cause of its refusal is gone; twice is as once."""
    delivery = await _asked_of(session, caller, delivery_id)
    await replays.replay(session, delivery)
    log.info("delivery_replayed", caller=caller.label, delivery_id=str(delivery.id), outcome=delivery.outcome)
    return delivery


@router.post(
    "/{delivery_id}/review",
    operation_id="review_delivery",
    status_code=201,
    responses=problems.responses(DeliveryNotFound, DeliveryNotInConflict, DeliveryReviewed),
)
async def review_delivery(
    request: Request, session: Writing, caller: Replayer, delivery_id: UUID, body: DeliveryReviewIn
) -> DeliveryReviewOut:
    """Say what was found out about a message that contradicts an earlier one; it waits for nobody then."""
    delivery = await _asked_of(session, caller, delivery_id)
    review = await conflicts.review(session, delivery, found=body.found, actor=caller.label)
    idempotency.concerns(request, delivery.person_id)
    return DeliveryReviewOut.of(review, body.found)


@router.get(
    "/{delivery_id}/review",
    operation_id="read_delivery_review",
    responses=problems.responses(DeliveryNotReviewed),
)
async def read_delivery_review(session: Reading, caller: Reader, delivery_id: UUID) -> DeliveryReviewOut:
    """Read what was found out about a message that contradicts an earlier one."""
    delivery = await _asked_of(session, caller, delivery_id)
    return DeliveryReviewOut.of(*await conflicts.reviewed(session, delivery))


async def _asked_of(session: ReadSession, caller: Asking, delivery_id: UUID) -> Delivery:
    try:
        delivery = await deliveries.get(session, delivery_id)
        caller.must(at=(await platforms.get(session, delivery.platform_id)).organization_id)
    except OutOfSight:
        # Whoever may not know of it hears the same as if it were not there.
        raise DeliveryNotFound from None
    return delivery
