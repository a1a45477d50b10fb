"""Speakers: who speaks in a session of an event, named in public while they agree."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import select

from app.disclosure.events.errors import SpeakerSilent
from app.disclosure.models import EventSession, EventSpeaker, NamedKind, PublicEvent
from app.disclosure.naming import consents
from app.disclosure.naming.consents import Subject, Word
from app.disclosure.naming.errors import NamedAlready
from app.kit import vault
from app.kit.clock import now, today
from app.kit.database import ReadSession, WriteSession
from app.kit.ids import new_id
from app.organizations.errors import OutOfSight

NAME, TITLE = "speaker_name", "speaker_title"


async def add(
    session: WriteSession, part: EventSession, name: str, title: str | None, *, consented: bool, actor: str
) -> EventSpeaker:
    """Add who speaks in a session; everybody reads the name only if they agreed to that."""
    speaker = EventSpeaker(session_id=part.id, event_id=part.event_id, person_id=new_id(), recorded_by=actor)
    await vault.keep(session, speaker.person_id, {NAME: name} | ({TITLE: title} if title else {}))
    session.add(speaker)
    await session.flush()
    if consented:
        event = await session.get_one(PublicEvent, part.event_id)
        await agree(session, event, speaker, Word(today()), by=actor)
    return speaker


async def agree(
    session: WriteSession, event: PublicEvent, speaker: EventSpeaker, word: Word, *, by: str
) -> None:
    """Name a speaker (locked by the caller) who agrees to that, from now on."""
    if speaker.named:
        raise NamedAlready
    await consents.note(session, _subject(event, speaker), word, agreed=True, by=by)
    speaker.consented_at, speaker.withdrawn_at = now(), None
    await session.flush()


async def withdraw_consent(
    session: WriteSession, event: PublicEvent, speaker: EventSpeaker, word: Word, *, by: str
) -> None:
    """Stop naming a speaker (locked by the caller), at once and wherever they were named."""
    if not speaker.named:
        raise SpeakerSilent
    await consents.note(session, _subject(event, speaker), word, agreed=False, by=by)
    speaker.withdrawn_at = now()
    await session.flush()


async def get(session: WriteSession, event: PublicEvent, speaker_id: UUID) -> EventSpeaker:
    """Return a speaker of this event, whom nobody else changes until the transaction ends, or refuse."""
    speaker = await session.get(EventSpeaker, speaker_id, with_for_update=True, populate_existing=True)
    if speaker is None or speaker.event_id != event.id:
        raise OutOfSight
    return speaker


async def of(session: ReadSession, event: PublicEvent) -> Sequence[EventSpeaker]:
    """Return who speaks at an event, in the order in which they were added."""
    query = select(EventSpeaker).where(EventSpeaker.event_id == event.id).order_by(EventSpeaker.id)
    return (await session.scalars(query)).all()


async def names(session: ReadSession, people: Sequence[EventSpeaker]) -> Mapping[UUID, Mapping[str, str]]:
    """Return the names and titles of speakers by the vault's person; nothing of who was erased."""
    return await vault.read(session, [one.person_id for one in people], [NAME, TITLE])


def _subject(event: PublicEvent, speaker: EventSpeaker) -> Subject:
    return Subject(NamedKind.speaker, speaker.id, event.organization_id)
