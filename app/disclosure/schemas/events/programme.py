"""The programme of an event as JSON: sessions, who speaks, materials."""

from collections.abc import Mapping
from datetime import datetime
from typing import Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.disclosure.events.speakers import NAME, TITLE
from app.disclosure.models import EventSession, EventSpeaker, PublicEvent
from app.disclosure.schemas.events import examples
from app.kit.fields import Body, Flag, Line, Moment, shown
from app.kit.models import Attachment


class EventSessionIn(Body):
    """A part of the programme."""

    model_config = ConfigDict(json_schema_extra=shown(examples.SESSION_IN))

    title: Line
    starts_at: Moment
    ends_at: Moment
    room: Line | None = None

    def as_session(self, event: PublicEvent) -> EventSession:
        """Return the same as a row."""
        return EventSession(event_id=event.id, **dict(self))


class EventSessionOut(BaseModel):
    """A part of the programme."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=shown(examples.SESSION))

    id: UUID
    title: str
    starts_at: datetime
    ends_at: datetime
    room: str | None


class EventSpeakerIn(Body):
    """Who speaks, and whether everybody may know."""

    model_config = ConfigDict(json_schema_extra=shown(examples.SPEAKER_IN))

    name: Line
    title: Line | None = None
    publish_consent: Flag = Field(default=False, description="They agreed to be named in public.")


class EventSpeakerOut(BaseModel):
    """Who speaks, for staff."""

    model_config = ConfigDict(json_schema_extra=shown(examples.SPEAKER))

    id: UUID
    session_id: UUID
    name: str | None
    title: str | None
    consented_at: datetime | None
    withdrawn_at: datetime | None

    @classmethod
    def of(cls, speaker: EventSpeaker, said: Mapping[str, str]) -> Self:
        """Return a speaker as JSON shows them to staff."""
        names = ("id", "session_id", "consented_at", "withdrawn_at")
        return cls(
            name=said.get(NAME), title=said.get(TITLE), **{name: getattr(speaker, name) for name in names}
        )


class PublicSpeakerOut(BaseModel):
    """Who speaks, for everybody; without a name if they do not agree to be named."""

    model_config = ConfigDict(json_schema_extra=shown(examples.PUBLIC_SPEAKER))

    session_id: UUID
    name: str | None
    title: str | None


class MaterialOut(BaseModel):
    """A file published with an event."""

    model_config = ConfigDict(json_schema_extra=shown(examples.MATERIAL))

    id: UUID
    file_name: str
    media_type: str
    address: str = Field(description="Where everybody downloads it.")

    @classmethod
    def of(cls, file: Attachment) -> Self:
        """Return a file as JSON shows it."""
        address = f"/v1/attachments/{file.id}/public-copy"
        media_type = file.public_media_type or file.media_type
        return cls(id=file.id, file_name=file.file_name or "", media_type=media_type, address=address)


class MaterialsIn(Body):
    """Files to be published with an event, uploaded for everybody before."""

    model_config = ConfigDict(json_schema_extra=shown(examples.MATERIALS_IN))

    attachment_ids: list[UUID] = Field(min_length=1, max_length=20)
