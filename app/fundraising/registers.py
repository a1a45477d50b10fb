"""Registers: what staff look through of campaigns, gifts, refunds and disputes, where they may see it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select, union

from app.accounting.models import Channel
from app.fundraising.models import (
    Campaign,
    CampaignState,
    Dispute,
    DisputeState,
    Donation,
    DonationState,
    Refund,
    RefundState,
)
from app.kit.clock import LEGAL_ZONE, today
from app.kit.database import ReadSession
from app.kit.http import pages
from app.kit.ids import read_code
from app.organizations.errors import OutOfSight

# Ids sort by the moment at which a row was made.
DONATION_ORDERS: pages.Orders = {
    "created_at": [Donation.id],
    "donated_at": [Donation.donated_at, Donation.id],
    "amount": [Donation.amount, Donation.id],
}
CAMPAIGN_ORDERS: pages.Orders = {
    "code": [Campaign.code],
    "starts_on": [Campaign.starts_on, Campaign.id],
    "created_at": [Campaign.id],
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What staff ask of the register of donations; what is None does not matter."""

    organization_id: UUID | None = None
    campaign_id: UUID | None = None
    channel_id: UUID | None = None
    donor_id: UUID | None = None
    state: DonationState | None = None
    donated_on_from: date | None = None
    donated_on_to: date | None = None
    amount_from: int | None = None
    amount_to: int | None = None
    their_id: str | None = None
    lookup_code: str | None = None


def donations(visible: Collection[UUID], search: Search) -> Select[Donation]:
    """Return the query for the donations that a search finds among the organizations that are visible."""
    query = select(Donation).where(Donation.organization_id.in_(visible), *_equals(search))
    if search.donated_on_from is not None:
        query = query.where(Donation.donated_at >= _midnight(search.donated_on_from))
    if search.donated_on_to is not None:
        query = query.where(Donation.donated_at < _midnight(search.donated_on_to) + timedelta(days=1))
    if search.amount_from is not None:
        query = query.where(Donation.amount >= search.amount_from)
    if search.amount_to is not None:
        query = query.where(Donation.amount <= search.amount_to)
    if search.their_id is not None:
        # With the sources named the number is found by its unique index; alone it would read every donation.
        of_sources = Donation.source_id.in_(_sources(visible))
        query = query.where(Donation.their_id == search.their_id, of_sources)
    if search.lookup_code is not None:
        query = query.where(Donation.lookup_code == read_code(search.lookup_code))
    return query


def _equals(search: Search) -> list[ColumnElement[bool]]:
    names = ("organization_id", "campaign_id", "channel_id", "donor_id", "state")
    asked = {name: getattr(search, name) for name in names}
    return [getattr(Donation, name) == value for name, value in asked.items() if value is not None]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), LEGAL_ZONE)


def _sources(visible: Collection[UUID]) -> Select[UUID]:
    """Return the query for the sources that tell organizations of gifts: their platforms and channels."""
    here = Channel.organization_id.in_(visible)
    own, platforms = select(Channel.id).where(here), select(Channel.platform_id).where(here)
    both = union(own, platforms.where(Channel.platform_id.is_not(None))).subquery()
    return select(both.c.id)


def campaigns(
    visible: Collection[UUID],
    *,
    state: CampaignState | None,
    q: str | None,
    starts_within: tuple[date | None, date | None],
) -> Select[Campaign]:
    """Return the query for the campaigns among the organizations that are visible."""
    query = select(Campaign).where(Campaign.organization_id.in_(visible))
    first, last = starts_within
    if state is not None:
        query = query.where(Campaign.state == state)
    if first is not None:
        query = query.where(Campaign.starts_on >= first)
    if last is not None:
        query = query.where(Campaign.starts_on <= last)
    if q:
        query = query.where(pages.holding(q, Campaign.code, Campaign.title))
    return query


def waiting(visible: Collection[UUID], *, age_from: int | None, age_to: int | None) -> Select[Donation]:
    """Return the query for the gifts in suspense, by how many days ago they were given."""
    search = Search(
        state=DonationState.suspense,
        donated_on_to=None if age_from is None else today() - timedelta(days=age_from),
        donated_on_from=None if age_to is None else today() - timedelta(days=age_to),
    )
    return donations(visible, search)


async def find(session: ReadSession, donation_id: UUID) -> Donation:
    """Return a donation, or refuse."""
    donation = await session.get(Donation, donation_id)
    if donation is None:
        raise OutOfSight
    return donation


def refunds(visible: Collection[UUID], *, state: RefundState | None) -> Select[Refund]:
    """Return the query for refunds told by the visible organizations' sources, also those without a gift."""
    query = select(Refund).where(Refund.source_id.in_(_sources(visible)))
    return query if state is None else query.where(Refund.state == state)


def disputes(visible: Collection[UUID], *, state: DisputeState | None) -> Select[Dispute]:
    """Return the query for disputes told by sources of the visible organizations."""
    query = select(Dispute).where(Dispute.source_id.in_(_sources(visible)))
    return query if state is None else query.where(Dispute.state == state)
