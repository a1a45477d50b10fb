"""Notes: texts under the headings of a year, each version drafted by one person and reviewed by another."""

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import aliased

from app.disclosure.models import NoteHeading, StatementNote
from app.disclosure.notes.errors import (
    NoteOutdated,
    NoteReasonMissing,
    NoteReviewed,
    NoteYearAhead,
    OwnNote,
)
from app.disclosure.notes.headings import HEADINGS, Heading
from app.kit.clock import now, today
from app.kit.database import ReadSession, WriteSession
from app.organizations import organizations
from app.organizations.access import Caller, Permission
from app.organizations.desk import tasks
from app.organizations.errors import OutOfSight

TASK = "statement_note_review"


async def draft(session: WriteSession, note: StatementNote) -> StatementNote:
    """Write a text under the next number; what was approved before counts until this one is."""
    if note.year > today().year:
        raise NoteYearAhead(year=note.year)
    # Of two at once one waits here, and takes the next number.
    await organizations.lock(session, note.organization_id)
    before = select(func.max(StatementNote.version)).where(
        StatementNote.organization_id == note.organization_id,
        StatementNote.year == note.year,
        StatementNote.heading == note.heading,
    )
    note.version = (await session.scalar(before) or 0) + 1
    session.add(note)
    await session.flush()
    return note


async def review(
    session: WriteSession, note: StatementNote, *, approved: bool, reason: str | None, by: str
) -> None:
    """Approve a locked text, or send it back with the reason: once, the latest version, not one's own.

    Raises NoteReviewed, OwnNote, NoteReasonMissing, NoteOutdated.
    """
    if note.reviewed_by is not None:
        raise NoteReviewed
    if by == note.drafted_by:
        raise OwnNote
    if not approved and reason is None:
        raise NoteReasonMissing
    if not await session.scalar(select(_latest()).where(StatementNote.id == note.id)):
        raise NoteOutdated
    note.reviewed_by, note.reviewed_at = by, now()
    note.approved, note.review_note = approved, reason
    await session.flush()


async def counting(
    session: ReadSession, organization_id: UUID, year: int
) -> Mapping[NoteHeading, StatementNote]:
    """Return what the notes of a year say by heading: of each the latest text that was approved."""
    return await _newest(session, organization_id, year, StatementNote.approved.is_(True))


async def latest(
    session: ReadSession, organization_id: UUID, year: int
) -> Mapping[NoteHeading, StatementNote]:
    """Return the latest text under each heading of a year, approved or not."""
    return await _newest(session, organization_id, year)


async def empty(session: ReadSession, organization_id: UUID, year: int) -> list[Heading]:
    """Return the headings of a year under which nothing approved stands, in their order."""
    said = await counting(session, organization_id, year)
    return [heading for heading in HEADINGS if heading.code not in said]


async def get(session: ReadSession, note_id: UUID, *, lock: bool = False) -> StatementNote:
    """Return a text, or refuse; with `lock` nobody else reviews it until the transaction ends."""
    note = await session.get(StatementNote, note_id, with_for_update=lock or None, populate_existing=lock)
    if note is None:
        raise OutOfSight
    return note


def of_members(places: Collection[UUID]) -> Select[StatementNote]:
    """Return the query for the texts of some organizations, in all their versions."""
    return select(StatementNote).where(StatementNote.organization_id.in_(places))


async def waiting(_session: ReadSession, caller: Caller) -> tasks.Query:
    """Return the texts that somebody else has to review, for those who may and did not write them."""
    return tasks.row(
        organization_id=StatementNote.organization_id,
        subject_id=StatementNote.id,
        title=tasks.named("会计报表附注待复核", func.concat(StatementNote.year, "年度")),
        since_at=StatementNote.created_at,
    ).where(
        StatementNote.organization_id.in_(caller.holds(Permission.publications_review)),
        StatementNote.reviewed_by.is_(None),
        StatementNote.drafted_by != caller.label,
        _latest(),
    )


def _latest() -> ColumnElement[bool]:
    later = aliased(StatementNote)
    return ~(
        select(later.id)
        .where(
            later.organization_id == StatementNote.organization_id,
            later.year == StatementNote.year,
            later.heading == StatementNote.heading,
            later.version > StatementNote.version,
        )
        .exists()
    )


async def _newest(
    session: ReadSession, organization_id: UUID, year: int, *wanted: ColumnElement[bool]
) -> Mapping[NoteHeading, StatementNote]:
    query = (
        of_members([organization_id])
        .where(StatementNote.year == year, *wanted)
        .ext(postgresql.distinct_on(StatementNote.heading))
        .order_by(StatementNote.heading, StatementNote.version.desc())
    )
    return {note.heading: note for note in await session.scalars(query)}
