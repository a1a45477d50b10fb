"""Description: what the OpenAPI document says of the events that subscribers are told, under `webhooks`."""

from typing import Any

from app.webhooks.outward import catalogue
from app.webhooks.outward.catalogue import EventType

_HEADERS = {
    "webhook-id": "The event's id, the same at every attempt: whoever has seen it need not act again.",
    "webhook-timestamp": "When this attempt was signed, in Unix seconds.",
    "webhook-signature": 'Space-separated `v1,<base64 HMAC-SHA256 of "{id}.{timestamp}.{body}">`, '
    "one for every live secret.",
}
_ANSWERS = {
    "2XX": {"description": "Taken: the next event is told."},
    "410": {"description": "Nobody listens here any more: the subscription is disabled."},
    "default": {"description": "Not taken: told again later, not before `Retry-After` if there is one."},
}


def described() -> dict[str, Any]:
    """Return what is told of every event type."""
    return {kind.value: {"post": _operation(kind)} for kind in EventType}


def _operation(kind: EventType) -> dict[str, Any]:
    body = {"schema": catalogue.schema(kind), "example": catalogue.example(kind)}
    headers = [
        {"name": name, "in": "header", "required": True, "description": about, "schema": {"type": "string"}}
        for name, about in _HEADERS.items()
    ]
    return {
        "operationId": f"told_{kind.name}",
        "tags": ["subscriptions"],
        "summary": f"Told: {kind.value}",
        "description": "Told in the order of what happened; at least once, and at most rarely twice.",
        "parameters": headers,
        "requestBody": {"required": True, "content": {"application/json": body}},
        "responses": _ANSWERS,
    }
