"""Subscriptions over HTTP: who is told of what happens here, and where."""

from datetime import timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response
from sqlalchemy import select

from app.kit.database import Reading, ReadSession, WriteSession, Writing
from app.kit.errors import VersionNotStated, VersionStale
from app.kit.http import pages, problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page, Slice
from app.kit.http.versions import IfMatch, etag, expect
from app.organizations import organizations
from app.organizations.access import Asking, Permission
from app.organizations.errors import OutOfSight
from app.organizations.signin import may
from app.webhooks.errors import (
    AddressNotReachable,
    SecretsTooMany,
    SubscriptionDisabled,
    SubscriptionNotFound,
    SubscriptionsTooMany,
)
from app.webhooks.models import Subscription
from app.webhooks.outward import subscriptions
from app.webhooks.outward.representations import (
    SubscriptionChange,
    SubscriptionIn,
    SubscriptionMade,
    SubscriptionOut,
    SubscriptionQuery,
    SubscriptionSecretOut,
)
from app.webhooks.representations import RotationIn

router = APIRouter(prefix="/v1/subscriptions", tags=["subscriptions"], route_class=IdempotentRoute)

Reader = Annotated[Asking, may(Permission.subscriptions_read)]
Changer = Annotated[Asking, may(Permission.subscriptions_change)]


@router.post(
    "",
    operation_id="create_subscription",
    response_model=SubscriptionMade,
    status_code=201,
    responses=problems.responses(AddressNotReachable, SubscriptionsTooMany),
)
async def create_subscription(
    session: Writing, caller: Changer, response: Response, body: SubscriptionIn
) -> SubscriptionMade:
    """Have somebody told of an organization's events from now on, in their order; the secret is shown once.

    Events are posted as Standard Webhooks 1.0: what is told, and in which words, stands under `webhooks` in
    this document. One that is not answered with 2xx is told again after 5 seconds, 5 and 30 minutes, 2, 5,
    10, 14, 20 and 24 hours, and those after it wait. Then, or after a 410, the subscription is disabled.
    """
    caller.must(at=body.organization_id)
    organization = await organizations.get(session, body.organization_id)
    made, secret = await subscriptions.create(session, organization, body.terms(), made_by=caller.label)
    response.headers.update({"ETag": etag(made.version), "Cache-Control": "no-store"})
    return SubscriptionMade(secret=secret, **dict(SubscriptionOut.model_validate(made)))


@router.get("", operation_id="list_subscriptions", response_model=Page[SubscriptionOut])
async def list_subscriptions(
    session: Reading, caller: Reader, asked: Annotated[SubscriptionQuery, Query()]
) -> Slice[Subscription]:
    """List the subscriptions of the organizations that you can see, the newest first."""
    query = select(Subscription).where(Subscription.organization_id.in_(caller.visible()))
    if asked.organization_id:
        query = query.where(Subscription.organization_id == asked.organization_id)
    if asked.disabled is not None:
        query = query.where(Subscription.disabled_at.is_not(None) == asked.disabled)
    return await pages.page(session, query, [Subscription.id], asked, newest_first=True)


@router.get("/{subscription_id}", operation_id="read_subscription", response_model=SubscriptionOut)
async def read_subscription(
    session: Reading, caller: Reader, response: Response, subscription_id: UUID
) -> Subscription:
    """Read a subscription; the `ETag` is what a change of it must name."""
    return _told(await asked_of(session, caller, subscription_id), response)


@router.patch(
    "/{subscription_id}",
    operation_id="change_subscription",
    response_model=SubscriptionOut,
    responses=problems.responses(VersionNotStated, VersionStale, AddressNotReachable),
)
async def change_subscription(
    session: Writing,
    caller: Changer,
    response: Response,
    subscription_id: UUID,
    body: SubscriptionChange,
    if_match: IfMatch = None,
) -> Subscription:
    """Change where or of what somebody is told, on the version that you read; what waits is tried at once."""
    subscription = await _held(session, caller, subscription_id)
    expect(if_match, subscription.version)
    changes = {name: value for name, value in dict(body).items() if value is not None}
    subscriptions.change(session, subscription, **changes)
    return _told(subscription, response)


@router.post(
    "/{subscription_id}/secrets",
    operation_id="rotate_subscription_secret",
    status_code=201,
    responses=problems.responses(SecretsTooMany),
)
async def rotate_secret(
    session: Writing, caller: Changer, response: Response, subscription_id: UUID, body: RotationIn
) -> SubscriptionSecretOut:
    """Make a new secret, shown once; until the overlap ends every event bears both signatures."""
    subscription = await _held(session, caller, subscription_id)
    overlap = timedelta(hours=body.overlap_hours)
    secret = await subscriptions.rotate_secret(session, subscription, overlap=overlap)
    response.headers["Cache-Control"] = "no-store"
    return SubscriptionSecretOut(secret=secret)


@router.post(
    "/{subscription_id}/disablement", operation_id="disable_subscription", response_model=SubscriptionOut
)
async def disable_subscription(
    session: Writing, caller: Changer, response: Response, subscription_id: UUID
) -> Subscription:
    """Tell a subscriber nothing more for now."""
    subscription = await _held(session, caller, subscription_id)
    subscriptions.disable(subscription)
    return _told(subscription, response)


@router.delete(
    "/{subscription_id}/disablement", operation_id="enable_subscription", response_model=SubscriptionOut
)
async def enable_subscription(
    session: Writing, caller: Changer, response: Response, subscription_id: UUID
) -> Subscription:
    """Tell a subscriber again, from where it stopped: events are kept for 30 days."""
    subscription = await _held(session, caller, subscription_id)
    subscriptions.enable(subscription)
    return _told(subscription, response)


@router.post(
    "/{subscription_id}/test",
    operation_id="request_test_event",
    response_model=SubscriptionOut,
    status_code=202,
    responses=problems.responses(SubscriptionDisabled),
)
async def request_test_event(
    session: Writing, caller: Changer, response: Response, subscription_id: UUID
) -> Subscription:
    """Have this subscriber alone told of a `subscription.tested`, in its turn; see its dispatches."""
    subscription = await _held(session, caller, subscription_id)
    await subscriptions.ping(session, subscription)
    return _told(subscription, response)


async def asked_of(session: ReadSession, caller: Asking, subscription_id: UUID) -> Subscription:
    """Return a subscription if the caller may do there what the route is for."""
    try:
        subscription = await subscriptions.get(session, subscription_id)
        caller.must(at=subscription.organization_id)
    except OutOfSight:
        # Whoever may not know of it hears the same as if it were not there.
        raise SubscriptionNotFound from None
    return subscription


async def _held(session: WriteSession, caller: Asking, subscription_id: UUID) -> Subscription:
    await asked_of(session, caller, subscription_id)
    # Held until the end: its sender and whoever else changes it wait.
    return await subscriptions.get(session, subscription_id, lock=True)


def _told(subscription: Subscription, response: Response) -> Subscription:
    response.headers["ETag"] = etag(subscription.version)
    return subscription
