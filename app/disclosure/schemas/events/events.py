"""Events as JSON: what everybody reads, and what staff write."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.disclosure.events.speakers import NAME, TITLE
from app.disclosure.models import EventKind, EventSession, EventSpeaker, EventState, PublicEvent
from app.disclosure.models.events import SEATS_MAX
from app.disclosure.schemas.events import examples
from app.disclosure.schemas.events.programme import (
    EventSessionOut,
    EventSpeakerOut,
    MaterialOut,
    PublicSpeakerOut,
)
from app.kit.fields import Body, Code, Flag, Line, Moment, Words, shown
from app.kit.http.pages import PageQuery
from app.kit.models import Attachment
from app.organizations.access import Caller, Permission


class EventIn(Body):
    """An event to be drafted."""

    model_config = ConfigDict(json_schema_extra=shown(examples.EVENT_IN))

    organization_id: UUID
    code: Code
    kind: EventKind
    title: Line
    description: Words
    place: Line
    starts_at: Moment
    ends_at: Moment
    seats: int = Field(strict=True, ge=1, le=SEATS_MAX)
    sign_up_open: Flag = Field(default=True, description="Whether anybody may sign up, or staff alone.")

    def as_event(self) -> PublicEvent:
        """Return the same as a row."""
        return PublicEvent(**dict(self))


class EventChange(Body):
    """What changes about an event; what is not said stays."""

    model_config = ConfigDict(json_schema_extra=shown(examples.EVENT_CHANGE))

    title: Line | None = None
    description: Words | None = None
    place: Line | None = None
    starts_at: Moment | None = None
    ends_at: Moment | None = None
    seats: int | None = Field(default=None, strict=True, ge=1, le=SEATS_MAX)
    sign_up_open: Flag | None = None

    def changes(self) -> dict[str, Any]:
        """Return what is said."""
        return {name: value for name, value in dict(self).items() if value is not None}


class EventQuery(PageQuery):
    """Which events to list."""

    organization_id: UUID | None = None
    kind: EventKind | None = None
    starts_at_from: Moment | None = None
    starts_at_to: Moment | None = None


class MemberEventQuery(PageQuery):
    """Which events of an organization to list, drafts too."""

    kind: EventKind | None = None
    state: EventState | None = None


class EventOut(BaseModel):
    """An event as a line."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=shown(examples.EVENT))

    id: UUID
    organization_id: UUID
    code: str
    kind: EventKind
    title: str
    description: str
    place: str
    starts_at: datetime
    ends_at: datetime
    state: EventState
    sign_up_open: bool
    seats: int
    seats_left: int
    published_at: datetime | None

    @classmethod
    def of(cls, event: PublicEvent) -> Self:
        """Return an event as JSON shows it."""
        return cls(**_line(event))


Programme = tuple[Sequence[EventSession], Sequence[EventSpeaker], Mapping[UUID, Mapping[str, str]]]


class PublicEventOut(EventOut):
    """An event with its programme, speakers and materials, for everybody."""

    model_config = ConfigDict(json_schema_extra=shown(examples.PUBLIC_EVENT))

    sessions: list[EventSessionOut]
    speakers: list[PublicSpeakerOut]
    materials: list[MaterialOut]
    demo: bool

    @classmethod
    def whole(
        cls, event: PublicEvent, programme: Programme, materials: Sequence[Attachment], *, demo: bool
    ) -> Self:
        """Return what everybody reads of an event."""
        sessions, speakers, names = programme
        nothing: Mapping[str, str] = {}
        told = [(one, names.get(one.person_id, nothing) if one.named else nothing) for one in speakers]
        return cls(
            sessions=[EventSessionOut.model_validate(part) for part in sessions],
            speakers=[
                PublicSpeakerOut(session_id=one.session_id, name=said.get(NAME), title=said.get(TITLE))
                for one, said in told
            ],
            materials=[MaterialOut.of(file) for file in materials],
            demo=demo,
            **_line(event),
        )


class EventDetail(EventOut):
    """An event as staff read it."""

    model_config = ConfigDict(json_schema_extra=shown(examples.EVENT_IN_FULL))

    taken_count: int
    version: int
    sessions: list[EventSessionOut]
    speakers: list[EventSpeakerOut]
    materials: list[MaterialOut]
    allowed_actions: list[str]

    @classmethod
    def whole(
        cls, event: PublicEvent, programme: Programme, materials: Sequence[Attachment], caller: Caller
    ) -> Self:
        """Return everything that staff read of an event."""
        sessions, speakers, names = programme
        actions: list[Literal["publish", "change", "cancel", "add_materials"]] = []
        if event.state is not EventState.cancelled:
            actions = ["change", "cancel", "add_materials"]
        if event.state is EventState.draft:
            actions.append("publish")
        return cls(
            taken_count=event.taken_count,
            version=event.version,
            sessions=[EventSessionOut.model_validate(part) for part in sessions],
            speakers=[EventSpeakerOut.of(one, names.get(one.person_id, {})) for one in speakers],
            materials=[MaterialOut.of(file) for file in materials],
            allowed_actions=caller.allowed(
                dict.fromkeys(actions, Permission.publications_change), at=event.organization_id
            ),
            **_line(event),
        )


def _line(event: PublicEvent) -> dict[str, Any]:
    told = {name: getattr(event, name) for name in EventOut.model_fields if name != "seats_left"}
    return told | {"seats_left": event.seats - event.taken_count}
