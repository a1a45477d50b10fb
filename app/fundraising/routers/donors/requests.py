"""What donors asked of an organization over HTTP, for the staff who answer."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from app.fundraising.care import errors, requests
from app.fundraising.models import DonorWish
from app.fundraising.schemas.donors.requests import (
    DonorAnswerIn,
    DonorRequestDetail,
    DonorRequestOut,
    DonorRequestQuery,
)
from app.kit.attachments.errors import AttachmentNotFree
from app.kit.database import Reading, ReadSession, Streaming, Writing
from app.kit.http import idempotency, pages, problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page
from app.kit.vault import PersonErased
from app.organizations import accesses
from app.organizations.access import Asking, Permission
from app.organizations.errors import OutOfSight
from app.organizations.models import AccessKind
from app.organizations.signin import may

router = APIRouter(prefix="/v1/fundraising/donor-requests", tags=["donors"], route_class=IdempotentRoute)

Reader = Annotated[Asking, may(Permission.donors_read)]
Carer = Annotated[Asking, may(Permission.donors_change)]


@router.get("", operation_id="list_donor_requests", summary="List what donors asked")
async def list_donor_requests(
    session: Reading, caller: Reader, asked: Annotated[DonorRequestQuery, Query()]
) -> Page[DonorRequestOut]:
    """List what donors asked of the organizations that you can see, who and when, the latest first."""
    query = requests.listing(caller.visible(asked.organization_id))
    for name in ("kind", "state"):
        if (wanted := getattr(asked, name)) is not None:
            query = query.where(getattr(DonorWish, name) == wanted)
    if asked.late is not None:
        query = query.where(requests.late() if asked.late else ~requests.late())
    found = await pages.page(session, query, [DonorWish.id], asked, newest_first=True)
    return found.told([DonorRequestOut.of(one) for one in found.items])


@router.get(
    "/{request_id}",
    operation_id="read_donor_request",
    summary="Read what a donor asked",
    responses=problems.responses(OutOfSight),
)
async def read_donor_request(
    database: Streaming, session: Reading, caller: Reader, response: Response, request_id: UUID
) -> DonorRequestDetail:
    """Read a request in the donor's own words; that you did so is logged."""
    request = await requests.get(session, request_id)
    caller.must(at=request.organization_id)
    at, kind = request.organization_id, AccessKind.donor
    await accesses.record(database, caller.label, at=at, kind=kind, subject=request.id)
    response.headers["Cache-Control"] = "no-store"
    return await whole(session, request)


@router.post(
    "/{request_id}/answer",
    operation_id="give_donor_answer",
    summary="Answer a donor's request",
    responses=problems.responses(errors.DonorRequestClosed, AttachmentNotFree, PersonErased, OutOfSight),
)
async def give_donor_answer(
    session: Writing, caller: Carer, request_id: UUID, body: DonorAnswerIn, http: Request
) -> DonorRequestDetail:
    """Answer a request of documents once, with uploaded files; the donor reads both after signing in."""
    request = await requests.get(session, request_id)
    caller.must(at=request.organization_id)
    if request.person_id is not None:
        idempotency.concerns(http, request.person_id)
    await requests.answer(session, request, body.answer, body.attachment_ids, actor=caller.label)
    return await whole(session, request)


async def whole(session: ReadSession, request: DonorWish) -> DonorRequestDetail:
    """Return a request with its words and files."""
    attached = await requests.attached(session, request)
    return DonorRequestDetail.whole(request, await requests.words(session, request), attached)
