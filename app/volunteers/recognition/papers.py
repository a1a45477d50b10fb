"""Papers: a certificate as PDF in Chinese, with the QR code by which anyone checks it."""

from collections.abc import Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from app.kit.clock import LEGAL_ZONE
from app.kit.typesetting import codes, papers
from app.volunteers.models import Certificate, CertificateState

TEMPLATE = Path(__file__).parent / "certificate.typ"
KINDS = {
    "resident_id": "居民身份证",
    "residence_permit": "港澳台居民居住证",
    "travel_permit": "来往内地（大陆）通行证",
    "passport": "护照",
}
_STATES = {CertificateState.revoked: "已撤销", CertificateState.replaced: "已更换"}


def hours(minutes: int) -> str:
    """Return minutes as hours with one decimal, never more than were given: 119 is 1.9."""
    return f"{minutes * 10 // 60 / 10:.1f}"


async def pdf(certificate: Certificate, said: Mapping[str, Any], address: str) -> bytes:
    """Set a certificate; one that was revoked or replaced says so across the page."""
    shown = dict(said) | {
        "document_kind": KINDS[said["document_kind"]],
        "hours": hours(said["minutes"]),
        "lines": [dict(line) | {"hours": hours(line["minutes"])} for line in said["lines"]],
        "state": _STATES.get(certificate.state, ""),
        "address": address,
        "code_picture": codes.svg(address),
        "issued_on": _day(said["issued_on"]),
        "served_from": _day(said["served_from"]),
        "served_to": _day(said["served_to"]),
    }
    made_at = datetime.combine(certificate.issued_on, time(), tzinfo=LEGAL_ZONE)
    return await papers.pdf(TEMPLATE, shown, made_at=made_at)


def _day(text: str) -> str:
    day = date.fromisoformat(text)
    return f"{day.year}年{day.month}月{day.day}日"
