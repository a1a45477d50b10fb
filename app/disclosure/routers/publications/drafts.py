"""Drafts of publications over HTTP, and what is done about something published."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response
from sqlalchemy import select

from app.disclosure.models import Publication, PublicationDraft
from app.disclosure.publications import (
    compilations,
    contents,
    differences,
    drafts,
    errors,
    people,
    publishing,
    registers,
)
from app.disclosure.schemas.publications.contents import PublicationDifferenceOut
from app.disclosure.schemas.publications.drafts import (
    PublicationCorrectionIn,
    PublicationDraftDetail,
    PublicationDraftIn,
    PublicationDraftOut,
    PublicationDraftQuery,
    PublicationReviewIn,
    PublicationWithdrawalIn,
)
from app.disclosure.schemas.publications.publications import PublicationDetail
from app.kit.database import Reading, ReadSession, Writing
from app.kit.errors import VersionNotStated, VersionStale
from app.kit.http import pages, problems, versions
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import CursorUnreadable, Page
from app.kit.http.versions import IfMatch
from app.organizations import organizations
from app.organizations.access import Asking, CallerKind, Permission
from app.organizations.signin import may

router = APIRouter(prefix="/publications", route_class=IdempotentRoute)

Reader = Annotated[Asking, may(Permission.publications_read)]
Changer = Annotated[Asking, may(Permission.publications_change)]
Reviewer = Annotated[Asking, may(Permission.publications_review)]
_ONE = "/drafts/{draft_id}"
_VERSIONED = (VersionNotStated, VersionStale)
_ORDERS = {"created_at": [PublicationDraft.created_at, PublicationDraft.id]}


@router.get(
    "/drafts",
    operation_id="list_publication_drafts",
    summary="List drafts",
    responses=problems.responses(CursorUnreadable),
)
async def list_publication_drafts(
    session: Reading, caller: Reader, asked: Annotated[PublicationDraftQuery, Query()]
) -> Page[PublicationDraftOut]:
    """List what your organizations prepare for publication, and prepared."""
    query = select(PublicationDraft).where(PublicationDraft.organization_id.in_(caller.visible()))
    for name in ("organization_id", "kind", "subject_id", "state"):
        if (wanted := getattr(asked, name)) is not None:
            query = query.where(getattr(PublicationDraft, name) == wanted)
    found = await pages.listed(session, query, _ORDERS, asked)
    items = [PublicationDraftOut.model_validate(one) for one in found.items]
    return found.told(items)


@router.post(
    "/drafts",
    operation_id="create_publication_draft",
    summary="Compile a draft",
    status_code=201,
    responses=problems.responses(errors.SubjectUnfit, errors.PeriodUnfit, errors.DraftThere),
)
async def create_publication_draft(
    session: Writing, caller: Changer, body: PublicationDraftIn, response: Response
) -> PublicationDraftDetail:
    """Compile what is to be published from the books, in the order of the national form."""
    caller.must(at=body.organization_id)
    organization = await organizations.get(session, body.organization_id)
    draft = await drafts.begin(session, organization, body.as_wish(), by=caller.label)
    return await _whole(session, caller, draft, response)


@router.get(_ONE, operation_id="read_publication_draft", summary="Read a draft")
async def read_publication_draft(
    session: Reading, caller: Reader, draft_id: UUID, response: Response
) -> PublicationDraftDetail:
    """Read a draft with what is missing; its `ETag` is what a review names."""
    draft = await drafts.get(session, draft_id)
    caller.must(at=draft.organization_id)
    return await _whole(session, caller, draft, response)


@router.post(
    f"{_ONE}/compilation",
    operation_id="refresh_publication_draft",
    summary="Compile it anew",
    responses=problems.responses(*_VERSIONED, errors.DraftOver),
)
async def refresh_publication_draft(
    session: Writing, caller: Changer, draft_id: UUID, response: Response, if_match: IfMatch = None
) -> PublicationDraftDetail:
    """Compile a draft anew from today's books; it is reviewed anew, too."""
    draft = await drafts.get(session, draft_id, lock=True)
    caller.must(at=draft.organization_id)
    versions.expect(if_match, draft.version)
    organization = await organizations.get(session, draft.organization_id)
    await drafts.refresh(session, draft, organization, by=caller.label)
    return await _whole(session, caller, draft, response)


