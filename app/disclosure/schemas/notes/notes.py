"""Notes to the statements as JSON."""

import enum
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.disclosure.models import NoteHeading, StatementNote
from app.disclosure.notes.headings import ARTICLE, HEADINGS, Heading
from app.disclosure.rules.law import Mark
from app.kit.fields import Body, Flag, Words, shown
from app.kit.http.pages import PageQuery
from app.organizations.access import Asking, Permission

Year = Annotated[int, Field(strict=True, ge=1900, le=2999)]
_MEMBER = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0002"
_TEXT = {"year": 2025, "heading": "contingencies", "text": "截至2025年12月31日，本会无需披露的或有事项。"}
_NOTE = _TEXT | {
    "id": "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0951",
    "organization_id": _MEMBER,
    "version": 1,
    "state": "approved",
    "drafted_by": "staff:019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0003",
    "reviewed_by": "staff:019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0004",
    "reviewed_at": "2026-02-20T02:00:00Z",
    "review_note": None,
    "created_at": "2026-02-18T02:00:00Z",
}
_HEADING = {
    "heading": "contingencies",
    "title": "Contingencies",
    "title_zh": "或有事项",
    "mark": "B",
    "state": "approved",
    "text": _TEXT["text"],
    "latest_id": _NOTE["id"],
    "allowed_actions": ["draft"],
}


class NoteState(enum.StrEnum):
    """Where a text stands; a heading may have none."""

    empty = "empty"
    drafted = "drafted"
    returned = "returned"
    approved = "approved"


def state_of(note: StatementNote | None) -> NoteState:
    """Return where a text stands."""
    if note is None:
        return NoteState.empty
    if note.approved is None:
        return NoteState.drafted
    return NoteState.approved if note.approved else NoteState.returned


class StatementNoteIn(Body):
    """What is written under a heading of a year's notes; 无 where there is nothing to tell."""

    model_config = ConfigDict(json_schema_extra=shown({"organization_id": _MEMBER, **_TEXT}))

    organization_id: UUID
    year: Year
    heading: NoteHeading
    text: Annotated[Words, Field(pattern=r"\S", description="Everybody reads it: no names.")]

    def as_note(self, by: str) -> StatementNote:
        """Return the same as a row."""
        return StatementNote(drafted_by=by, **dict(self))


class StatementNoteReviewIn(Body):
    """Whether somebody else approves a text as it is, and if not, why."""

    model_config = ConfigDict(json_schema_extra=shown({"approved": False, "note": "请补充未决诉讼"}))

    approved: Flag
    note: Words | None = None


class StatementNoteQuery(PageQuery):
    """Which texts to list."""

    organization_id: UUID | None = None
    year: Annotated[int, Field(ge=1900, le=2999)] | None = None
    heading: NoteHeading | None = None


class StatementNoteOut(BaseModel):
    """One version of a text, who wrote it, and who found what of it."""

    model_config = ConfigDict(json_schema_extra=shown(_NOTE))

    id: UUID
    organization_id: UUID
    year: int
    heading: NoteHeading
    version: int
    state: NoteState
    text: str
    drafted_by: str
    reviewed_by: str | None
    reviewed_at: datetime | None
    review_note: str | None
    created_at: datetime

    @classmethod
    def of(cls, note: StatementNote) -> Self:
        """Return a text as JSON shows it."""
        told: dict[str, Any] = {name: getattr(note, name) for name in cls.model_fields if name != "state"}
        return cls(state=state_of(note), **told)


class NoteHeadingOut(BaseModel):
    """A heading of a year's notes, what counts under it, and where its latest text stands."""

    model_config = ConfigDict(json_schema_extra=shown(_HEADING))

    heading: NoteHeading
    title: str
    title_zh: str
    mark: Mark = Field(description="A1: the text was read; B: remembered or our reading.")
    state: NoteState = Field(description="Of the latest text; `empty`: nothing has been written.")
    text: str | None = Field(description="The latest text that was approved; the accounts say this one.")
    latest_id: UUID | None
    allowed_actions: list[str]


class StatementNotesOut(BaseModel):
    """The notes of a year as far as people write them; it is a closed list, and no page of one."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            {
                "organization_id": _MEMBER,
                "year": 2025,
                "article": ARTICLE,
                "headings": [_HEADING],
                "empty_count": 0,
            }
        )
    )

    organization_id: UUID
    year: int
    article: str
    headings: list[NoteHeadingOut] = Field(description="In the order in which the notes say them.")
    empty_count: int = Field(description="Headings under which nothing approved stands.")

    @classmethod
    def of(
        cls,
        caller: Asking,
        about: tuple[UUID, int],
        counting: Mapping[NoteHeading, StatementNote],
        latest: Mapping[NoteHeading, StatementNote],
    ) -> Self:
        """Return a year's headings, with what the caller may do about each."""
        told = [
            _heading(caller, one, about[0], counting.get(one.code), latest.get(one.code)) for one in HEADINGS
        ]
        empty = sum(one.text is None for one in told)
        return cls(organization_id=about[0], year=about[1], article=ARTICLE, headings=told, empty_count=empty)


def _heading(
    caller: Asking,
    heading: Heading,
    organization_id: UUID,
    counts: StatementNote | None,
    last: StatementNote | None,
) -> NoteHeadingOut:
    actions = {"draft": Permission.notes_record}
    if last is not None and last.reviewed_by is None and last.drafted_by != caller.label:
        actions["review"] = Permission.publications_review
    return NoteHeadingOut(
        heading=heading.code,
        title=heading.title,
        title_zh=heading.title_zh,
        mark=heading.mark,
        state=state_of(last),
        text=counts and counts.text,
        latest_id=last and last.id,
        allowed_actions=caller.caller.allowed(actions, at=organization_id),
    )
