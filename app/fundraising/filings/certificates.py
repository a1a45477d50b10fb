"""Certificates: who may fundraise in public, and what stops when a certificate is revoked."""

from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from app.fundraising import campaigns
from app.fundraising.filings import regimes
from app.fundraising.filings.errors import (
    CertificateKnown,
    CertificateMissing,
    CertificateTooSoon,
    FilingDateWrong,
    FundraisingCertificateRevoked,
)
from app.fundraising.models import Campaign, CampaignKind, CampaignState, FundraisingCertificate
from app.kit import constraints, outbox
from app.kit.calendars import terms
from app.kit.clock import today
from app.kit.database import ReadSession, WriteSession
from app.organizations.errors import OutOfSight


async def record(session: WriteSession, certificate: FundraisingCertificate) -> FundraisingCertificate:
    """Record an organization's certificate; refused within five years of a revocation (Charity Law 111)."""
    if certificate.issued_on > today():
        raise FilingDateWrong(day=certificate.issued_on)
    ours = FundraisingCertificate.organization_id == certificate.organization_id
    revoked_on = await session.scalar(select(func.max(FundraisingCertificate.revoked_on)).where(ours))
    regime = regimes.now_or_first(certificate.issued_on)
    if revoked_on and certificate.issued_on < terms.years_after(revoked_on, regime.reapply_after_years):
        raise CertificateTooSoon(revoked_on=revoked_on, article="慈善法 第一百一十一条")
    refusals = {
        "fundraising_certificates_live_idx": CertificateKnown(),
        "fundraising_certificates_organization_id_number_key": CertificateKnown(),
    }
    async with constraints.told(session, refusals):
        session.add(certificate)
    return certificate


async def get(session: WriteSession, certificate_id: UUID) -> FundraisingCertificate:
    """Return a certificate as it now is, or refuse; nobody else changes it until the transaction ends."""
    certificate = await session.get(
        FundraisingCertificate, certificate_id, with_for_update=True, populate_existing=True
    )
    if certificate is None:
        raise OutOfSight
    return certificate


async def valid(session: ReadSession, organization_id: UUID, on: date) -> FundraisingCertificate | None:
    """Return the certificate that an organization held on a day."""
    query = select(FundraisingCertificate).where(
        FundraisingCertificate.organization_id == organization_id,
        FundraisingCertificate.issued_on <= on,
        FundraisingCertificate.revoked_on.is_(None) | (FundraisingCertificate.revoked_on > on),
    )
    return await session.scalar(query.order_by(FundraisingCertificate.issued_on.desc()).limit(1))


async def must_hold(session: WriteSession, organization_id: UUID, on: date) -> FundraisingCertificate:
    """Refuse unless the organization held a certificate on a day, and holds it still (Charity Law 22)."""
    # Shared with others that open, apart from a revocation: it comes before this, or stops what opens here.
    query = (
        select(FundraisingCertificate)
        .where(
            FundraisingCertificate.organization_id == organization_id,
            FundraisingCertificate.issued_on <= on,
            FundraisingCertificate.revoked_on.is_(None),
        )
        .with_for_update(read=True)
    )
    certificate = await session.scalar(query)
    if certificate is None:
        raise CertificateMissing(day=on, article="慈善法 第二十二条")
    return certificate


async def revoke(
    session: WriteSession, certificate: FundraisingCertificate, *, on: date, reason: str, actor: str
) -> list[Campaign]:
    """End a certificate and stop every public campaign that is open; return these.

    Money that is there stays usable for what was filed (Charity Law 111, Measures 23): a closed campaign's
    funds are what they were.
    """
    if certificate.revoked_on is not None:
        raise FundraisingCertificateRevoked(revoked_on=certificate.revoked_on)
    if not certificate.issued_on <= on <= today():
        raise FilingDateWrong(day=on)
    certificate.revoked_on, certificate.revoked_reason, certificate.revoked_by = on, reason, actor
    await session.flush()
    stopped = await _stop_all(session, certificate.organization_id)
    await outbox.tell(
        session,
        "certificate.revoked",
        organization_id=certificate.organization_id,
        subject=f"certificate:{certificate.id}",
        payload={"revoked_on": on.isoformat(), "stopped": [str(campaign.id) for campaign in stopped]},
    )
    return stopped


async def _stop_all(session: WriteSession, organization_id: UUID) -> list[Campaign]:
    query = (
        select(Campaign)
        .where(
            Campaign.organization_id == organization_id,
            Campaign.state == CampaignState.open,
            Campaign.kind != CampaignKind.targeted,
        )
        .order_by(Campaign.id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    stopped = list(await session.scalars(query))
    for campaign in stopped:
        await campaigns.close(session, campaign)
    return stopped
