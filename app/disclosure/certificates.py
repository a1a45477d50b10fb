"""Certificates: a paper of ours as anybody checks it by its number and code, whatever it certifies."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.fundraising.receipts import certificates as yearly
from app.fundraising.receipts.certificates import Checked
from app.fundraising.receipts.errors import DonationCertificateNotFound
from app.kit.database import ReadSession
from app.volunteers.models import Certificate
from app.volunteers.recognition import certificates, contents
from app.volunteers.recognition.errors import CertificateForgotten, CertificateNotFound


@dataclass(frozen=True, slots=True)
class Served:
    """A certificate of service: what became of it, what it says, and the number of its successor."""

    certificate: Certificate
    said: Mapping[str, Any]
    newer: str | None


async def check(session: ReadSession, number: str, code: str) -> Served | Checked:
    """Return what the certificate with this number and code says: of service, or of a year's donations.

    Raises CertificateNotFound for either, and what each refuses when the person has been erased.
    """
    try:
        certificate = await certificates.check(session, number, code)
    except CertificateNotFound as unknown:
        try:
            return await yearly.check(session, number, code)
        except DonationCertificateNotFound:
            raise unknown from None
    said = await contents.read(session, certificate)
    if said is None:
        raise CertificateForgotten(number=certificate.number, state=certificate.state)
    newer = certificate.replaced_by_id and await certificates.get(session, certificate.replaced_by_id)
    return Served(certificate, said, newer.number if newer else None)
