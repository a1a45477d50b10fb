"""Yearly certificates of donations over HTTP: issued, printed, checked by anybody."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from app.fundraising import registers
from app.fundraising.models import DonationCertificate
from app.fundraising.receipts import certificates, errors, papers
from app.fundraising.schemas.donation_certificates import (
    DonationCertificateCheckIn,
    DonationCertificateCheckOut,
    DonationCertificateIn,
    DonationCertificateOut,
    DonationCertificateQuery,
)
from app.kit.database import Reading, ReadSession, Writing
from app.kit.http import pages, problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page
from app.kit.http.rates import RateLimit, TooMany
from app.organizations import organizations
from app.organizations.access import Asking, Permission
from app.organizations.errors import OutOfSight
from app.organizations.signin import may, public

router = APIRouter(prefix="/v1/fundraising", tags=["donation receipts"], route_class=IdempotentRoute)

Reader = Annotated[Asking, may(Permission.gifts_read)]
Issuer = Annotated[Asking, may(Permission.receipts_issue)]
CHECKS = RateLimit("donation certificate checks", count=60, seconds=60)
PDF: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/pdf": {}}, "description": "The paper, in Chinese."}
}
_ORDERS: pages.Orders = {
    "created_at": [DonationCertificate.id],
    "amount": [DonationCertificate.amount, DonationCertificate.id],
}


@router.post(
    "/donation-certificates",
    operation_id="create_donation_certificate",
    summary="Certify a year's donations",
    status_code=201,
    responses=problems.responses(
        errors.NothingGivenThatYear, errors.GiftsTooMany, errors.ReceiptTitleMissing, OutOfSight
    ),
)
async def create_donation_certificate(
    session: Writing, caller: Issuer, body: DonationCertificateIn
) -> DonationCertificateOut:
    """Certify what a giver gave in a year, less what went back; an earlier one over it is replaced."""
    gift = await registers.find(session, body.donation_id)
    caller.must(at=gift.organization_id)
    organization = await organizations.get(session, gift.organization_id)
    made = await certificates.issue(
        session, organization, gift, body.year, title=body.title, actor=caller.label
    )
    return DonationCertificateOut.of(made)


@router.get(
    "/donation-certificates",
    operation_id="list_donation_certificates",
    summary="List certificates of donations",
)
async def list_donation_certificates(
    session: Reading, caller: Reader, asked: Annotated[DonationCertificateQuery, Query()]
) -> Page[DonationCertificateOut]:
    """List the certificates of the organizations that you can see, the latest first."""
    visible = caller.visible()
    if asked.organization_id:
        visible &= {asked.organization_id}
    query = certificates.within(visible)
    for name in ("year", "state"):
        if (wanted := getattr(asked, name)) is not None:
            query = query.where(getattr(DonationCertificate, name) == wanted)
    found = await pages.listed(session, query, _ORDERS, asked, amount=DonationCertificate.amount)
    items = [DonationCertificateOut.of(one) for one in found.items]
    return found.told(items)


@router.get(
    "/donation-certificates/{certificate_id}/paper",
    operation_id="export_donation_certificate",
    summary="Print a certificate of donations",
    response_class=Response,
    responses=PDF | problems.responses(errors.DonationCertificateForgotten, OutOfSight),
)
async def export_donation_certificate(
    session: Reading, caller: Issuer, certificate_id: UUID, request: Request
) -> Response:
    """Return a certificate as PDF in Chinese, with the QR code by which anyone checks it."""
    certificate = await certificates.get(session, certificate_id)
    caller.must(at=certificate.organization_id)
    checked = await certificates.read(session, certificate)
    checks = f"{request.app.state.settings.public_url}/certificates"
    pdf = await papers.pdf(checked, f"{checks}/{certificate.number}/{checked.said['code']}")
    headers = {"Cache-Control": "no-store", "Content-Disposition": f'inline; filename="{certificate.id}.pdf"'}
    return Response(pdf, media_type="application/pdf", headers=headers)


_CHECKING: dict[str, Any] = {
    "responses": problems.responses(
        errors.DonationCertificateNotFound, errors.DonationCertificateForgotten, TooMany
    ),
    "dependencies": [public, Depends(CHECKS)],
}


@router.post(
    "/donation-certificate-checks",
    operation_id="find_donation_certificate",
    summary="Check a certificate of donations",
    **_CHECKING,
)
async def find_donation_certificate(
    session: Reading, body: DonationCertificateCheckIn, response: Response
) -> DonationCertificateCheckOut:
    """Check a certificate by its number and the code on the paper: what it says, and whether it holds."""
    return await _check(session, body.number, body.code, response)


@router.get(
    "/donation-certificate-checks/{number}/{code}",
    operation_id="read_donation_certificate_check",
    summary="Check a certificate of donations by its QR code",
    **_CHECKING,
)
async def read_donation_certificate_check(
    session: Reading,
    number: Annotated[str, Path(max_length=100)],
    code: Annotated[str, Path(max_length=40)],
    response: Response,
) -> DonationCertificateCheckOut:
    """The same by the address in the paper's QR code."""
    return await _check(session, number, code, response)


async def _check(
    session: ReadSession, number: str, code: str, response: Response
) -> DonationCertificateCheckOut:
    response.headers["Cache-Control"] = "no-store"
    return DonationCertificateCheckOut.of(await certificates.check(session, number, code))
