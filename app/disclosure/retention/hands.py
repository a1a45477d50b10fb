"""Hands: the records whose time this feature ends, and how each is erased. None of them is the ledger's."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from app.disclosure.complaints import complaints
from app.disclosure.governance import officers
from app.disclosure.models import Attendance, AttendanceState, Complaint, EventSpeaker, PublicEvent
from app.disclosure.retention import boards, honours
from app.disclosure.retention.subjects import Subjects, legal_date
from app.kit import vault
from app.kit.database import WriteSession

ACTOR = "retention"


@dataclass(frozen=True, slots=True)
class Hand:
    """What there is of a kind, and what ends one of them."""

    subjects: Callable[[], Subjects]
    end: Callable[[WriteSession, UUID], Awaitable[None]]


def _complaints() -> Subjects:
    return _closed().where(Complaint.closed_at.is_not(None))


async def _forget_complaint(session: WriteSession, subject_id: UUID) -> None:
    complaint = await session.get_one(Complaint, subject_id)
    await complaints.forget(session, complaint, actor=ACTOR)


def _contacts() -> Subjects:
    return _closed().where(Complaint.closed_at.is_not(None), ~Complaint.anonymous)


async def _forget_contact(session: WriteSession, subject_id: UUID) -> None:
    await complaints.forget_contact(session, await session.get_one(Complaint, subject_id))


def _closed() -> Subjects:
    return select(
        Complaint.id.label("subject_id"),
        Complaint.organization_id.label("organization_id"),
        legal_date(Complaint.closed_at).label("ended_on"),
    )


def _seats() -> Subjects:
    # Who gave a seat back is forgotten already.
    return (
        _at_events(Attendance.id)
        .join(PublicEvent, PublicEvent.id == Attendance.event_id)
        .where(Attendance.state != AttendanceState.cancelled)
    )


async def _forget_seat(session: WriteSession, subject_id: UUID) -> None:
    seat = await session.get_one(Attendance, subject_id)
    await vault.erase(session, seat.person_id)


def _speakers() -> Subjects:
    return _at_events(EventSpeaker.id).join(PublicEvent, PublicEvent.id == EventSpeaker.event_id)


async def _forget_speaker(session: WriteSession, subject_id: UUID) -> None:
    speaker = await session.get_one(EventSpeaker, subject_id)
    await vault.erase(session, speaker.person_id)


def _at_events(person: Any) -> Select[UUID, UUID, Any]:  # noqa: ANN401 - a column
    return select(
        person.label("subject_id"),
        PublicEvent.organization_id.label("organization_id"),
        legal_date(PublicEvent.ends_at).label("ended_on"),
    )


HANDS: Mapping[str, Hand] = {
    "complaints": Hand(_complaints, _forget_complaint),
    "complaint_contacts": Hand(_contacts, _forget_contact),
    "event_seats": Hand(_seats, _forget_seat),
    "event_speakers": Hand(_speakers, _forget_speaker),
    "commendation_objections": Hand(honours.objections, honours.forget_objection),
    "commendation_nominees": Hand(honours.nominees, honours.forget_nominee),
    "ambassadors": Hand(honours.ambassadors, honours.forget_ambassador),
    "officer_contacts": Hand(boards.left, boards.forget),
    "candidate_contacts": Hand(boards.never_appointed, officers.forget_contact),
    "related_persons": Hand(boards.related, vault.erase),
}
"""For each rule that the daily round carries out."""
