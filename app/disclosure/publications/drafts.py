"""Drafts: what is to be published, compiled from the books and approved by another than compiled it."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import func, select

from app.disclosure.models import Publication, PublicationDraft, PublicationDraftState, PublicationKind
from app.disclosure.publications import compilations, contents, due, people
from app.disclosure.publications.asked import Asked
from app.disclosure.publications.errors import (
    DraftOver,
    DraftReviewed,
    DraftThere,
    PeriodUnfit,
    PublicationCorrected,
    ReviewerCompiled,
    SubjectUnfit,
)
from app.disclosure.publications.forms import FORMS, Form, Span
from app.disclosure.publications.subjects import FIND, Subject, ThingKind
from app.kit import constraints
from app.kit.clock import now, today
from app.kit.database import ReadSession, WriteSession
from app.organizations.errors import OutOfSight
from app.organizations.models import Organization

OPEN = frozenset({PublicationDraftState.draft, PublicationDraftState.reviewed})


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody wants to publish; what is left out follows from the kind."""

    kind: PublicationKind
    subject_id: UUID | None = None
    year: int | None = None
    period_from: date | None = None
    period_to: date | None = None


async def begin(
    session: WriteSession, organization: Organization, wish: Wish, *, by: str
) -> PublicationDraft:
    """Compile a first draft. Raises SubjectUnfit, PeriodUnfit; DraftThere where one is being worked on."""
    form = FORMS[wish.kind]
    subject = await _subject(session, organization, form, wish)
    if subject.void:
        raise SubjectUnfit(subject=str(subject.id))
    first, last = await _period(session, form, subject, wish)
    asked = Asked(
        organization=organization, kind=wish.kind, subject=subject, first=first, last=last, as_of=today()
    )
    return await _add(session, asked, by=by)


async def correct(
    session: WriteSession, wrong: Publication, organization: Organization, *, reason: str, by: str
) -> PublicationDraft:
    """Compile anew what was published, as a draft of its correction; the publication itself stays as it is.

    Raises PublicationCorrected where another has corrected it: of two drafts at once one is DraftThere.
    """
    if later := await session.scalar(select(Publication.id).where(Publication.corrects_id == wrong.id)):
        raise PublicationCorrected(publication=str(later))
    return await _add(
        session, await asked_again(session, wrong, organization), by=by, corrects=(wrong.id, reason)
    )


async def asked_again(
    session: ReadSession, one: Publication | PublicationDraft, organization: Organization
) -> Asked:
    """Return the question that a publication or a draft answers, to be answered by today's books."""
    subject = await FIND[FORMS[one.kind].thing](session, one.subject_id)
    return Asked(
        organization=organization,
        kind=one.kind,
        subject=subject,
        first=one.period_from,
        last=one.period_to,
        as_of=today(),
    )


async def refresh(
    session: WriteSession, draft: PublicationDraft, organization: Organization, *, by: str
) -> None:
    """Compile a locked draft anew; whoever had approved it, approved something else."""
    _must_be_open(draft)
    asked = await asked_again(session, draft, organization)
    content = await compilations.compiled(session, asked)
    said = content.said()
    draft.content, draft.people = contents.written(said), people.kept(content.people())
    draft.missing_count = sum(1 for _ in contents.missing(said["sections"]))
    draft.title, draft.as_of = asked.subject.title, asked.as_of
    draft.state, draft.compiled_by, draft.compiled_at = PublicationDraftState.draft, by, now()
    draft.reviewed_by = draft.reviewed_at = draft.review_note = None
    draft.version += 1
    await session.flush()


async def review(
    session: WriteSession, draft: PublicationDraft, *, approved: bool, note: str | None, by: str
) -> None:
    """Approve a locked draft, or send it back with a note. The database refuses whoever prepared it, too."""
    _must_be_open(draft)
    if draft.state is PublicationDraftState.reviewed and approved:
        raise DraftReviewed
    if by in (draft.drafted_by, draft.compiled_by):
        raise ReviewerCompiled
    draft.state = PublicationDraftState.reviewed if approved else PublicationDraftState.draft
    draft.reviewed_by, draft.reviewed_at = (by, now()) if approved else (None, None)
    draft.review_note = note
    draft.version += 1
    await session.flush()


