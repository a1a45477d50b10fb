"""Papers: a yearly certificate as PDF in Chinese, with the QR code by which anyone checks it."""

from datetime import date, datetime, time
from pathlib import Path

from app.fundraising.models import DonationCertificateState
from app.fundraising.receipts.certificates import Checked
from app.kit.clock import LEGAL_ZONE
from app.kit.typesetting import amounts, codes, papers

TEMPLATE = Path(__file__).parent / "certificate.typ"


async def pdf(checked: Checked, address: str) -> bytes:
    """Set a certificate; one that a later one replaced says so across the page."""
    certificate, said = checked.certificate, checked.said
    replaced = certificate.state is DonationCertificateState.replaced
    shown = dict(said) | {
        "capitals": amounts.capitals(certificate.amount),
        "gift_count": certificate.gift_count,
        "state": "已更换" if replaced else "",
        "address": address,
        "code_picture": codes.svg(address),
        "issued_on": _day(said["issued_on"]),
    }
    made_at = datetime.combine(certificate.issued_on, time(), tzinfo=LEGAL_ZONE)
    return await papers.pdf(TEMPLATE, shown, made_at=made_at)


def _day(text: str) -> str:
    day = date.fromisoformat(text)
    return f"{day.year}年{day.month}月{day.day}日"
