"""Complaints over HTTP: sent and followed by anybody, looked into by staff whom they are not about."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from app.disclosure.complaints import complaints, errors, recusals, subjects
from app.disclosure.models import Complaint
from app.disclosure.schemas.complaints.complaints import (
    ComplaintDetail,
    ComplaintIn,
    ComplaintOut,
    ComplaintProgressOut,
    ComplaintQuery,
    ComplaintReceiptOut,
    RecordedComplaintIn,
)
from app.disclosure.schemas.complaints.steps import (
    ComplaintAnswerIn,
    ComplaintAssignmentIn,
    ComplaintClosingIn,
    ComplaintRecusalIn,
)
from app.kit.clock import today
from app.kit.database import Reading, ReadSession, Streaming, WriteSession, Writing
from app.kit.errors import TooMany
from app.kit.http import idempotency, pages, problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page
from app.kit.http.rates import RateLimit
from app.organizations import accesses, organizations
from app.organizations.access import Asking, Permission
from app.organizations.errors import OutOfSight
from app.organizations.models import AccessKind
from app.organizations.signin import may, public

router = APIRouter(prefix="/complaints", route_class=IdempotentRoute)

COMPLAINTS = RateLimit("complaints", count=10, seconds=60)
Reader = Annotated[Asking, may(Permission.complaints_read)]
Answerer = Annotated[Asking, may(Permission.complaints_answer)]
LookupCode = Annotated[str, Path(max_length=64, description="20 characters; case and dashes do not matter.")]
_ORDERS = {"created_at": [Complaint.id]}


@router.post(
    "",
    operation_id="submit_complaint",
    summary="Send a complaint",
    status_code=201,
    dependencies=[public, Depends(COMPLAINTS)],
    responses=problems.responses(errors.ComplaintSubjectUnknown, OutOfSight, TooMany),
)
async def submit_complaint(
    session: Writing, request: Request, response: Response, body: ComplaintIn
) -> ComplaintReceiptOut:
    """Say what you find wrong with an organization or what it does, without your name if you like."""
    member = await organizations.by_code(session, body.organization)
    code = await subjects.check(session, member.id, body.subject_kind, body.subject_code)
    said = body.as_complaint(member.id, code)
    complaint, lookup_code = await complaints.receive(session, said, actor="public")
    idempotency.concerns(request, complaint.person_id)
    response.headers["Cache-Control"] = "no-store"
    return ComplaintReceiptOut.of(complaint, lookup_code)


@router.get(
    "/{lookup_code}/progress",
    operation_id="read_complaint_progress",
    summary="Follow a complaint",
    dependencies=[public],
    responses=problems.responses(errors.ComplaintNotFound),
)
async def read_complaint_progress(
    session: Reading, lookup_code: LookupCode, response: Response
) -> ComplaintProgressOut:
    """Read where your complaint stands, and what it was answered."""
    complaint = await complaints.by_code(session, lookup_code)
    response.headers["Cache-Control"] = "no-store"
    return ComplaintProgressOut.of(complaint, await complaints.words(session, complaint))


@router.post(
    "/records",
    operation_id="record_complaint",
    summary="Write a complaint down",
    status_code=201,
    responses=problems.responses(errors.ComplaintSubjectUnknown),
)
async def record_complaint(
    session: Writing, caller: Answerer, request: Request, response: Response, body: RecordedComplaintIn
) -> ComplaintReceiptOut:
    """Write down what came by letter, by telephone, in person or from an authority."""
    caller.must(at=body.organization_id)
    code = await subjects.check(session, body.organization_id, body.subject_kind, body.subject_code)
    said = body.as_complaint(body.organization_id, code)
    complaint, lookup_code = await complaints.receive(session, said, actor=caller.label)
    idempotency.concerns(request, complaint.person_id)
    response.headers["Cache-Control"] = "no-store"
    return ComplaintReceiptOut.of(complaint, lookup_code)


@router.get("", operation_id="list_complaints", summary="List complaints")
async def list_complaints(
    session: Reading, caller: Reader, asked: Annotated[ComplaintQuery, Query()]
) -> Page[ComplaintOut]:
    """List the complaints that your organizations look into; none that is about you."""
    query = complaints.listing(caller.visible(), caller.id)
    for name in ("organization_id", "state", "subject_kind", "assigned_to"):
        if (wanted := getattr(asked, name)) is not None:
            query = query.where(getattr(Complaint, name) == wanted)
    query = complaints.within(query, asked.received_on_from, asked.received_on_to, late=asked.late)
    found = await pages.listed(session, query, _ORDERS, asked)
    items = [ComplaintOut.of(one, today()) for one in found.items]
    return found.told(items)


@router.get(
    "/{complaint_id}",
    operation_id="read_complaint",
    summary="Read a complaint",
    responses=problems.responses(OutOfSight),
)
async def read_complaint(
    database: Streaming, session: Reading, caller: Reader, response: Response, complaint_id: UUID
) -> ComplaintDetail:
    """Read what somebody complained of; that you did so is logged. Whom it is about finds nothing here."""
    complaint = await complaints.get(session, complaint_id, caller_id=caller.id)
    caller.must(at=complaint.handled_by)
    at, kind = complaint.handled_by, AccessKind.complaint
    await accesses.record(database, caller.label, at=at, kind=kind, subject=complaint.id)
    response.headers["Cache-Control"] = "no-store"
    return await whole(session, caller, complaint)


@router.post(
    "/{complaint_id}/assignment",
    operation_id="give_complaint",
    summary="Give a complaint to somebody",
    responses=problems.responses(errors.ComplaintClosed, errors.AssigneeUnfit, OutOfSight),
)
async def give_complaint(
    session: Writing, caller: Answerer, complaint_id: UUID, body: ComplaintAssignmentIn
) -> ComplaintOut:
    """Give a complaint to a person who may look into it, and whom it is not about."""
    complaint = await _locked(session, caller, complaint_id)
    await complaints.assign(session, complaint, body.staff_id, actor=caller.label)
    return ComplaintOut.of(complaint, today())


@router.post(
    "/{complaint_id}/recusals",
    operation_id="add_complaint_recusal",
    summary="Hide a complaint from somebody",
    status_code=201,
    responses=problems.responses(errors.ComplaintClosed, OutOfSight),
)
async def add_complaint_recusal(
    session: Writing, caller: Answerer, complaint_id: UUID, body: ComplaintRecusalIn
) -> ComplaintOut:
    """Note that a complaint is about a person: they see it no more; it passes up if nobody else is left."""
    complaint = await _locked(session, caller, complaint_id)
    await recusals.must_exist(session, body.staff_id)
    await complaints.recuse(session, complaint, body.staff_id, actor=caller.label)
    return ComplaintOut.of(complaint, today())


@router.post(
    "/{complaint_id}/answer",
    operation_id="give_complaint_answer",
    summary="Answer a complaint",
    responses=problems.responses(errors.ComplaintClosed, errors.ComplaintForgotten, OutOfSight),
)
async def give_complaint_answer(
    session: Writing, caller: Answerer, request: Request, complaint_id: UUID, body: ComplaintAnswerIn
) -> ComplaintOut:
    """Answer a complaint; whoever holds its code reads the answer."""
    complaint = await _locked(session, caller, complaint_id)
    idempotency.concerns(request, complaint.person_id)
    await complaints.answer(session, complaint, body.text, actor=caller.label)
    return ComplaintOut.of(complaint, today())


@router.post(
    "/{complaint_id}/closing",
    operation_id="close_complaint",
    summary="Close a complaint",
    responses=problems.responses(
        errors.ComplaintClosed, errors.ComplaintNotAnswered, errors.ComplaintForgotten, OutOfSight
    ),
)
async def close_complaint(
    session: Writing, caller: Answerer, complaint_id: UUID, body: ComplaintClosingIn
) -> ComplaintOut:
    """Close a complaint with what came of it."""
    complaint = await _locked(session, caller, complaint_id)
    await complaints.close(session, complaint, body.outcome, body.text, actor=caller.label)
    return ComplaintOut.of(complaint, today())


async def whole(session: ReadSession, caller: Asking, complaint: Complaint) -> ComplaintDetail:
    """Return everything that staff read of a complaint."""
    words = await complaints.words(session, complaint)
    done = (await complaints.steps(session, complaint), await recusals.count(session, complaint))
    return ComplaintDetail.whole(complaint, today(), words, done, caller.caller)


async def _locked(session: WriteSession, caller: Asking, complaint_id: UUID) -> Complaint:
    complaint = await complaints.get(session, complaint_id, caller_id=caller.id, lock=True)
    caller.must(at=complaint.handled_by)
    return complaint
