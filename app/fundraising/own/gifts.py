"""Own gifts: what a visitor gave, found by the users of platforms that they proved to be."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, func, select

from app.fundraising.models import Campaign, Donation, DonationState, Donor
from app.kit.database import ReadSession
from app.organizations.errors import OutOfSight
from app.organizations.models import IdentityKind
from app.organizations.visitors import identities


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """Everything a person gave, in one line; what was voided is none of it."""

    gift_count: int
    amount: int
    refunded: int
    first_at: datetime | None
    last_at: datetime | None


async def donors(session: ReadSession, visitor_id: UUID) -> Sequence[UUID]:
    """Return the donors that a visitor is: one for each platform through which they gave."""
    indexes = await identities.of(session, visitor_id, IdentityKind.platform)
    return (
        await session.scalars(select(Donor.id).where(Donor.external_index.in_(indexes)).order_by(Donor.id))
    ).all()


def of(donor_ids: Sequence[UUID]) -> Select[Donation]:
    """Return the query for the gifts of these donors."""
    return select(Donation).where(Donation.donor_id.in_(donor_ids))


async def given(session: ReadSession, donor_ids: Sequence[UUID]) -> Given:
    """Return what these donors gave in all."""
    row = (
        await session.execute(
            select(
                func.count(),
                func.coalesce(func.sum(Donation.amount), 0),
                func.coalesce(func.sum(Donation.refunded), 0),
                func.min(Donation.donated_at),
                func.max(Donation.donated_at),
            ).where(Donation.donor_id.in_(donor_ids), Donation.state != DonationState.voided)
        )
    ).one()
    return Given(gift_count=row[0], amount=int(row[1]), refunded=int(row[2]), first_at=row[3], last_at=row[4])


async def get(session: ReadSession, donor_ids: Sequence[UUID], donation_id: UUID) -> Donation:
    """Return one of their own gifts; anybody else's does not exist for them."""
    donation = await session.scalar(of(donor_ids).where(Donation.id == donation_id))
    if donation is None:
        raise OutOfSight
    return donation


async def organizations(session: ReadSession, donor_ids: Sequence[UUID]) -> Sequence[UUID]:
    """Return the organizations that these donors gave to."""
    places = select(Donation.organization_id).where(Donation.donor_id.in_(donor_ids)).distinct()
    return (await session.scalars(places.order_by(Donation.organization_id))).all()


async def campaigns(session: ReadSession, gifts: Sequence[Donation]) -> dict[UUID, Campaign]:
    """Return the campaigns of some gifts by their ids; a gift in suspense has none."""
    wanted = {gift.campaign_id for gift in gifts if gift.campaign_id is not None}
    found = await session.scalars(select(Campaign).where(Campaign.id.in_(wanted)))
    return {one.id: one for one in found}
