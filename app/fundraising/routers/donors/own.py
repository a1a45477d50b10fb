"""A donor's own papers and wishes over HTTP, with a visitor's token."""

from typing import Annotated, Any, cast
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from app.fundraising.care import erasing, exports, requests
from app.fundraising.care import errors as care
from app.fundraising.models import DonationCertificate, DonorWish, GivingPlan, Receipt
from app.fundraising.own import gifts, papers
from app.fundraising.receipts import certificates, errors, words
from app.fundraising.receipts import papers as printed
from app.fundraising.routers.donors.requests import whole
from app.fundraising.schemas.donation_certificates import DonationCertificateOut
from app.fundraising.schemas.donors.own import OwnCertificateIn, OwnDataOut, OwnReceiptOut
from app.fundraising.schemas.donors.requests import (
    DocumentsWishIn,
    DonorRequestDetail,
    DonorRequestOut,
    ErasureOut,
)
from app.fundraising.schemas.ways.giving_plans import GivingPlanOut
from app.kit.attachments import files
from app.kit.attachments.errors import AttachmentGone, StoreAway
from app.kit.attachments.stores import Store
from app.kit.database import Reading, Streaming, Writing
from app.kit.http import idempotency, pages, problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page, PageQuery
from app.kit.vault import PersonErased
from app.organizations import organizations
from app.organizations.errors import OutOfSight
from app.organizations.signin import Visiting
from app.organizations.visitors.errors import NotAVisitor

router = APIRouter(
    prefix="/v1/fundraising/me",
    tags=["my donations"],
    route_class=IdempotentRoute,
    responses=problems.responses(NotAVisitor),
)

Asked = Annotated[PageQuery, Query()]
_BYTES: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/octet-stream": {}}, "description": "The file, of its own type."}
}
_PDF: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/pdf": {}}, "description": "The paper, in Chinese."}
}


@router.get("/plans", operation_id="list_my_plans", summary="List my monthly plans")
async def list_my_plans(session: Reading, visitor_id: Visiting, asked: Asked) -> Page[GivingPlanOut]:
    """List the monthly plans on which the person who asks gave, as they stand."""
    query = papers.plans(await gifts.donors(session, visitor_id))
    found = await pages.page(
        session, query, [GivingPlan.id], asked, newest_first=True, amount=GivingPlan.amount
    )
    return found.told([GivingPlanOut.of(plan) for plan in found.items])


@router.get("/receipts", operation_id="list_my_receipts", summary="List my receipts")
async def list_my_receipts(session: Reading, visitor_id: Visiting, asked: Asked) -> Page[OwnReceiptOut]:
    """List the receipts over gifts of the person who asks, whatever became of them."""
    query = papers.receipts(await gifts.donors(session, visitor_id))
    found = await pages.page(session, query, [Receipt.id], asked, newest_first=True, amount=Receipt.amount)
    payers = await words.read(session, found.items)
    items = [OwnReceiptOut.of(one, payers.get(one.id)) for one in found.items]
    return found.told(items)


@router.get(
    "/donation-certificates", operation_id="list_my_donation_certificates", summary="List my certificates"
)
async def list_my_donation_certificates(
    session: Reading, visitor_id: Visiting, asked: Asked
) -> Page[DonationCertificateOut]:
    """List the yearly certificates of the person who asks."""
    query = papers.certificates(await gifts.donors(session, visitor_id))
    found = await pages.page(
        session, query, [DonationCertificate.id], asked, newest_first=True, amount=DonationCertificate.amount
    )
    items = [DonationCertificateOut.of(one) for one in found.items]
    return found.told(items)


@router.post(
    "/donation-certificates",
    operation_id="create_my_donation_certificate",
    summary="Certify my donations of a year",
    status_code=201,
    responses=problems.responses(
        errors.NothingGivenThatYear, errors.GiftsTooMany, errors.ReceiptTitleMissing, OutOfSight
    ),
)
async def create_my_donation_certificate(
    session: Writing, visitor_id: Visiting, body: OwnCertificateIn
) -> DonationCertificateOut:
    """Certify what the person who asks gave an organization in a year; an earlier one is replaced."""
    gift = await gifts.get(session, await gifts.donors(session, visitor_id), body.donation_id)
    organization = await organizations.get(session, gift.organization_id)
    actor = f"visitor:{visitor_id}"
    made = await certificates.issue(session, organization, gift, body.year, title=None, actor=actor)
    return DonationCertificateOut.of(made)


