"""Registers: what a subscriber was told, as it is listed and filtered."""

from sqlalchemy import Select, select

from app.webhooks.models import Dispatch, Subscription
from app.webhooks.outward.representations import DispatchQuery


def listing(subscription: Subscription, asked: DispatchQuery) -> Select[Dispatch]:
    """Return the query for the dispatches of a subscription that pass the filters."""
    query = select(Dispatch).where(Dispatch.subscription_id == subscription.id)
    for column in ("type", "state", "event_id"):
        value = getattr(asked, column)
        if value is not None:
            query = query.where(getattr(Dispatch, column) == value)
    if asked.occurred_at_from:
        query = query.where(Dispatch.occurred_at >= asked.occurred_at_from)
    if asked.occurred_at_to:
        query = query.where(Dispatch.occurred_at <= asked.occurred_at_to)
    return query
