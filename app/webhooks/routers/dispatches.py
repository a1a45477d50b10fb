"""Dispatches over HTTP: what a subscriber was told, what came of it, and once more."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy import select

from app.kit.database import Reading, Writing
from app.kit.http import pages, problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page, Slice
from app.organizations.access import Asking, Permission
from app.organizations.signin import may
from app.webhooks.errors import (
    DispatchNotFound,
    DispatchNotWaiting,
    EventNotKept,
    SubscriptionDisabled,
)
from app.webhooks.models import Dispatch, DispatchAttempt
from app.webhooks.outward import dispatches, registers, subscriptions
from app.webhooks.outward.representations import AttemptOut, DispatchInFull, DispatchOut, DispatchQuery
from app.webhooks.routers.subscriptions import asked_of

router = APIRouter(
    prefix="/v1/subscriptions/{subscription_id}/dispatches",
    tags=["subscriptions"],
    route_class=IdempotentRoute,
)

Reader = Annotated[Asking, may(Permission.subscriptions_read)]
Changer = Annotated[Asking, may(Permission.subscriptions_change)]


@router.get("", operation_id="list_dispatches", response_model=Page[DispatchOut])
async def list_dispatches(
    session: Reading, caller: Reader, subscription_id: UUID, asked: Annotated[DispatchQuery, Query()]
) -> Slice[Dispatch]:
    """List the events that a subscriber was told of or is being told of, the newest first."""
    subscription = await asked_of(session, caller, subscription_id)
    return await pages.listed(
        session, registers.listing(subscription, asked), {"begun_at": [Dispatch.id]}, asked
    )


@router.get("/{dispatch_id}", operation_id="read_dispatch", responses=problems.responses(DispatchNotFound))
async def read_dispatch(
    session: Reading, caller: Reader, subscription_id: UUID, dispatch_id: UUID
) -> DispatchInFull:
    """Read what a subscriber was told of an event."""
    subscription = await asked_of(session, caller, subscription_id)
    dispatch = await dispatches.get(session, subscription, dispatch_id)
    return DispatchInFull.of(dispatch, await dispatches.body(session, dispatch))


@router.get("/{dispatch_id}/attempts", operation_id="list_dispatch_attempts", response_model=Page[AttemptOut])
async def list_attempts(
    session: Reading, caller: Reader, subscription_id: UUID, dispatch_id: UUID, paging: pages.Paging
) -> Slice[DispatchAttempt]:
    """List the attempts to tell a subscriber of an event, the newest first."""
    subscription = await asked_of(session, caller, subscription_id)
    dispatch = await dispatches.get(session, subscription, dispatch_id)
    query = select(DispatchAttempt).where(DispatchAttempt.dispatch_id == dispatch.id)
    return await pages.page(session, query, [DispatchAttempt.id], paging, newest_first=True)


@router.post(
    "/{dispatch_id}/redelivery",
    operation_id="request_redelivery",
    response_model=DispatchOut,
    status_code=202,
    responses=problems.responses(SubscriptionDisabled, EventNotKept, DispatchNotFound),
)
async def request_redelivery(
    session: Writing, caller: Changer, subscription_id: UUID, dispatch_id: UUID
) -> Dispatch:
    """Have a subscriber told once more, under the same `webhook-id`; an event that waits is tried at once."""
    await asked_of(session, caller, subscription_id)
    subscription = await subscriptions.get(session, subscription_id, lock=True)
    dispatch = await dispatches.get(session, subscription, dispatch_id)
    await dispatches.ask_again(session, subscription, dispatch)
    return dispatch


@router.post(
    "/{dispatch_id}/withdrawal",
    operation_id="withdraw_dispatch",
    response_model=DispatchOut,
    responses=problems.responses(DispatchNotWaiting, DispatchNotFound),
)
async def withdraw_dispatch(
    session: Writing, caller: Changer, subscription_id: UUID, dispatch_id: UUID
) -> Dispatch:
    """Pass over an event that the subscriber can't take, so that those behind it are told."""
    await asked_of(session, caller, subscription_id)
    subscription = await subscriptions.get(session, subscription_id, lock=True)
    dispatch = await dispatches.get(session, subscription, dispatch_id)
    await dispatches.withdraw(session, subscription, dispatch)
    return dispatch
