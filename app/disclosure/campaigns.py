"""Campaigns: what the public reads of an appeal, from totals alone, however many gifts there are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, func, select, text

from app.accounting.models import Channel
from app.fundraising import figures
from app.fundraising.banking import platform_money
from app.fundraising.banking.platform_money import Standing
from app.fundraising.errors import CampaignNotFound
from app.fundraising.figures import Figures
from app.fundraising.models import Campaign, CampaignDay, CampaignKind, CampaignState, Designation
from app.kit import bulk
from app.kit.database import ReadSession
from app.kit.http import pages
from app.ledger.models import Fund
from app.organizations.models import Organization


@dataclass(frozen=True, slots=True)
class Account:
    """A campaign with its organization and its figures."""

    campaign: Campaign
    organization: Organization
    figures: Figures
    standing: Standing | None = None
    """How its balance divides into settled and unsettled; told of one campaign at a time."""

    @property
    def elsewhere(self) -> int:
        """What is left of `net` when `spent` and `balance` are taken off, so that the account adds up.

        The cost share and what went to other funds by decision; less refunds that wait to be covered.
        """
        return self.figures.net - self.figures.spent - self.figures.balance


@dataclass(frozen=True, slots=True)
class Total:
    """What all campaigns together received and gave back, in fen."""

    campaign_count: int
    gift_count: int
    raised: int
    refunded: int


def shown() -> Select[Campaign]:
    """Return the query for the campaigns that the public knows of: every one but drafts and targeted ones.

    What asks an invited circle never asks the public, nor here (Charity Law 29, 30).
    """
    members = select(Organization.id)
    return select(Campaign).where(
        Campaign.state != CampaignState.draft,
        Campaign.kind != CampaignKind.targeted,
        Campaign.organization_id.in_(members),
    )


def matching(
    *, organization: str | None = None, state: CampaignState | None = None, q: str | None = None
) -> Select[Campaign]:
    """Return the query for the public campaigns of this organization's code, state, and words."""
    query = shown()
    if organization:
        owner = select(Organization.id).where(Organization.code == organization)
        query = query.where(Campaign.organization_id.in_(owner))
    if state:
        query = query.where(Campaign.state == state)
    if q:
        query = query.where(pages.holding(q, Campaign.code, Campaign.title))
    return query


async def by_code(session: ReadSession, code: str) -> Campaign:
    """Return a public campaign by the code on its posters, or refuse."""
    campaign = await session.scalar(shown().where(Campaign.code == code))
    if campaign is None:
        raise CampaignNotFound(campaign=code)
    return campaign


async def accounts(session: ReadSession, campaigns: Sequence[Campaign]) -> list[Account]:
    """Return the accounts of these campaigns in their order, with five statements however many they are."""
    owners = await organizations(session, {campaign.organization_id for campaign in campaigns})
    told = await figures.of(session, [campaign.id for campaign in campaigns])
    return [Account(one, owners[one.organization_id], told[one.id]) for one in campaigns]


async def account(session: ReadSession, campaign: Campaign) -> Account:
    """Return one campaign's account, with what of its balance has come to the bank."""
    [told] = await accounts(session, [campaign])
    standing = await platform_money.of_campaign(
        session, campaign.organization_id, campaign.id, told.figures.balance
    )
    return replace(told, standing=standing)


async def organizations(session: ReadSession, ids: Iterable[UUID]) -> dict[UUID, Organization]:
    """Return members by their ids."""
    found = await session.scalars(select(Organization).where(Organization.id.in_(list(ids))))
    return {organization.id: organization for organization in found}


async def purposes(session: ReadSession, campaign: Campaign) -> list[tuple[Designation, Fund]]:
    """Return what a campaign's money is for, each with its fund; the default first."""
    rows = await session.execute(
        select(Designation, Fund)
        .join(Fund, Fund.id == Designation.fund_id)
        .where(Designation.campaign_id == campaign.id)
        .order_by(Designation.is_default.desc(), Designation.id)
    )
    return [(row[0], row[1]) for row in rows]


async def channels(session: ReadSession, ids: Iterable[UUID]) -> dict[UUID, Channel]:
    """Return channels by their ids."""
    found = await session.scalars(select(Channel).where(Channel.id.in_(list(ids))))
    return {channel.id: channel for channel in found}


# The newest movement of a fund is the last of its serial numbers in either direction: two look-ups a fund.
_LATEST = text(
    """
    select max(e.created_at) from unnest(cast(:funds as uuid[])) as f (id)
    cross join (values ('in'), ('out')) as d (direction)
    cross join lateral (
      select p.entry_id from postings p where p.fund_id = f.id and p.direction = d.direction
      order by p.first_serial desc limit 1
    ) l
    join entries e on e.id = l.entry_id
    """
)


async def latest(session: ReadSession, funds: Iterable[UUID]) -> datetime | None:
    """Return when the newest movement of these funds was recorded."""
    return await session.scalar(_LATEST, {"funds": bulk.array(funds)})


async def total(session: ReadSession) -> Total:
    """Return the sum of all public campaigns, from their days."""
    sums = [func.sum(column) for column in (CampaignDay.gift_count, CampaignDay.raised, CampaignDay.refunded)]
    public = shown().with_only_columns(Campaign.id)
    found = (await session.execute(select(*sums).where(CampaignDay.campaign_id.in_(public)))).one()
    count = await session.scalar(select(func.count()).select_from(public.subquery()))
    return Total(count or 0, *(int(amount or 0) for amount in found))


async def demo(session: ReadSession) -> bool:
    """Return whether any member of this federation is there for demonstration only."""
    return bool(await session.scalar(select(select(Organization.id).where(Organization.demo).exists())))
