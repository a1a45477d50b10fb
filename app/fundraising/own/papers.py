"""Own papers: a donor's receipts, certificates and monthly plans."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, select, tuple_

from app.fundraising.models import Donation, DonationCertificate, GivingPlan, Receipt, ReceiptGift
from app.kit.database import ReadSession
from app.organizations.errors import OutOfSight


def receipts(donor_ids: Sequence[UUID]) -> Select[Receipt]:
    """Return the query for the receipts over gifts of these donors."""
    over = (
        select(ReceiptGift.receipt_id)
        .join(Donation, Donation.id == ReceiptGift.donation_id)
        .where(Donation.donor_id.in_(donor_ids))
    )
    return select(Receipt).where(Receipt.id.in_(over))


def plans(donor_ids: Sequence[UUID]) -> Select[GivingPlan]:
    """Return the query for the monthly plans on which these donors gave; a gift names its plan."""
    named = select(Donation.source_id, Donation.their_plan_id).where(
        Donation.donor_id.in_(donor_ids), Donation.their_plan_id.is_not(None)
    )
    return select(GivingPlan).where(tuple_(GivingPlan.platform_id, GivingPlan.their_id).in_(named))


def certificates(donor_ids: Sequence[UUID]) -> Select[DonationCertificate]:
    """Return the query for the yearly certificates of these donors."""
    return select(DonationCertificate).where(DonationCertificate.person_id.in_(donor_ids))


async def certificate(
    session: ReadSession, donor_ids: Sequence[UUID], certificate_id: UUID
) -> DonationCertificate:
    """Return one of their own certificates; anybody else's does not exist for them."""
    found = await session.scalar(certificates(donor_ids).where(DonationCertificate.id == certificate_id))
    if found is None:
        raise OutOfSight
    return found
