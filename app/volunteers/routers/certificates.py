"""Certificates and star levels over HTTP."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from app.kit.database import Reading, ReadSession, Writing
from app.kit.errors import TooMany
from app.kit.http import idempotency, pages, problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page, PageQuery, Slice
from app.kit.http.rates import RateLimit
from app.organizations import organizations
from app.organizations.access import Asking, Permission
from app.organizations.errors import OutOfSight
from app.organizations.signin import may, public
from app.volunteers import volunteers
from app.volunteers.models import Certificate
from app.volunteers.recognition import certificates, contents, papers
from app.volunteers.recognition import errors as paper_errors
from app.volunteers.registry import errors as personal
from app.volunteers.routers.signin import Myself
from app.volunteers.schemas.certificates import (
    CertificateCheckIn,
    CertificateCheckOut,
    CertificateIn,
    CertificateOut,
    CertificateQuery,
    ReplacementIn,
    RevocationIn,
)

router = APIRouter(prefix="/v1/volunteers", tags=["certificates"], route_class=IdempotentRoute)

Reader = Annotated[Asking, may(Permission.volunteers_read)]
Changer = Annotated[Asking, may(Permission.volunteers_change)]
CHECKS = RateLimit("certificate checks", count=60, seconds=60)
_ISSUING = (
    *(
        personal.IdentityUnchecked,
        paper_errors.NothingToCertify,
        paper_errors.RecordsOfOthers,
        personal.VolunteerErased,
    ),
)
PDF: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/pdf": {}}, "description": "The paper, in Chinese."}
}


@router.post(
    "/certificates",
    operation_id="create_certificate",
    summary="Issue a certificate",
    status_code=201,
    responses=problems.responses(*_ISSUING),
)
async def create_certificate(session: Writing, caller: Changer, body: CertificateIn) -> CertificateOut:
    """Certify, free of charge, the confirmed time of a volunteer that is in no certificate yet."""
    caller.must(at=body.organization_id)
    organization = await organizations.get(session, body.organization_id)
    volunteer = await volunteers.seen(session, body.volunteer_id, caller.visible())
    within = (body.served_on_from, body.served_on_to)
    found = await certificates.certifiable(session, organization.id, volunteer.id, within)
    made = await certificates.issue(
        session, (organization, volunteer), found, body.issuer(), actor=caller.label
    )
    return CertificateOut.of(made)


@router.get("/certificates", operation_id="list_certificates", summary="List certificates")
async def list_certificates(
    session: Reading, caller: Reader, asked: Annotated[CertificateQuery, Query()]
) -> Page[CertificateOut]:
    """List the certificates of the organizations that you can see."""
    visible = caller.visible()
    if asked.organization_id:
        visible &= {asked.organization_id}
    query = certificates.within(visible)
    for name in ("volunteer_id", "state", "year"):
        if (wanted := getattr(asked, name)) is not None:
            query = query.where(getattr(Certificate, name) == wanted)
    return await _told(session, await pages.page(session, query, [Certificate.id], asked, newest_first=True))


async def _told(session: ReadSession, found: Slice[Certificate]) -> Page[CertificateOut]:
    why = await contents.why(session, found.items)
    return found.told([CertificateOut.of(one, why.get(one.id)) for one in found.items])


@router.get("/certificates/{certificate_id}", operation_id="read_certificate", summary="Read a certificate")
async def read_certificate(session: Reading, caller: Reader, certificate_id: UUID) -> CertificateOut:
    """Read what became of a certificate."""
    certificate = await certificates.get(session, certificate_id)
    caller.must(at=certificate.organization_id)
    return CertificateOut.of(certificate, (await contents.why(session, [certificate])).get(certificate.id))


@router.get(
    "/certificates/{certificate_id}/paper",
    operation_id="export_certificate",
    summary="Print a certificate",
    response_class=Response,
    responses=PDF | problems.responses(paper_errors.CertificateForgotten),
)
async def export_certificate(
    session: Reading, caller: Reader, certificate_id: UUID, request: Request
) -> Response:
    """Return a certificate as PDF in Chinese, with the QR code by which anyone checks it."""
    certificate = await certificates.get(session, certificate_id)
    caller.must(at=certificate.organization_id)
    return await _paper(session, certificate, request)


@router.post(
    "/certificates/{certificate_id}/revocation",
    operation_id="revoke_certificate",
    summary="Revoke a certificate",
    responses=problems.responses(paper_errors.CertificateRevoked),
)
async def revoke_certificate(
    session: Writing, caller: Changer, certificate_id: UUID, body: RevocationIn, request: Request
) -> CertificateOut:
    """Revoke a certificate, for everybody who checks it to see; its records can be set right then."""
    certificate = await certificates.get(session, certificate_id, lock=True)
    caller.must(at=certificate.organization_id)
    organization = await organizations.get(session, certificate.organization_id)
    await certificates.revoke(session, organization, certificate, reason=body.reason, actor=caller.label)
    idempotency.concerns(request, certificate.volunteer_id)
    return CertificateOut.of(certificate, body.reason)


@router.post(
    "/certificates/{certificate_id}/replacement",
    operation_id="move_certificate",
    summary="Replace a certificate",
    status_code=201,
    responses=problems.responses(paper_errors.CertificateRevoked, *_ISSUING),
)
async def move_certificate(
    session: Writing, caller: Changer, certificate_id: UUID, body: ReplacementIn
) -> CertificateOut:
    """Issue a new certificate over the same records as the person now is; the old one names it."""
    certificate = await certificates.get(session, certificate_id, lock=True)
    caller.must(at=certificate.organization_id)
    organization = await organizations.get(session, certificate.organization_id)
    volunteer = await volunteers.get(session, certificate.volunteer_id)
    made = await certificates.replace(
        session, (organization, volunteer), certificate, body.issuer(), told=(body.reason, caller.label)
    )
    return CertificateOut.of(made)


@router.post(
    "/certificate-checks",
    operation_id="find_certificate",
    summary="Check a certificate",
    responses=problems.responses(
        paper_errors.CertificateNotFound, paper_errors.CertificateForgotten, TooMany
    ),
    dependencies=[public, Depends(CHECKS)],
)
async def find_certificate(
    session: Reading, body: CertificateCheckIn, response: Response
) -> CertificateCheckOut:
    """Check a certificate by its number and the code on the paper: what it says, and whether it holds."""
    return await _check(session, body.number, body.code, response)


@router.get(
    "/certificate-checks/{number}/{code}",
    operation_id="read_certificate_check",
    summary="Check a certificate by its QR code",
    responses=problems.responses(
        paper_errors.CertificateNotFound, paper_errors.CertificateForgotten, TooMany
    ),
    dependencies=[public, Depends(CHECKS)],
)
async def read_certificate_check(
    session: Reading,
    number: Annotated[str, Path(max_length=100)],
    code: Annotated[str, Path(max_length=40)],
    response: Response,
) -> CertificateCheckOut:
    """The same at an address of its own; papers printed earlier have it in their QR code."""
    return await _check(session, number, code, response)


async def _check(session: ReadSession, number: str, code: str, response: Response) -> CertificateCheckOut:
    response.headers["Cache-Control"] = "no-store"
    certificate = await certificates.check(session, number, code)
    said = await contents.read(session, certificate)
    if said is None:
        raise paper_errors.CertificateForgotten(number=certificate.number, state=certificate.state)
    newer = certificate.replaced_by_id and await certificates.get(session, certificate.replaced_by_id)
    return CertificateCheckOut.of(certificate, said, newer.number if newer else None)


async def _paper(session: ReadSession, certificate: Certificate, request: Request) -> Response:
    said = await contents.read(session, certificate)
    if said is None:
        raise paper_errors.CertificateForgotten(number=certificate.number, state=certificate.state)
    # The code on the paper is for people: it leads to a page, which says what the check above says.
    settings = request.app.state.settings
    address = f"{settings.public_url}/certificates/{certificate.number}/{said['code']}"
    pdf = await papers.pdf(certificate, said, address)
    headers = {"Cache-Control": "no-store", "Content-Disposition": f'inline; filename="{certificate.id}.pdf"'}
    return Response(pdf, media_type="application/pdf", headers=headers)


@router.get(
    "/me/certificates",
    operation_id="list_my_certificates",
    summary="List my certificates",
    responses=problems.responses(personal.NotAVolunteer),
)
async def list_my_certificates(
    session: Reading, myself: Myself, asked: Annotated[PageQuery, Query()]
) -> Page[CertificateOut]:
    """List the certificates of the volunteer who asks, those that were revoked too."""
    mine = await pages.page(session, certificates.of_volunteer(myself), [Certificate.id], asked)
    return await _told(session, mine)


@router.get(
    "/me/certificates/{certificate_id}/paper",
    operation_id="export_my_certificate",
    summary="Print my certificate",
    response_class=Response,
    responses=PDF | problems.responses(personal.NotAVolunteer, paper_errors.CertificateForgotten, OutOfSight),
)
async def export_my_certificate(
    session: Reading, myself: Myself, certificate_id: UUID, request: Request
) -> Response:
    """Return a certificate of the volunteer who asks as PDF."""
    certificate = await certificates.get(session, certificate_id)
    if certificate.volunteer_id != myself:
        raise OutOfSight
    return await _paper(session, certificate, request)
