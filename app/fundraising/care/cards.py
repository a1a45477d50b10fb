"""Cards: what an organization knows of each of its donors, merged ones told as one."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Select, cast, exists, func, select
from sqlalchemy.dialects.postgresql import distinct_on

from app.fundraising import givers
from app.fundraising.models import Donation, DonationState, Donor, DonorGroup
from app.kit.database import ReadSession
from app.organizations.errors import OutOfSight


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A donor and everything they gave an organization; gifts that were voided are none of it."""

    donor: Donor
    name: str | None
    also: Sequence[UUID]
    """The donors that were merged into this one."""
    gift_count: int
    amount: int
    refunded: int
    first_at: datetime | None
    last_at: datetime | None


def listing(organization_id: UUID) -> Select[Donor]:
    """Return the query for who gave to an organization; who was merged into another is told with them."""
    gave = exists().where(Donation.donor_id == Donor.id, Donation.organization_id == organization_id)
    merged = exists().where(DonorGroup.donor_id == Donor.id, DonorGroup.organization_id == organization_id)
    return select(Donor).where(gave, ~merged)


async def get(session: ReadSession, organization_id: UUID, donor_id: UUID) -> Donor:
    """Return a donor who gave to an organization; whoever gave only to others does not exist for it."""
    gave = exists().where(Donation.donor_id == Donor.id, Donation.organization_id == organization_id)
    found = await session.scalar(select(Donor).where(Donor.id == donor_id, gave))
    if found is None:
        raise OutOfSight
    return found


async def roots(session: ReadSession, organization_id: UUID, donor_ids: Collection[UUID]) -> set[UUID]:
    """Return as whom these donors count to an organization."""
    merged = select(DonorGroup.donor_id, DonorGroup.root_id).where(
        DonorGroup.organization_id == organization_id, DonorGroup.donor_id.in_(donor_ids)
    )
    root_of = {row.donor_id: row.root_id for row in await session.execute(merged)}
    return {root_of.get(donor_id, donor_id) for donor_id in donor_ids}


async def members(
    session: ReadSession, organization_id: UUID, root_ids: Collection[UUID]
) -> Mapping[UUID, list[UUID]]:
    """Return who was merged into each of these donors, to an organization."""
    merged = select(DonorGroup).where(
        DonorGroup.organization_id == organization_id, DonorGroup.root_id.in_(root_ids)
    )
    found: defaultdict[UUID, list[UUID]] = defaultdict(list)
    for one in await session.scalars(merged.order_by(DonorGroup.donor_id)):
        found[one.root_id].append(one.donor_id)
    return found


async def of(session: ReadSession, organization_id: UUID, donors: Sequence[Donor]) -> list[Card]:
    """Return the cards of some donors in their order, with a fixed number of statements."""
    also = await members(session, organization_id, [donor.id for donor in donors])
    everybody = {donor.id for donor in donors} | {one for more in also.values() for one in more}
    sums = await _sums(session, organization_id, everybody)
    names = await _names(session, organization_id, everybody)
    return [_card(donor, also.get(donor.id, []), sums, names) for donor in donors]


@dataclass(frozen=True, slots=True)
class _Sum:
    gift_count: int
    amount: int
    refunded: int
    first_at: datetime
    last_at: datetime


def _card(donor: Donor, also: Sequence[UUID], sums: Mapping[UUID, _Sum], names: Mapping[UUID, str]) -> Card:
    everybody = [donor.id, *also]
    parts = [sums[one] for one in everybody if one in sums]
    return Card(
        donor=donor,
        name=next((names[one] for one in everybody if one in names), None),
        also=also,
        gift_count=sum(part.gift_count for part in parts),
        amount=sum(part.amount for part in parts),
        refunded=sum(part.refunded for part in parts),
        first_at=min((part.first_at for part in parts), default=None),
        last_at=max((part.last_at for part in parts), default=None),
    )


async def _sums(
    session: ReadSession, organization_id: UUID, donor_ids: Collection[UUID]
) -> Mapping[UUID, _Sum]:
    rows = await session.execute(
        select(
            Donation.donor_id,
            func.count(),
            cast(func.sum(Donation.amount), BigInteger),
            cast(func.sum(Donation.refunded), BigInteger),
            func.min(Donation.donated_at),
            func.max(Donation.donated_at),
        )
        .where(
            Donation.donor_id.in_(donor_ids),
            Donation.organization_id == organization_id,
            Donation.state != DonationState.voided,
        )
        .group_by(Donation.donor_id)
    )
    found: dict[UUID, _Sum] = {}
    for donor_id, gift_count, amount, refunded, first_at, last_at in rows:
        if donor_id is not None:
            found[donor_id] = _Sum(gift_count, amount, refunded, first_at, last_at)
    return found


async def _names(
    session: ReadSession, organization_id: UUID, donor_ids: Collection[UUID]
) -> Mapping[UUID, str]:
    # What each was called when they last gave a name.
    latest = (
        select(Donation)
        .where(
            Donation.donor_id.in_(donor_ids),
            Donation.organization_id == organization_id,
            Donation.name_index.is_not(None),
        )
        .ext(distinct_on(Donation.donor_id))
        .order_by(Donation.donor_id, Donation.id.desc())
    )
    gifts = (await session.scalars(latest)).all()
    told = await givers.told(session, gifts)
    return {
        gift.donor_id: told[gift.id]["name"]
        for gift in gifts
        if gift.donor_id is not None and told[gift.id].get("name")
    }
