"""The page on which anybody checks a certificate."""

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from fastapi.responses import RedirectResponse

from app.disclosure import campaigns, certificates
from app.disclosure.certificates import Served
from app.fundraising.receipts.errors import DonationCertificateForgotten
from app.fundraising.routers.donation_certificates import CHECKS as OF_DONATIONS
from app.fundraising.schemas.donation_certificates import DonationCertificateCheckOut
from app.kit.database import Reading
from app.kit.http import problems
from app.site import languages, sheets
from app.volunteers.recognition.errors import CertificateForgotten, CertificateNotFound
from app.volunteers.routers.certificates import CHECKS as OF_HOURS
from app.volunteers.schemas.certificates import CertificateCheckOut

router = APIRouter(route_class=sheets.PageRoute)

Number = Annotated[str, Query(max_length=100)]
Code = Annotated[str, Query(max_length=40)]


@router.api_route("/certificates", methods=sheets.LOOKING)
async def ask(request: Request, session: Reading, number: Number = "", code: Code = "") -> Response:
    """Show the form; what was typed into it leads on to the certificate."""
    if not (number.strip() and code.strip()):
        facts = {"typed": {"number": number, "code": code}, "alert": None}
        return sheets.page(request, "certificates.html", facts, demo=await campaigns.demo(session))
    path = f"/certificates/{quote(number.strip(), safe='')}/{quote(code.strip(), safe='')}"
    return RedirectResponse(path, 303, sheets.PRIVATE)


# Who guesses is slowed down together with who guesses at the API's doors.
@router.api_route(
    "/certificates/{number}/{code}",
    methods=sheets.LOOKING,
    dependencies=[Depends(OF_HOURS), Depends(OF_DONATIONS)],
)
async def check(
    request: Request,
    session: Reading,
    number: Annotated[str, Path(max_length=100)],
    code: Annotated[str, Path(max_length=40)],
) -> Response:
    """Show what a certificate says and whether it holds; its QR code leads here."""
    try:
        found = await certificates.check(session, number, code)
    except (CertificateNotFound, CertificateForgotten, DonationCertificateForgotten) as refusal:
        words = problems.describe(type(refusal), languages.of(request))
        facts = {"typed": {"number": number, "code": code}, "alert": words}
        status = problems.status_of(type(refusal))
        demo = await campaigns.demo(session)
        response = sheets.page(request, "certificates.html", facts, demo=demo, status=status)
    else:
        response = sheets.page(request, "certificate.html", _told(found), demo=await campaigns.demo(session))
    response.headers.update(sheets.PRIVATE | {"Cache-Control": "no-store"})
    return response


def _told(found: Served | certificates.Checked) -> dict[str, object]:
    if isinstance(found, Served):
        return {"served": CertificateCheckOut.of(found.certificate, dict(found.said), found.newer)}
    return {"served": None, "given": DonationCertificateCheckOut.of(found)}