async def withdraw(session: WriteSession, draft: PublicationDraft, *, reason: str) -> None:
    """Give a locked draft up; it stays to be read."""
    _must_be_open(draft)
    draft.state, draft.withdrawn_reason = PublicationDraftState.withdrawn, reason
    draft.version += 1
    await session.flush()


async def get(session: ReadSession, draft_id: UUID, *, lock: bool = False) -> PublicationDraft:
    """Return a draft, locked if somebody is to decide about it, or refuse."""
    found = await session.get(
        PublicationDraft, draft_id, with_for_update=lock or None, populate_existing=lock
    )
    if found is None:
        raise OutOfSight
    return found


def _must_be_open(draft: PublicationDraft) -> None:
    if draft.state not in OPEN:
        raise DraftOver(state=draft.state)


async def _add(
    session: WriteSession,
    asked: Asked,
    *,
    by: str,
    corrects: tuple[UUID, str] | None = None,
) -> PublicationDraft:
    content = await compilations.compiled(session, asked)
    said = content.said()
    corrects_id, reason = corrects or (None, None)
    draft = PublicationDraft(
        organization_id=asked.organization.id,
        kind=asked.kind,
        subject_id=asked.subject.id,
        subject_code=asked.subject.code,
        title=asked.subject.title,
        period_from=asked.first,
        period_to=asked.last,
        as_of=asked.as_of,
        content=contents.written(said),
        people=people.kept(content.people()),
        missing_count=sum(1 for _ in contents.missing(said["sections"])),
        drafted_by=by,
        compiled_by=by,
        compiled_at=now(),
        corrects_id=corrects_id,
        reason=reason,
    )
    if corrects is None:
        # The first is named with the draft; the others are found again when it is published.
        draft.obligation_id = next((one.id for one in await due.answered(session, draft)), None)
    async with constraints.told(session, {"publication_drafts_open_idx": DraftThere()}):
        session.add(draft)
    return draft


async def _subject(session: ReadSession, organization: Organization, form: Form, wish: Wish) -> Subject:
    if wish.subject_id is None and form.thing is not ThingKind.organization:
        raise SubjectUnfit(needed=form.thing)
    subject = await FIND[form.thing](session, wish.subject_id or organization.id)
    if subject.organization_id != organization.id:
        raise OutOfSight
    return subject


async def _period(session: ReadSession, form: Form, subject: Subject, wish: Wish) -> tuple[date, date]:
    if (wish.year is not None) != (form.span is Span.year) or (
        form.span in (Span.year, Span.whole) and (wish.period_from or wish.period_to)
    ):
        raise PeriodUnfit(span=form.span)
    first, last = await _days(session, form.span, subject, wish)
    # Nothing is told of what has not happened yet, nor of what was before the thing.
    if first > last or last > today() or (form.span is not Span.year and first < subject.starts_on):
        raise PeriodUnfit(first=first, last=last)
    return first, last


async def _days(session: ReadSession, span: Span, subject: Subject, wish: Wish) -> tuple[date, date]:
    if span is Span.year:
        year = wish.year or 0
        # Of a running year what there is until today; no obligation is prepared by it.
        return date(year, 1, 1), min(date(year, 12, 31), today())
    if span is Span.whole:
        if subject.ends_on is None:
            raise PeriodUnfit(span=span)
        return subject.starts_on, subject.ends_on
    first = wish.period_from or subject.starts_on
    if span is Span.since_last and wish.period_from is None:
        told = select(func.max(Publication.period_to)).where(
            Publication.subject_id == subject.id, Publication.kind == wish.kind
        )
        last_told = await session.scalar(told)
        first = first if last_told is None else last_told + timedelta(days=1)
    return first, wish.period_to or today()
