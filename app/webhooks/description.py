"""Description: what the OpenAPI document says of the webhook door, which is no FastAPI route."""

from typing import Any

from fastapi import FastAPI
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from app.fundraising.errors import DisputeDiffers, GiftDiffers, RefundDiffers, RefundExceedsGift
from app.kit.errors import Unavailable
from app.kit.group_commit import Closing, QueueFull
from app.kit.http import documents, problems
from app.webhooks.errors import (
    BodyTooLarge,
    DeliveryNotAuthentic,
    EventDiffers,
    EventUnreadable,
    RateExceeded,
)
from app.webhooks.outward import description as subscribers
from app.webhooks.schemas import (
    DisputeSaid,
    GiftSaid,
    MatchingSaid,
    PayoutSaid,
    PlanSaid,
    RefundSaid,
    UpdateSaid,
)

PATH = "/v1/webhooks/{platform}"
SIGNATURE = "signature"
_REFUSALS = (
    *(EventUnreadable, DeliveryNotAuthentic, EventDiffers, GiftDiffers, RefundDiffers, RefundExceedsGift),
    *(DisputeDiffers, BodyTooLarge, RateExceeded, QueueFull, Closing, Unavailable),
)
EVENTS: dict[str, type[BaseModel]] = {
    "donation.succeeded": GiftSaid,
    "donation.refunded": RefundSaid,
    "donation.disputed": DisputeSaid,
    "donation.dispute_closed": DisputeSaid,
    "donation.updated": UpdateSaid,
    "plan.activated": PlanSaid,
    "plan.changed": PlanSaid,
    "plan.paused": PlanSaid,
    "plan.resumed": PlanSaid,
    "plan.cancelled": PlanSaid,
    "matching.result": MatchingSaid,
    "settlement.paid": PayoutSaid,
}
"""Every type that a platform may tell of, and the data of each."""
_HEADERS = {
    "webhook-id": "The event's own id: the same event again bears the same one.",
    "webhook-timestamp": "When it was signed, in Unix seconds; within five minutes of now.",
    "webhook-signature": 'Space-separated `v1,<base64 HMAC-SHA256 of "{id}.{timestamp}.{body}">`.',
}
EXAMPLE: dict[str, Any] = {
    "type": "donation.succeeded",
    "timestamp": "2026-05-01T08:00:00+08:00",
    "data": {
        "donation_id": "T-20260501-000001",
        "campaign": "SX-2026-BRIDGE",
        "amount": 5000,
        "currency": "CNY",
        "donated_at": "2026-05-01T07:59:58+08:00",
        "donor": {"external_id": "u_123", "display_name": "爱心网友", "publish_consent": True},
        "message": "加油",
        "fundraiser_code": "QY-0017",
        "plan_id": None,
    },
}
_ANSWER = {
    "outcome": "posted",
    "donation_id": "01890a5d-ac96-774b-bcce-b302099a8057",
    "entry_id": "01890a5d-ac96-774b-bcce-b302099a8058",
    "lookup_code": "7ZQ4M0T2V9KXC3HB5N8D",
    "trace_url": "https://example.org/v1/disclosure/donations/7ZQ4M0T2V9KXC3HB5N8D/trace",
}


def describe_door(app: FastAPI) -> None:
    """Write the webhook door, and what subscribers are told, into the application's OpenAPI document."""
    documents.amend(app, _describe)


def _describe(document: dict[str, Any]) -> None:
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    schemas |= _schemas()
    document["paths"][PATH] = {"post": _operation()}
    document["webhooks"] = subscribers.described()


def _operation() -> dict[str, Any]:
    headers = [_parameter(name, "header", about) for name, about in _HEADERS.items()]
    event = {"schema": {"$ref": "#/components/schemas/WebhookEvent"}, "example": EXAMPLE}
    answer = {"schema": {"$ref": "#/components/schemas/WebhookAnswer"}, "example": _ANSWER}
    refusals = {str(status): told for status, told in problems.responses(*_REFUSALS).items()}
    plain = problems.responses(problems.MethodNotAllowed)
    refusals["405"] = next(iter(plain.values()))
    for status in ("429", "503"):
        after = {"schema": {"type": "integer", "minimum": 1, "maximum": 30}, "description": "Seconds."}
        refusals[status]["headers"] = {"Retry-After": after}
    return {
        "operationId": "receive_event",
        "tags": ["webhooks"],
        "summary": "Receive Event",
        "description": (
            "Take a platform's signed event (Standard Webhooks 1.0); 200 means that it is committed. "
            "An event of an unknown type is kept and ignored; members that we do not know are no fault, "
            "and `null` counts as left out, but for what it takes back in an update. "
            "Platforms with `payment_terms` send notifications of WeChat Pay's API v3 or of Alipay instead, "
            "and are answered as these expect: `FAIL` with a message in JSON, and `success` or `fail` alone. "
            "Whoever can't prove to be a platform gets the same problem document at every address."
        ),
        "x-permission": SIGNATURE,
        "security": [],
        "parameters": [_parameter("platform", "path", "The platform's slug."), *headers],
        "requestBody": {"required": True, "content": {"application/json": event}},
        "responses": {
            "200": {
                "description": "Committed, now or before.",
                "content": {"application/json": answer},
            },
            **refusals,
        },
    }


def _parameter(name: str, place: str, about: str) -> dict[str, Any]:
    return {
        "name": name,
        "in": place,
        "required": True,
        "description": about,
        "schema": {"type": "string", "minLength": 1, "maxLength": 200 if name == "webhook-id" else 4000},
    }


def _schemas() -> dict[str, Any]:
    models = [(model, "validation") for model in dict.fromkeys(EVENTS.values())]
    _, defined = models_json_schema(models, ref_template="#/components/schemas/{model}")  # pyright: ignore[reportArgumentType]
    kinds = ["posted", "duplicate", "suspense", "pending", "ignored"]
    uuid = {"anyOf": [{"type": "string", "format": "uuid"}, {"type": "null"}]}
    text = {"anyOf": [{"type": "string"}, {"type": "null"}]}
    answer = {"donation_id": uuid, "entry_id": uuid, "lookup_code": text, "trace_url": text}
    return {
        **defined["$defs"],
        "WebhookEvent": {
            "title": "WebhookEvent",
            "description": "One of our types, with its data; or any other type, which is kept and ignored.",
            "anyOf": [*(_event(kind, model) for kind, model in EVENTS.items()), _event(None, None)],
        },
        "WebhookAnswer": {
            "title": "WebhookAnswer",
            "type": "object",
            "properties": {"outcome": {"type": "string", "enum": kinds}, **answer},
            "required": ["outcome", *answer],
        },
    }


def _event(kind: str | None, model: type[BaseModel] | None) -> dict[str, Any]:
    known = {"type": "string", "const": kind}
    other = {"type": "string", "minLength": 1, "maxLength": 100, "not": {"enum": [*EVENTS]}}
    data = {"$ref": f"#/components/schemas/{model.__name__}"} if model else {}
    moment = {"type": "string", "format": "date-time"}
    return {
        "type": "object",
        "title": kind or "another type",
        "properties": {"type": known if kind else other, "timestamp": moment, "data": data},
        "required": ["type", "timestamp", *(["data"] if model else [])],
    }
