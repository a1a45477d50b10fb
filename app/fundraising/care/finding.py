"""Finding: donors by a name or a telephone that staff know, through keyed indexes and never in clear."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, select

from app.fundraising import donors
from app.fundraising.care import cards
from app.fundraising.models import Donation, Donor
from app.kit import vault
from app.kit.database import ReadSession
from app.organizations.models import IdentityKind, VisitorIdentity
from app.organizations.visitors import phones

FOUND_MAX = 200


@dataclass(frozen=True, slots=True)
class Found:
    """Donors, and gifts of people whom no platform knows: at the counter everybody is new each time."""

    donors: Sequence[Donor]
    donation_ids: Sequence[UUID]


async def by_name(session: ReadSession, organization_id: UUID, name: str) -> Found:
    """Return who gave to an organization under exactly this name; width and case make no difference."""
    index = donors.name_index(vault.of(session), name)
    named = Donation.name_index == index, Donation.organization_id == organization_id
    known = select(Donation.donor_id).where(*named, Donation.donor_id.is_not(None)).distinct()
    strangers = select(Donation.id).where(*named, Donation.donor_id.is_(None))
    gifts = await session.scalars(strangers.order_by(Donation.id.desc()).limit(FOUND_MAX))
    return Found(await _donors(session, organization_id, known), gifts.all())


async def by_phone(session: ReadSession, organization_id: UUID, phone: str) -> Found:
    """Return the donors of an organization who proved this telephone to be theirs when they signed in."""
    index = phones.index(session, phones.telephone(phone))
    visitor = select(VisitorIdentity.visitor_id).where(
        VisitorIdentity.kind == IdentityKind.phone, VisitorIdentity.index == index
    )
    theirs = select(VisitorIdentity.index).where(
        VisitorIdentity.kind == IdentityKind.platform, VisitorIdentity.visitor_id.in_(visitor)
    )
    known = (
        select(Donation.donor_id)
        .join(Donor, Donor.id == Donation.donor_id)
        .where(Donor.external_index.in_(theirs), Donation.organization_id == organization_id)
        .distinct()
    )
    return Found(await _donors(session, organization_id, known), [])


async def _donors(session: ReadSession, organization_id: UUID, known: Select[UUID | None]) -> Sequence[Donor]:
    ids = [one for one in await session.scalars(known.limit(FOUND_MAX)) if one is not None]
    counted = await cards.roots(session, organization_id, ids)
    return (await session.scalars(select(Donor).where(Donor.id.in_(counted)).order_by(Donor.id))).all()
