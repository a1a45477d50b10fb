"""Representations: what is said and heard about subscriptions, and about what was told to them."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.kit.fields import Body, Flag, Line, Moment, shown
from app.kit.http.pages import PageQuery
from app.webhooks.models import AttemptOutcome, DisabledBecause, Dispatch, DispatchState
from app.webhooks.outward import examples
from app.webhooks.outward.catalogue import EventType
from app.webhooks.outward.destinations import URL_LENGTH_MAX
from app.webhooks.outward.subscriptions import Terms

Address = Annotated[
    str,
    Field(
        strict=True,
        min_length=1,
        max_length=URL_LENGTH_MAX,
        description="HTTPS, at a public address; redirects are not followed.",
        examples=["https://events.example.org/zhengxinlu"],
    ),
]
Types = Annotated[
    list[EventType],
    Field(max_length=len(EventType), description="Of what it is told; empty means of everything."),
]


class SubscriptionIn(Body):
    """Whoever shall be told of an organization's events."""

    model_config = ConfigDict(extra="forbid", json_schema_extra=shown(examples.SUBSCRIPTION_IN))

    organization_id: UUID
    name: Line
    url: Address
    event_types: Types = Field(default_factory=list[EventType])
    with_subtree: Flag = Field(default=False, description="Also of the events of everybody below.")

    def terms(self) -> Terms:
        """Return what is asked for."""
        return Terms(
            name=self.name, url=self.url, event_types=self.event_types, with_subtree=self.with_subtree
        )


class SubscriptionChange(Body):
    """What may be changed about a subscription; what is left out stays."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"url": "https://events.example.org/zhengxinlu/v2"}]}
    )

    name: Line | None = None
    url: Address | None = None
    event_types: Types | None = None
    with_subtree: Flag | None = None


class SubscriptionQuery(PageQuery):
    """Which subscriptions to list."""

    organization_id: UUID | None = None
    disabled: bool | None = None


class SubscriptionOut(BaseModel):
    """A subscription, and how well it is served."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=shown(examples.SUBSCRIPTION))

    id: UUID
    organization_id: UUID
    name: str
    url: str
    event_types: list[EventType]
    with_subtree: bool
    attempt_count: int = Field(description="How often the event that is first in line has failed.")
    failing_since_at: datetime | None
    next_attempt_at: datetime
    disabled_at: datetime | None
    disabled_because: DisabledBecause | None
    made_by: str
    created_at: datetime


class SubscriptionMade(SubscriptionOut):
    """A subscription that is new, with its first secret."""

    model_config = ConfigDict(json_schema_extra=shown(examples.SUBSCRIPTION_MADE))

    secret: str = Field(description="What we sign with; shown once.", examples=["whsec_c2VjcmV0"])


class SubscriptionSecretOut(BaseModel):
    """A new secret of a subscription."""

    secret: str = Field(description="What we sign with; shown once.", examples=["whsec_c2VjcmV0"])


class DispatchQuery(PageQuery):
    """Which dispatches to list."""

    type: EventType | None = None
    state: DispatchState | None = None
    event_id: UUID | None = None
    occurred_at_from: Moment | None = None
    occurred_at_to: Moment | None = Field(default=None, description="Up to and with this moment.")
    sort: Literal["begun_at", "-begun_at"] = "-begun_at"


class DispatchOut(BaseModel):
    """An event on its way to a subscriber."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=shown(examples.DISPATCH))

    id: UUID
    event_id: UUID = Field(description="What `webhook-id` says, at every attempt.")
    type: EventType
    organization_id: UUID | None
    occurred_at: datetime
    state: DispatchState
    attempt_count: int
    delivered_at: datetime | None
    asked_again_at: datetime | None
    begun_at: datetime = Field(validation_alias="created_at")


class DispatchInFull(DispatchOut):
    """An event on its way to a subscriber, with what is told."""

    model_config = ConfigDict(json_schema_extra=shown(examples.DISPATCH_IN_FULL))

    body: str | None = Field(description="Byte for byte; null when the event is no longer kept.")

    @classmethod
    def of(cls, dispatch: Dispatch, body: bytes | None) -> "DispatchInFull":
        """Return a dispatch with what is told."""
        about = dict(DispatchOut.model_validate(dispatch))
        about |= {"created_at": about.pop("begun_at"), "body": body and body.decode()}
        return cls.model_validate(about)


class AttemptOut(BaseModel):
    """One attempt to tell a subscriber."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=shown(examples.ATTEMPT))

    id: UUID
    attempted_at: datetime = Field(validation_alias="created_at")
    outcome: AttemptOutcome
    status_code: int | None
    took_ms: int
    again: bool = Field(description="Asked for by a person, beside the order.")
