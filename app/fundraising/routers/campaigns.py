"""Campaigns over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from sqlalchemy import select

from app.fundraising import campaigns, errors, figures, registers
from app.fundraising.filings import errors as filings
from app.fundraising.filings import openings
from app.fundraising.legal import errors as legal
from app.fundraising.models import Campaign, Designation
from app.fundraising.schemas.campaigns import (
    CampaignChange,
    CampaignDetail,
    CampaignIn,
    CampaignOut,
    CampaignQuery,
    DesignationIn,
    OpeningIn,
)
from app.kit.database import Reading, ReadSession, Writing
from app.kit.errors import VersionNotStated, VersionStale
from app.kit.http import pages, problems, versions
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page
from app.kit.http.versions import IfMatch
from app.ledger.models import Fund
from app.organizations import organizations
from app.organizations.access import Asking, Permission
from app.organizations.signin import may

router = APIRouter(prefix="/v1/fundraising/campaigns", tags=["campaigns"], route_class=IdempotentRoute)

Reader = Annotated[Asking, may(Permission.campaigns_read)]
Changer = Annotated[Asking, may(Permission.campaigns_change)]
_TAKEN = (errors.CampaignCodeTaken, errors.FundCodeTaken, errors.DesignationCodeTaken)


@router.post(
    "",
    operation_id="create_campaign",
    status_code=201,
    responses=problems.responses(*_TAKEN, errors.CampaignNotHistorical, errors.EmergencyNotFound),
)
async def create_campaign(
    session: Writing, caller: Changer, body: CampaignIn, response: Response
) -> CampaignDetail:
    """Draft a campaign with its designations; each gets a fund of its own."""
    caller.must(at=body.organization_id)
    organization = await organizations.get(session, body.organization_id)
    campaign = await campaigns.create(session, body.as_campaign(organization.chart_version))
    return await _whole(session, caller, campaign, response)


@router.get("", operation_id="list_campaigns")
async def list_campaigns(
    session: Reading, caller: Reader, asked: Annotated[CampaignQuery, Query()]
) -> Page[CampaignOut]:
    """List the campaigns of the organizations that you can see, with their totals."""
    visible = caller.visible()
    if asked.organization_id:
        visible &= {asked.organization_id}
    within = asked.starts_on_from, asked.starts_on_to
    query = registers.campaigns(visible, state=asked.state, q=asked.q, starts_within=within)
    query = query.filter_by(**asked.model_dump(include={"kind", "emergency_id"}, exclude_none=True))
    found = await pages.listed(session, query, registers.CAMPAIGN_ORDERS, asked)
    totals = await figures.of(session, [campaign.id for campaign in found.items])
    items = [CampaignOut.of(campaign, totals[campaign.id]) for campaign in found.items]
    return found.told(items)


@router.get("/{campaign_id}", operation_id="read_campaign")
async def read_campaign(
    session: Reading, caller: Reader, campaign_id: UUID, response: Response
) -> CampaignDetail:
    """Read a campaign: what it raised, gave back, spent and holds, by channel too."""
    campaign = await campaigns.get(session, campaign_id)
    caller.must(at=campaign.organization_id)
    return await _whole(session, caller, campaign, response)


@router.patch(
    "/{campaign_id}",
    operation_id="change_campaign",
    responses=problems.responses(
        *_TAKEN,
        *(errors.CampaignNotDraft, errors.CampaignDatesReversed, errors.CampaignPlanSubmitted),
        *(errors.CampaignNotHistorical, errors.EmergencyNotFound, VersionNotStated, VersionStale),
    ),
)
async def change_campaign(
    session: Writing,
    caller: Changer,
    campaign_id: UUID,
    body: CampaignChange,
    response: Response,
    if_match: IfMatch = None,
) -> CampaignDetail:
    """Change a draft; its code stays, for it may be on paper already."""
    campaign = await campaigns.get(session, campaign_id, lock=True)
    caller.must(at=campaign.organization_id)
    versions.expect(if_match, campaign.version)
    await campaigns.change(session, campaign, **body.changes())
    return await _whole(session, caller, campaign, response)


@router.post(
    "/{campaign_id}/designations",
    operation_id="add_designation",
    status_code=201,
    responses=problems.responses(*_TAKEN, errors.CampaignClosed, errors.CampaignPlanSubmitted),
)
async def add_designation(
    session: Writing, caller: Changer, campaign_id: UUID, body: DesignationIn, response: Response
) -> CampaignDetail:
    """Give a campaign one more use of its money, with a fund of its own.

    Once the authority has the plan, one that shares in the costs needs a filed change of what that says.
    """
    campaign = await campaigns.get(session, campaign_id, lock=True)
    caller.must(at=campaign.organization_id)
    organization = await organizations.get(session, campaign.organization_id)
    await campaigns.designate(session, campaign, body.as_designation(), chart=organization.chart_version)
    return await _whole(session, caller, campaign, response)


@router.post(
    "/{campaign_id}/opening",
    operation_id="open_campaign",
    responses=problems.responses(
        *(errors.CampaignNotDraft, filings.PlanNotFiled, filings.CertificateMissing, filings.NobodyInvited),
        *(filings.OutsideFiledPeriod, filings.PlatformNotDesignated, filings.PlaceNotFiled),
        *(filings.EmergencyClosed, legal.PartnerNotBound, legal.PartnerPapersMissing),
    ),
)
async def open_campaign(
    session: Writing,
    request: Request,
    caller: Changer,
    campaign_id: UUID,
    response: Response,
    body: OpeningIn | None = None,
) -> CampaignDetail:
    """Open a draft: gifts given from now on, or from the moment named, are the campaign's own.

    Refused while the law asks for more: a certificate, a filed plan, designated platforms, an invite list.
    """
    campaign = await campaigns.get(session, campaign_id, lock=True)
    caller.must(at=campaign.organization_id)
    judged = bool(request.app.state.settings.filing_required)
    await openings.begin(session, campaign, at=body.opened_at if body else None, judged=judged)
    return await _whole(session, caller, campaign, response)


@router.post(
    "/{campaign_id}/closing",
    operation_id="close_campaign",
    responses=problems.responses(errors.CampaignNotOpen),
)
async def close_campaign(
    session: Writing, caller: Changer, campaign_id: UUID, response: Response
) -> CampaignDetail:
    """Close a campaign: gifts given from now on wait in suspense; money already there stays usable."""
    campaign = await campaigns.get(session, campaign_id, lock=True)
    caller.must(at=campaign.organization_id)
    await campaigns.close(session, campaign)
    return await _whole(session, caller, campaign, response)


async def _whole(
    session: ReadSession, caller: Asking, campaign: Campaign, response: Response
) -> CampaignDetail:
    response.headers["ETag"] = versions.etag(campaign.version)
    uses = await session.execute(
        select(Designation, Fund)
        .join(Fund, Fund.id == Designation.fund_id)
        .where(Designation.campaign_id == campaign.id)
        .order_by(Designation.is_default.desc(), Designation.id)
    )
    totals = await figures.of(session, [campaign.id])
    known = [(row[0], row[1]) for row in uses]
    return CampaignDetail.whole(campaign, totals[campaign.id], known, caller.caller)
