"""Notices: what stands conspicuously wherever the public is asked (Charity Law 25, Measures 16)."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from app.fundraising import campaigns
from app.fundraising.filings import certificates
from app.fundraising.models import (
    Campaign,
    CampaignKind,
    CampaignState,
    Emergency,
    FundraisingCertificate,
    FundraisingPlan,
    PlanState,
)
from app.kit.clock import legal_day, now
from app.kit.database import ReadSession
from app.organizations import organizations
from app.organizations.errors import OutOfSight
from app.organizations.models import Organization


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """Everything that a notice tells of; of a plan only what has been filed."""

    organization: Organization
    campaign: Campaign
    certificate: FundraisingCertificate | None
    plan: FundraisingPlan | None
    emergency: Emergency | None


async def of(session: ReadSession, campaign_id: UUID) -> Posted:
    """Return what a campaign's notice tells; a draft has none, and an invited circle is not the public."""
    campaign = await campaigns.get(session, campaign_id)
    if campaign.state is CampaignState.draft or campaign.kind is CampaignKind.targeted:
        raise OutOfSight
    filed = FundraisingPlan.state == PlanState.filed
    plan = await session.scalar(
        select(FundraisingPlan).where(FundraisingPlan.campaign_id == campaign.id, filed)
    )
    day = legal_day(campaign.opened_at or now())
    emergency = campaign.emergency_id and await session.get(Emergency, campaign.emergency_id)
    return Posted(
        organization=await organizations.get(session, campaign.organization_id),
        campaign=campaign,
        certificate=await certificates.valid(session, campaign.organization_id, day),
        plan=plan,
        emergency=emergency or None,
    )