@router.post(
    f"{_ONE}/review",
    operation_id="review_publication_draft",
    summary="Review a draft",
    responses=problems.responses(
        *_VERSIONED,
        errors.DraftOver,
        errors.DraftReviewed,
        errors.ReviewerCompiled,
        errors.ReviewerNotAPerson,
    ),
)
async def review_publication_draft(
    session: Writing,
    caller: Reviewer,
    draft_id: UUID,
    body: PublicationReviewIn,
    response: Response,
    if_match: IfMatch = None,
) -> PublicationDraftDetail:
    """Approve a draft as it was read, or send it back: never by whoever began or compiled it."""
    draft = await drafts.get(session, draft_id, lock=True)
    caller.must(at=draft.organization_id)
    if caller.caller.kind is not CallerKind.staff:
        raise errors.ReviewerNotAPerson
    versions.expect(if_match, draft.version)
    await drafts.review(session, draft, approved=body.approved, note=body.note, by=caller.label)
    return await _whole(session, caller, draft, response)


@router.post(
    f"{_ONE}/publication",
    operation_id="release_publication",
    summary="Publish a draft",
    status_code=201,
    responses=problems.responses(
        errors.DraftNotReviewed,
        errors.DraftOutdated,
        errors.DraftOver,
        errors.PublishedAlready,
        errors.PublicationCorrected,
        errors.NothingDiffers,
    ),
)
async def release_publication(session: Writing, caller: Changer, draft_id: UUID) -> PublicationDetail:
    """Publish a reviewed draft: from now on it is there as it is, for ever and for everybody."""
    draft = await drafts.get(session, draft_id, lock=True)
    caller.must(at=draft.organization_id)
    organization = await organizations.get(session, draft.organization_id)
    one = await publishing.publish(session, draft, organization, by=caller.label)
    [listed] = await registers.listed(session, [one])
    said = people.joined(contents.read(one.snapshot), await people.of(session, one.id))
    return PublicationDetail.whole(listed, said, await registers.place(session, one))


@router.post(
    f"{_ONE}/withdrawal",
    operation_id="withdraw_publication_draft",
    summary="Give a draft up",
    responses=problems.responses(errors.DraftOver),
)
async def withdraw_publication_draft(
    session: Writing, caller: Changer, draft_id: UUID, body: PublicationWithdrawalIn, response: Response
) -> PublicationDraftDetail:
    """Give up a draft that was not published; it stays to be read."""
    draft = await drafts.get(session, draft_id, lock=True)
    caller.must(at=draft.organization_id)
    await drafts.withdraw(session, draft, reason=body.reason)
    return await _whole(session, caller, draft, response)


@router.post(
    "/{publication_id}/correction",
    operation_id="correct_publication",
    summary="Correct a publication",
    status_code=201,
    responses=problems.responses(
        errors.PublicationNotFound, errors.PublicationCorrected, errors.DraftThere, errors.SubjectUnfit
    ),
)
async def correct_publication(
    session: Writing, caller: Changer, publication_id: UUID, body: PublicationCorrectionIn, response: Response
) -> PublicationDraftDetail:
    """Compile anew what was published, as a draft of its correction, with what differs and why."""
    wrong = await registers.get(session, publication_id)
    caller.must(at=wrong.organization_id)
    organization = await organizations.get(session, wrong.organization_id)
    draft = await drafts.correct(session, wrong, organization, reason=body.reason, by=caller.label)
    return await _whole(session, caller, draft, response)


@router.get(
    "/{publication_id}/difference",
    operation_id="read_publication_difference",
    summary="Compare with today's books",
    responses=problems.responses(errors.PublicationNotFound, errors.SubjectUnfit),
)
async def read_publication_difference(
    session: Reading, caller: Reader, publication_id: UUID
) -> PublicationDifferenceOut:
    """Compare a publication with what today's books say of the same period."""
    one = await registers.get(session, publication_id)
    caller.must(at=one.organization_id)
    organization = await organizations.get(session, one.organization_id)
    asked = await drafts.asked_again(session, one, organization)
    now = (await compilations.compiled(session, asked)).said()["sections"]
    changes = differences.between(contents.read(one.snapshot)["sections"], now)
    return PublicationDifferenceOut.of(one.id, asked.as_of, changes)


async def _whole(
    session: ReadSession, caller: Asking, draft: PublicationDraft, response: Response
) -> PublicationDraftDetail:
    """Return a draft in full, under the tag that a change of it names."""
    response.headers["ETag"] = versions.etag(draft.version)
    said = contents.read(draft.content)
    changes = []
    if draft.corrects_id is not None:
        wrong = await session.get_one(Publication, draft.corrects_id)
        changes = differences.between(contents.read(wrong.snapshot)["sections"], said["sections"])
    shown = people.joined(said, await people.shown(session, people.told(draft.people)))
    published = await registers.of_draft(session, draft)
    return PublicationDraftDetail.whole(draft, shown, changes, published, caller.caller)
