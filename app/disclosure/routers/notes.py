"""Notes to the statements over HTTP: written by one person, reviewed by another, read heading by heading."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query

from app.disclosure.models import StatementNote
from app.disclosure.notes import errors, notes
from app.disclosure.schemas.notes.notes import (
    StatementNoteIn,
    StatementNoteOut,
    StatementNoteQuery,
    StatementNoteReviewIn,
    StatementNotesOut,
)
from app.kit.database import Reading, Writing
from app.kit.http import pages, problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page
from app.organizations.access import Asking, Permission
from app.organizations.errors import OutOfSight
from app.organizations.signin import may

router = APIRouter(route_class=IdempotentRoute)

Reader = Annotated[Asking, may(Permission.publications_read)]
Writer = Annotated[Asking, may(Permission.notes_record)]
Reviewer = Annotated[Asking, may(Permission.publications_review)]
Year = Annotated[int, Path(ge=1900, le=2999)]


@router.post(
    "/statement-notes",
    operation_id="record_statement_note",
    summary="Draft a note",
    status_code=201,
    responses=problems.responses(errors.NoteYearAhead),
)
async def record_statement_note(session: Writing, caller: Writer, body: StatementNoteIn) -> StatementNoteOut:
    """Write a text under a heading of a year's notes; it counts when somebody else has approved it."""
    caller.must(at=body.organization_id)
    return StatementNoteOut.of(await notes.draft(session, body.as_note(caller.label)))


@router.get("/statement-notes", operation_id="list_statement_notes", summary="List notes")
async def list_statement_notes(
    session: Reading, caller: Reader, asked: Annotated[StatementNoteQuery, Query()]
) -> Page[StatementNoteOut]:
    """List the texts of your organizations' notes in all their versions, the latest first."""
    query = notes.of_members(caller.visible())
    wanted = asked.model_dump(include={"organization_id", "year", "heading"}, exclude_none=True)
    found = await pages.page(session, query.filter_by(**wanted), [StatementNote.id], asked, newest_first=True)
    return found.told([StatementNoteOut.of(one) for one in found.items])


@router.post(
    "/statement-notes/{note_id}/review",
    operation_id="review_statement_note",
    summary="Review a note",
    responses=problems.responses(
        *(errors.NoteReviewed, errors.NoteOutdated, errors.OwnNote, errors.NoteReasonMissing, OutOfSight)
    ),
)
async def review_statement_note(
    session: Writing, caller: Reviewer, note_id: UUID, body: StatementNoteReviewIn
) -> StatementNoteOut:
    """Approve the latest text under a heading, or send it back with the reason; not if you wrote it."""
    note = await notes.get(session, note_id, lock=True)
    caller.must(at=note.organization_id)
    await notes.review(session, note, approved=body.approved, reason=body.note, by=caller.label)
    return StatementNoteOut.of(note)


@router.get(
    "/organizations/{organization_id}/statement-notes/{year}",
    operation_id="read_statement_notes",
    summary="Read a year's headings",
    responses=problems.responses(OutOfSight),
)
async def read_statement_notes(
    session: Reading, caller: Reader, organization_id: UUID, year: Year
) -> StatementNotesOut:
    """Read which headings a year's notes have, what the accounts will say under each, and what is empty."""
    caller.must(at=organization_id)
    counting = await notes.counting(session, organization_id, year)
    latest = await notes.latest(session, organization_id, year)
    return StatementNotesOut.of(caller, (organization_id, year), counting, latest)