@router.get(
    "/donation-certificates/{certificate_id}/paper",
    operation_id="export_my_donation_certificate",
    summary="Print my certificate",
    response_class=Response,
    responses=_PDF | problems.responses(errors.DonationCertificateForgotten, OutOfSight),
)
async def export_my_donation_certificate(
    session: Reading, visitor_id: Visiting, request: Request, certificate_id: UUID
) -> Response:
    """Return one's own certificate as PDF in Chinese, with the QR code by which anyone checks it."""
    donor_ids = await gifts.donors(session, visitor_id)
    checked = await certificates.read(session, await papers.certificate(session, donor_ids, certificate_id))
    checks = f"{request.app.state.settings.public_url}/v1/fundraising/donation-certificate-checks"
    said = checked.said
    pdf = await printed.pdf(checked, f"{checks}/{said['number']}/{said['code']}")
    return Response(pdf, media_type="application/pdf", headers={"Cache-Control": "no-store"})


@router.post(
    "/donations/{donation_id}/document-requests",
    operation_id="request_gift_documents",
    summary="Ask for documents on my donation",
    status_code=201,
    responses=problems.responses(care.DocumentsAskedFor, PersonErased, OutOfSight),
)
async def request_gift_documents(
    session: Writing, visitor_id: Visiting, request: Request, donation_id: UUID, body: DocumentsWishIn
) -> DonorRequestOut:
    """Ask to see or copy the documents on a gift (CL 42); it is to be answered in five working days."""
    gift = await gifts.get(session, await gifts.donors(session, visitor_id), donation_id)
    idempotency.concerns(request, gift.person_id)
    return DonorRequestOut.of(await requests.ask_documents(session, visitor_id, gift, body.wish))


@router.get("/requests", operation_id="list_my_requests", summary="List what I asked")
async def list_my_requests(session: Reading, visitor_id: Visiting, asked: Asked) -> Page[DonorRequestOut]:
    """List what the person who asks has asked of organizations, the latest first."""
    query = requests.own(visitor_id)
    found = await pages.page(session, query, [DonorWish.id], asked, newest_first=True)
    return found.told([DonorRequestOut.of(one) for one in found.items])


@router.get(
    "/requests/{request_id}",
    operation_id="read_my_request",
    summary="Read what I asked",
    responses=problems.responses(OutOfSight),
)
async def read_my_request(
    session: Reading, visitor_id: Visiting, response: Response, request_id: UUID
) -> DonorRequestDetail:
    """Read one's own request with its answer and the files that came with it."""
    request = await requests.get_own(session, visitor_id, request_id)
    response.headers["Cache-Control"] = "no-store"
    return await whole(session, request)


@router.get(
    "/requests/{request_id}/attachments/{attachment_id}",
    operation_id="read_my_document",
    summary="Download a document I asked for",
    response_class=Response,
    responses=_BYTES | problems.responses(OutOfSight, AttachmentGone, StoreAway),
)
async def read_my_document(
    database: Streaming, visitor_id: Visiting, request: Request, request_id: UUID, attachment_id: UUID
) -> Response:
    """Download a file with which one's own request was answered."""
    async with database.reading() as session:
        asked = await requests.get_own(session, visitor_id, request_id)
        attached = await requests.attached(session, asked)
        file = next((one for one, _ in attached if one.id == attachment_id), None)
    if file is None:
        raise AttachmentGone
    content = await files.read(database, cast("Store", request.app.state.store), file)
    headers = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}
    headers |= {"Content-Disposition": "attachment", "Content-Security-Policy": "default-src 'none'; sandbox"}
    return Response(content, media_type=file.media_type, headers=headers)


@router.post("/exports", operation_id="export_my_data", summary="Get a copy of my data")
async def export_my_data(
    session: Writing, visitor_id: Visiting, request: Request, response: Response
) -> OwnDataOut:
    """Return everything that is kept about the person who asks as a donor; each desk sees that they did."""
    found = await exports.export(session, visitor_id, actor=f"visitor:{visitor_id}")
    for donor_id in found["donor_ids"][:1]:
        idempotency.concerns(request, donor_id)
    response.headers["Cache-Control"] = "no-store"
    return OwnDataOut(**found)


@router.post(
    "/erasures",
    operation_id="erase_my_data",
    summary="Have my data erased",
    status_code=201,
    responses=problems.responses(care.NothingToErase, care.ErasureAskedFor),
)
async def erase_my_data(session: Writing, visitor_id: Visiting) -> ErasureOut:
    """Erase the person who asks: at once, or when the law no longer keeps their receipts; it can't be undone.

    Until then nothing about them is shown to anybody. The books stay: they name nobody.
    """
    made = await erasing.ask(session, visitor_id, actor=f"visitor:{visitor_id}")
    return ErasureOut(requests=[DonorRequestOut.of(one) for one in made])
