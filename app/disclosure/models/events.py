"""Tables of events: conferences, lectures and shows, who speaks there, who comes; and initiatives."""

import enum
from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.database import Base, Record
from app.organizations.models import Organization

SEATS_MAX = 100_000


class EventKind(enum.StrEnum):
    """What an event is."""

    conference = "conference"
    training = "training"
    lecture = "lecture"
    art_show = "art_show"
    performance = "performance"


class EventState(enum.StrEnum):
    """Where an event stands; the public knows of none that is a draft."""

    draft = "draft"
    published = "published"
    cancelled = "cancelled"


class PublicEvent(Record, Base):
    """An event that people are asked to. Its seats are counted in the row itself: none is given twice."""

    __tablename__ = "public_events"
    __table_args__ = (
        UniqueConstraint("organization_id", "code"),
        CheckConstraint("code ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$'", name="code"),
        CheckConstraint("ends_at > starts_at", name="times"),
        CheckConstraint(f"seats between 1 and {SEATS_MAX}", name="seats"),
        CheckConstraint("taken_count between 0 and seats", name="taken"),
        CheckConstraint("state <> 'published' or published_at is not null", name="published"),
        Index("public_events_starts_at_idx", "starts_at", "id"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey(Organization.id))
    code: Mapped[str]
    kind: Mapped[EventKind]
    title: Mapped[str]
    description: Mapped[str]
    place: Mapped[str]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    seats: Mapped[int]
    taken_count: Mapped[int] = mapped_column(default=0)
    # Whether anybody may sign up, or staff write down who comes.
    sign_up_open: Mapped[bool] = mapped_column(default=True)
    state: Mapped[EventState] = mapped_column(default=EventState.draft)
    published_at: Mapped[datetime | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column(default=1)


class EventSession(Record, Base):
    """One part of an event's programme."""

    __tablename__ = "event_sessions"
    __table_args__ = (
        UniqueConstraint("id", "event_id"),
        CheckConstraint("ends_at > starts_at", name="times"),
        Index("event_sessions_event_id_idx", "event_id", "starts_at", "id"),
    )

    event_id: Mapped[UUID] = mapped_column(ForeignKey(PublicEvent.id))
    title: Mapped[str]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    room: Mapped[str | None] = mapped_column(default=None)


class EventSpeaker(Record, Base):
    """Somebody who speaks in a session; their name lies in the vault, and is public while they agree."""

    __tablename__ = "event_speakers"
    __table_args__ = (
        ForeignKeyConstraint(
            ["session_id", "event_id"],
            ["event_sessions.id", "event_sessions.event_id"],
            name="event_speakers_session_fkey",
        ),
        CheckConstraint("withdrawn_at >= consented_at", name="withdrawn"),
        CheckConstraint("withdrawn_at is null or consented_at is not null", name="consented"),
        Index("event_speakers_event_id_idx", "event_id", "id"),
    )

    session_id: Mapped[UUID]
    event_id: Mapped[UUID]
    person_id: Mapped[UUID] = mapped_column(unique=True)
    recorded_by: Mapped[str]
    consented_at: Mapped[datetime | None] = mapped_column(default=None)
    withdrawn_at: Mapped[datetime | None] = mapped_column(default=None)

    @property
    def named(self) -> bool:
        """Whether everybody may know who it is."""
        return self.consented_at is not None and self.withdrawn_at is None


class AttendanceState(enum.StrEnum):
    """Whether somebody has a seat, has given it back, or was there."""

    signed_up = "signed_up"
    cancelled = "cancelled"
    signed_in = "signed_in"


class Attendance(Record, Base):
    """A seat for somebody; who it is and how to reach them lies in the vault."""

    __tablename__ = "event_attendances"
    __table_args__ = (
        CheckConstraint("octet_length(ticket_hash) = 32", name="ticket_hash"),
        CheckConstraint("(state = 'signed_in') = (signed_in_at is not null)", name="signed_in"),
        CheckConstraint("(state = 'cancelled') = (cancelled_at is not null)", name="cancelled"),
        Index("event_attendances_event_id_idx", "event_id", "id"),
    )

    event_id: Mapped[UUID] = mapped_column(ForeignKey(PublicEvent.id))
    person_id: Mapped[UUID] = mapped_column(unique=True)
    ticket_hash: Mapped[bytes] = mapped_column(unique=True)
    signed_up_by: Mapped[str]
    state: Mapped[AttendanceState] = mapped_column(default=AttendanceState.signed_up)
    signed_in_at: Mapped[datetime | None] = mapped_column(default=None)
    signed_in_by: Mapped[str | None] = mapped_column(default=None)
    cancelled_at: Mapped[datetime | None] = mapped_column(default=None)


class Initiative(Record, Base):
    """A work of culture with many parts, as its organization lists them (慈善文化八大工程)."""

    __tablename__ = "initiatives"
    __table_args__ = (
        UniqueConstraint("organization_id", "code"),
        CheckConstraint("code ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$'", name="code"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey(Organization.id))
    code: Mapped[str]
    title: Mapped[str]
    description: Mapped[str]


class InitiativeItem(Record, Base):
    """One item of an initiative: what it is called, what is done, and the event that is it, if one is."""

    __tablename__ = "initiative_items"
    __table_args__ = (Index("initiative_items_initiative_id_idx", "initiative_id", "id"),)

    initiative_id: Mapped[UUID] = mapped_column(ForeignKey(Initiative.id))
    title: Mapped[str]
    description: Mapped[str]
    event_id: Mapped[UUID | None] = mapped_column(ForeignKey(PublicEvent.id), default=None)
