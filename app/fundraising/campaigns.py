"""Campaigns: appeals for money, from draft to closed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import array

from app.fundraising.errors import (
    CampaignClosed,
    CampaignCodeTaken,
    CampaignDatesReversed,
    CampaignNotDraft,
    CampaignNotFound,
    CampaignNotHistorical,
    CampaignNotOpen,
    CampaignPlanSubmitted,
    DesignationCodeTaken,
    EmergencyNotFound,
    FundCodeTaken,
)
from app.fundraising.models import (
    Campaign,
    CampaignKind,
    CampaignState,
    Designation,
    FundraisingPlan,
    PlanChange,
    PlanState,
)
from app.kit import constraints, outbox
from app.kit.clock import legal_day, now
from app.kit.database import ReadSession, WriteSession
from app.kit.errors import Refusal
from app.ledger import accounts, funds
from app.ledger.accounts import Leaf
from app.ledger.models import Fund
from app.organizations.errors import OutOfSight


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDesignation:
    """A use of a campaign's money. `fund_code` is immutable: it stands in published leaves."""

    code: str
    title: str
    fund_code: str
    restricted: bool = True
    cost_share_basis_points: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCampaign:
    """What is told of a campaign when it is drafted; the first designation is the default."""

    organization_id: UUID
    chart: str
    code: str
    title: str
    purpose: str
    starts_on: date
    designations: Sequence[NewDesignation]
    ends_on: date | None = None
    target_minor: int | None = None
    filing_no: str | None = None
    kind: CampaignKind = CampaignKind.public
    emergency_id: UUID | None = None


async def create(session: WriteSession, new: NewCampaign) -> Campaign:
    """Draft a campaign with its designations; each gets a fund of its own and the accounts to book to."""
    campaign = Campaign(
        organization_id=new.organization_id,
        code=new.code,
        title=new.title,
        purpose=new.purpose,
        starts_on=new.starts_on,
        ends_on=new.ends_on,
        target_minor=new.target_minor,
        filing_no=new.filing_no,
        kind=new.kind,
        emergency_id=new.emergency_id,
    )
    async with constraints.told(session, _refusals()):
        session.add(campaign)
        await session.flush()
        # Where a fund shares in the costs, that part of its gifts goes to the general fund.
        general = await funds.general(session, new.organization_id)
        await accounts.open_one(session, _income(new.organization_id, new.chart, general.id))
        for place, designation in enumerate(new.designations):
            await _designate(session, campaign, new.chart, designation, is_default=place == 0)
    return campaign


async def change(session: WriteSession, campaign: Campaign, **changes: Any) -> None:  # noqa: ANN401
    """Change what is said about a draft; its code and its organization stay as they are.

    What the authority has before it is changed there first (`filings.changes`), not here.
    """
    if campaign.state is not CampaignState.draft:
        raise CampaignNotDraft(campaign=campaign.id, state=campaign.state)
    plan = select(FundraisingPlan.state).where(FundraisingPlan.campaign_id == campaign.id)
    if await session.scalar(plan) in {PlanState.submitted, PlanState.filed}:
        raise CampaignPlanSubmitted(campaign=campaign.id)
    async with constraints.told(session, _refusals()):
        for name, value in changes.items():
            setattr(campaign, name, value)
        campaign.version += 1


async def designate(
    session: WriteSession, campaign: Campaign, new: NewDesignation, *, chart: str
) -> Designation:
    """Give a campaign that has not ended one more use of its money, with a fund of its own."""
    if campaign.state is CampaignState.closed:
        raise CampaignClosed(campaign=campaign.id)
    if new.cost_share_basis_points and not await _costs_may_change(session, campaign):
        raise CampaignPlanSubmitted(campaign=campaign.id)
    async with constraints.told(session, _refusals()):
        designation = await _designate(session, campaign, chart, new, is_default=False)
        campaign.version += 1
    return designation


async def _costs_may_change(session: WriteSession, campaign: Campaign) -> bool:
    """Tell whether the authority has no plan yet, or was told of other costs by a change since."""
    query = select(FundraisingPlan).filter_by(campaign_id=campaign.id).with_for_update()
    plan = await session.scalar(query.execution_options(populate_existing=True))
    if plan is None or plan.state not in {PlanState.submitted, PlanState.filed}:
        return True
    told = PlanChange.changes.has_any(array(["management_cost_note", "fundraising_cost", "staff_cost_note"]))
    of_costs = select(PlanChange.id).where(PlanChange.plan_id == plan.id, PlanChange.filed_on.is_not(None))
    return await session.scalar(of_costs.where(told).limit(1)) is not None


