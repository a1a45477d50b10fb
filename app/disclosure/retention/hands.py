"""Hands: the records whose time this feature ends, and how each is erased. None of them is the ledger's."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Date, Select, cast, func, select

from app.disclosure.complaints import complaints
from app.disclosure.models import (
    Attendance,
    AttendanceState,
    AwardObjection,
    AwardScheme,
    Complaint,
    PublicEvent,
)
from app.kit import vault
from app.kit.clock import LEGAL_ZONE
from app.kit.database import WriteSession

ACTOR = "retention"
Subjects = Select[UUID, UUID, Any]
"""What there is of a kind: `subject_id`, `organization_id`, and `ended_on`, a day."""


@dataclass(frozen=True, slots=True)
class Hand:
    """What there is of a kind, and what ends one of them."""

    subjects: Callable[[], Subjects]
    end: Callable[[WriteSession, UUID], Awaitable[None]]


def legal_date(moment: Any) -> ColumnElement[Any]:  # noqa: ANN401 - a column
    """Return the legal day of a moment, as an expression."""
    return cast(func.timezone(LEGAL_ZONE.key, moment), Date)


def _complaints() -> Subjects:
    return select(
        Complaint.id.label("subject_id"),
        Complaint.organization_id.label("organization_id"),
        legal_date(Complaint.closed_at).label("ended_on"),
    ).where(Complaint.closed_at.is_not(None))


async def _forget_complaint(session: WriteSession, subject_id: UUID) -> None:
    complaint = await session.get_one(Complaint, subject_id)
    await complaints.forget(session, complaint, actor=ACTOR)


def _seats() -> Subjects:
    # Who gave a seat back is forgotten already.
    return (
        select(
            Attendance.id.label("subject_id"),
            PublicEvent.organization_id.label("organization_id"),
            legal_date(PublicEvent.ends_at).label("ended_on"),
        )
        .join(PublicEvent, PublicEvent.id == Attendance.event_id)
        .where(Attendance.state != AttendanceState.cancelled)
    )


async def _forget_seat(session: WriteSession, subject_id: UUID) -> None:
    seat = await session.get_one(Attendance, subject_id)
    await vault.erase(session, seat.person_id)


def _objections() -> Subjects:
    return (
        select(
            AwardObjection.id.label("subject_id"),
            AwardScheme.organization_id.label("organization_id"),
            AwardScheme.decided_on.label("ended_on"),
        )
        .join(AwardScheme, AwardScheme.id == AwardObjection.commendation_id)
        .where(AwardScheme.decided_on.is_not(None))
    )


async def _forget_objection(session: WriteSession, subject_id: UUID) -> None:
    objection = await session.get_one(AwardObjection, subject_id)
    await vault.erase(session, objection.person_id)


HANDS: Mapping[str, Hand] = {
    "complaints": Hand(_complaints, _forget_complaint),
    "event_seats": Hand(_seats, _forget_seat),
    "commendation_objections": Hand(_objections, _forget_objection),
}
"""For each rule that the daily round carries out."""
