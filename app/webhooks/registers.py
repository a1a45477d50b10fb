"""Registers: messages as operators and partners see them, and the filters that their lists share."""

import base64
from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Select
from sqlalchemy.orm import defer

from app.kit.database import ReadSession
from app.kit.fields import Body, Line, Moment, Words, shown
from app.kit.http import pages
from app.kit.http.pages import PageQuery, Slice
from app.webhooks import examples
from app.webhooks.models import Delivery, DeliveryOutcome, DeliveryReview


class PartnerDeliveryQuery(PageQuery):
    """Which deliveries to list."""

    outcome: DeliveryOutcome | None = None
    accepted: bool | None = None
    type: Line | None = Field(default=None, examples=["donation.succeeded"])
    event_id: Line | None = None
    received_at_from: Moment | None = None
    received_at_to: Moment | None = Field(default=None, description="Up to and with this moment.")
    sort: Literal["received_at", "-received_at"] = "-received_at"


class DeliveryQuery(PartnerDeliveryQuery):
    """Which deliveries of which platform to list."""

    platform_id: UUID | None = None


class PartnerDeliveryOut(BaseModel):
    """One message, and what became of it."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=shown(examples.PARTNER_DELIVERY))

    id: UUID
    event_id: str
    type: str
    outcome: DeliveryOutcome
    accepted: bool
    problem: str | None = Field(description="Why it was refused: the `code` of the problem answered.")
    received_at: datetime = Field(validation_alias="created_at")
    signed_at: datetime | None
    donation_id: UUID | None
    entry_id: UUID | None
    lookup_code: str | None


class DeliveryOut(PartnerDeliveryOut):
    """One message of a platform, and what became of it."""

    model_config = ConfigDict(json_schema_extra=shown(examples.DELIVERY))

    platform_id: UUID


class DeliveryReviewIn(Body):
    """What was found out about a message that contradicts an earlier one."""

    model_config = ConfigDict(json_schema_extra=shown({"found": "平台重复使用事件号，原捐赠无误"}))

    found: Words


class DeliveryReviewOut(BaseModel):
    """Who looked into a contradiction, and what they found."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            {
                "delivery_id": "01997d5d-ac96-774b-bcce-b302099a8041",
                "found": "平台重复使用事件号，原捐赠无误",
                "actor": "staff:01997d5d-ac96-774b-bcce-b302099a8011",
                "created_at": "2026-05-08T02:30:00Z",
            }
        ),
    )

    delivery_id: UUID
    found: str | None = Field(
        description="Sealed with whoever gave; `null` once they have been erased.",
    )
    actor: str
    created_at: datetime

    @classmethod
    def of(cls, review: DeliveryReview, found: str | None) -> "DeliveryReviewOut":
        """Return a review with what was found."""
        about = {"delivery_id": review.delivery_id, "actor": review.actor, "created_at": review.created_at}
        return cls.model_validate(about | {"found": found})


class DeliveryInFull(DeliveryOut):
    """One message with its body, exactly as it came."""

    model_config = ConfigDict(json_schema_extra=shown(examples.DELIVERY_IN_FULL))

    body: str = Field(description="May hold personal data: that it was shown is logged.")
    body_encoding: Literal["utf-8", "base64"]

    @classmethod
    def of(cls, delivery: Delivery, body: bytes) -> "DeliveryInFull":
        """Return a delivery with its body; in base64 if it is not UTF-8."""
        about = dict(DeliveryOut.model_validate(delivery))
        try:
            said, encoding = body.decode(), "utf-8"
        except UnicodeDecodeError:
            said, encoding = base64.b64encode(body).decode(), "base64"
        about |= {"created_at": about.pop("received_at"), "body": said, "body_encoding": encoding}
        return cls.model_validate(about)


async def page_of(
    session: ReadSession, query: Select[Delivery], asked: PartnerDeliveryQuery
) -> Slice[Delivery]:
    """Return one page of these deliveries that pass the filters, the newest first, without their bodies."""
    for column in ("outcome", "accepted", "type", "event_id"):
        value = getattr(asked, column)
        if value is not None:
            query = query.where(getattr(Delivery, column) == value)
    if asked.received_at_from:
        query = query.where(Delivery.created_at >= asked.received_at_from)
    if asked.received_at_to:
        query = query.where(Delivery.created_at <= asked.received_at_to)
    # A page of bodies would be some twelve megabytes that nobody has asked for.
    query = query.options(defer(Delivery.body_sealed, raiseload=True))
    return await pages.listed(session, query, {"received_at": [Delivery.id]}, asked)