def _refusals() -> dict[str, Refusal]:
    # Which of two equal codes came first is for the unique constraints to say.
    taken = CampaignCodeTaken()
    return {
        "campaigns_code_key": taken,
        "campaigns_filing_no_key": taken,
        "campaigns_dates_check": CampaignDatesReversed(),
        "campaigns_historical_check": CampaignNotHistorical(),
        "campaigns_emergency_id_fkey": EmergencyNotFound(),
        "funds_organization_id_code_key": FundCodeTaken(),
        "designations_campaign_id_code_key": DesignationCodeTaken(),
    }


async def _designate(
    session: WriteSession, campaign: Campaign, chart: str, new: NewDesignation, *, is_default: bool
) -> Designation:
    fund = await funds.open_fund(
        session,
        Fund(
            organization_id=campaign.organization_id,
            code=new.fund_code,
            title=new.title,
            restricted=new.restricted,
            cost_share_basis_points=new.cost_share_basis_points,
        ),
    )
    leaf = _income(campaign.organization_id, chart, fund.id)
    designation = Designation(
        campaign_id=campaign.id,
        code=new.code,
        title=new.title,
        fund_id=fund.id,
        income_account_id=await accounts.open_one(session, leaf),
        is_default=is_default,
    )
    session.add(designation)
    await session.flush()
    return designation


def _income(organization_id: UUID, chart: str, fund_id: UUID) -> Leaf:
    return Leaf(organization_id=organization_id, chart=chart, code="4101", fund_id=fund_id)


async def get(session: ReadSession, campaign_id: UUID, *, lock: bool = False) -> Campaign:
    """Return a campaign, or refuse; with `lock` nobody else changes it until the transaction ends."""
    # Not FOR UPDATE: gifts that point to the campaign may arrive meanwhile.
    for_update = {"key_share": True} if lock else None
    campaign = await session.get(Campaign, campaign_id, with_for_update=for_update, populate_existing=lock)
    if campaign is None:
        raise OutOfSight
    return campaign


async def by_code(session: ReadSession, code: str) -> Campaign:
    """Return a campaign by the code on its posters, or refuse."""
    campaign = await session.scalar(select(Campaign).where(Campaign.code == code))
    if campaign is None:
        raise CampaignNotFound(campaign=code)
    return campaign


async def known(session: ReadSession, code: str, organization_id: UUID) -> Campaign | None:
    """Return an organization's campaign by its code, if it has one of this code."""
    return await session.scalar(select(Campaign).filter_by(code=code, organization_id=organization_id))


async def designations(session: ReadSession, campaign: Campaign) -> Sequence[Designation]:
    """Return a campaign's designations, the default first."""
    query = select(Designation).where(Designation.campaign_id == campaign.id)
    return (await session.scalars(query.order_by(Designation.is_default.desc(), Designation.id))).all()


async def move_to(session: WriteSession, organization_id: UUID, chart: str) -> None:
    """Let a member's campaigns book their income on another chart from now on."""
    general = await funds.general(session, organization_id)
    await accounts.open_one(session, _income(organization_id, chart, general.id))
    ours = select(Designation).join(Campaign).where(Campaign.organization_id == organization_id)
    for designation in await session.scalars(ours.order_by(Designation.id)):
        leaf = _income(organization_id, chart, designation.fund_id)
        designation.income_account_id = await accounts.open_one(session, leaf)
    await session.flush()


async def publish(session: WriteSession, campaign: Campaign, *, at: datetime | None = None) -> None:
    """Open a draft: gifts given from `at` on are the campaign's own."""
    if campaign.state is not CampaignState.draft:
        raise CampaignNotDraft(campaign=campaign.id, state=campaign.state)
    campaign.state, campaign.opened_at = CampaignState.open, at or now()
    campaign.version += 1
    await session.flush()


async def close(session: WriteSession, campaign: Campaign, *, at: datetime | None = None) -> None:
    """Close an open campaign: gifts given from `at` on wait in suspense; money already there stays usable."""
    if campaign.state is not CampaignState.open:
        raise CampaignNotOpen(campaign=campaign.id, state=campaign.state)
    moment = at or now()
    campaign.state, campaign.closed_at = CampaignState.closed, moment
    campaign.version += 1
    await session.flush()
    await outbox.tell(
        session,
        "campaign.closed",
        organization_id=campaign.organization_id,
        subject=f"campaign:{campaign.id}",
        payload={"code": campaign.code, "closed_on": legal_day(moment).isoformat()},
    )
