"""Requests for certificates over HTTP: volunteers ask, staff issue or refuse."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request

from app.kit.database import Reading, ReadSession, Writing
from app.kit.http import idempotency, pages, problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page, PageQuery, Slice
from app.organizations import organizations
from app.organizations.access import Asking, Permission
from app.organizations.errors import OutOfSight
from app.organizations.signin import may
from app.volunteers import volunteers
from app.volunteers.models import RequestedCertificate
from app.volunteers.recognition import errors as paper_errors
from app.volunteers.recognition import requests
from app.volunteers.registry import errors as personal
from app.volunteers.routers.signin import Myself, label
from app.volunteers.schemas.certificate_requests import (
    CertificateRequestIn,
    CertificateRequestOut,
    CertificateRequestQuery,
    RequestedCertificateIn,
    RequestRefusalIn,
)
from app.volunteers.schemas.certificates import CertificateOut

router = APIRouter(prefix="/v1/volunteers", tags=["certificate requests"], route_class=IdempotentRoute)

Reader = Annotated[Asking, may(Permission.volunteers_read)]
Changer = Annotated[Asking, may(Permission.volunteers_change)]


@router.post(
    "/me/certificate-requests",
    operation_id="request_my_certificate",
    summary="Ask for a certificate",
    status_code=201,
    responses=problems.responses(
        personal.NotAVolunteer, paper_errors.NothingToCertify, paper_errors.RequestOpen, OutOfSight
    ),
)
async def request_my_certificate(
    session: Writing, myself: Myself, body: CertificateRequestIn
) -> CertificateRequestOut:
    """Ask an organization, free of charge, for a certificate over the time that it has confirmed."""
    organization = await organizations.get(session, body.organization_id)
    volunteer = await volunteers.get(session, myself)
    within = (body.served_on_from, body.served_on_to)
    return CertificateRequestOut.of(await requests.ask(session, volunteer, organization.id, within))


@router.get(
    "/me/certificate-requests",
    operation_id="list_my_certificate_requests",
    summary="List my requests for certificates",
    responses=problems.responses(personal.NotAVolunteer),
)
async def list_my_certificate_requests(
    session: Reading, myself: Myself, asked: Annotated[PageQuery, Query()]
) -> Page[CertificateRequestOut]:
    """List what the volunteer asked for, until when it is answered, and how it was."""
    found = await pages.page(
        session, requests.of_volunteer(myself), [RequestedCertificate.id], asked, newest_first=True
    )
    return await _told(session, found)


@router.post(
    "/me/certificate-requests/{request_id}/withdrawal",
    operation_id="withdraw_my_certificate_request",
    summary="Withdraw my request",
    responses=problems.responses(personal.NotAVolunteer, paper_errors.RequestAnswered, OutOfSight),
)
async def withdraw_my_certificate_request(
    session: Writing, myself: Myself, request_id: UUID
) -> CertificateRequestOut:
    """Take a request back that nobody has answered yet."""
    request = await requests.get(session, request_id, lock=True)
    if request.volunteer_id != myself:
        raise OutOfSight
    await requests.withdraw(session, request, actor=label(myself))
    return CertificateRequestOut.of(request)


@router.get(
    "/certificate-requests",
    operation_id="list_certificate_requests",
    summary="List requests for certificates",
)
async def list_certificate_requests(
    session: Reading, caller: Reader, asked: Annotated[CertificateRequestQuery, Query()]
) -> Page[CertificateRequestOut]:
    """List the requests to the organizations that you can see, the oldest first."""
    query = requests.within(caller.visible())
    for name in ("organization_id", "volunteer_id", "state"):
        if (wanted := getattr(asked, name)) is not None:
            query = query.where(getattr(RequestedCertificate, name) == wanted)
    if asked.due_on_to is not None:
        query = query.where(RequestedCertificate.due_on <= asked.due_on_to)
    return await _told(session, await pages.page(session, query, [RequestedCertificate.id], asked))


async def _told(session: ReadSession, found: Slice[RequestedCertificate]) -> Page[CertificateRequestOut]:
    why = await requests.why(session, found.items)
    return found.told([CertificateRequestOut.of(one, why.get(one.id)) for one in found.items])


@router.post(
    "/certificate-requests/{request_id}/certificate",
    operation_id="create_requested_certificate",
    summary="Issue the certificate that was asked for",
    status_code=201,
    responses=problems.responses(
        paper_errors.RequestAnswered,
        personal.IdentityUnchecked,
        paper_errors.NothingToCertify,
        paper_errors.RecordsOfOthers,
        personal.VolunteerErased,
    ),
)
async def create_requested_certificate(
    session: Writing, caller: Changer, request_id: UUID, body: RequestedCertificateIn
) -> CertificateOut:
    """Certify what is confirmed by now of the time that was asked for; the request is answered with it."""
    request = await requests.get(session, request_id, lock=True)
    caller.must(at=request.organization_id)
    parties = (
        await organizations.get(session, request.organization_id),
        await volunteers.get(session, request.volunteer_id),
    )
    made = await requests.issue(session, parties, request, body.issuer(), actor=caller.label)
    return CertificateOut.of(made)


@router.post(
    "/certificate-requests/{request_id}/refusal",
    operation_id="decline_certificate_request",
    summary="Refuse a certificate",
    responses=problems.responses(paper_errors.RequestAnswered),
)
async def decline_certificate_request(
    session: Writing, caller: Changer, request_id: UUID, body: RequestRefusalIn, http: Request
) -> CertificateRequestOut:
    """Refuse a request and say why: wrong records are set right first, then it is asked again."""
    request = await requests.get(session, request_id, lock=True)
    caller.must(at=request.organization_id)
    await requests.refuse(session, request, reason=body.reason, actor=caller.label)
    idempotency.concerns(http, request.volunteer_id)
    return CertificateRequestOut.of(request, body.reason)
