"""Partners of joint fundraising over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from sqlalchemy import select

from app.fundraising import campaigns
from app.fundraising.filings import partners
from app.fundraising.legal import errors
from app.fundraising.models import Campaign, CampaignPartner, Supervision
from app.fundraising.schemas.legal.partners import (
    CampaignPartnerOut,
    PartnerAgreementIn,
    PartnerEndIn,
    PartnerIn,
    SupervisionIn,
    SupervisionOut,
)
from app.kit.database import Reading, ReadSession, Writing
from app.kit.http import idempotency, pages, problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page, PageQuery
from app.organizations.access import Asking, Permission
from app.organizations.signin import may

router = APIRouter(
    prefix="/v1/fundraising/campaigns/{campaign_id}/partners",
    tags=["partners"],
    route_class=IdempotentRoute,
)

Reader = Annotated[Asking, may(Permission.campaigns_read)]
Changer = Annotated[Asking, may(Permission.campaigns_change)]
Asked = Annotated[PageQuery, Query()]


@router.post(
    "",
    operation_id="add_campaign_partner",
    summary="Add an evaluated partner",
    status_code=201,
    responses=problems.responses(
        errors.CampaignNotPublic, errors.PartnerOfFiledPlan, errors.EvaluationIncomplete, errors.StepDateWrong
    ),
)
async def add_campaign_partner(
    session: Writing, caller: Changer, campaign_id: UUID, body: PartnerIn, request: Request
) -> CampaignPartnerOut:
    """Add a partner to a campaign with its evaluation report; the plan names it from then on."""
    campaign = await _found(session, caller, campaign_id, lock=True)
    partner = body.as_partner(campaign)
    await partners.evaluate(session, campaign, partner, body.name)
    idempotency.concerns(request, partner.id)
    return CampaignPartnerOut.of(partner, body.name)


@router.get("", operation_id="list_campaign_partners", summary="List a campaign's partners")
async def list_campaign_partners(
    session: Reading, caller: Reader, campaign_id: UUID, asked: Asked
) -> Page[CampaignPartnerOut]:
    """List with whom a campaign asks: the evaluation of each, the agreement, and its end."""
    campaign = await _found(session, caller, campaign_id)
    query = select(CampaignPartner).where(CampaignPartner.campaign_id == campaign.id)
    found = await pages.page(session, query, [CampaignPartner.id], asked)
    clear = campaign.organization_id in caller.caller.holds(Permission.donors_read)
    known = await partners.names(session, found.items) if clear else {}
    items = [CampaignPartnerOut.of(one, known.get(one.id)) for one in found.items]
    return found.told(items)


@router.post(
    "/{partner_id}/agreement",
    operation_id="sign_partner_agreement",
    summary="Record a partner's agreement",
    responses=problems.responses(
        *(errors.AgreementIncomplete, errors.PartnerStateWrong, errors.PartnerOfFiledPlan),
        errors.StepDateWrong,
    ),
)
async def sign_partner_agreement(
    session: Writing, caller: Changer, campaign_id: UUID, partner_id: UUID, body: PartnerAgreementIn
) -> CampaignPartnerOut:
    """Record the signed agreement with a partner: seven clauses, all the money in the lead's books."""
    campaign = await _found(session, caller, campaign_id, lock=True)
    partner = await partners.get(session, campaign, partner_id, lock=True)
    await partners.bind(session, campaign, partner, body.clauses.as_clauses(), on=body.signed_on)
    return CampaignPartnerOut.of(partner)


@router.post(
    "/{partner_id}/end",
    operation_id="close_campaign_partner",
    summary="Record an agreement's end",
    responses=problems.responses(errors.PartnerStateWrong, errors.StepDateWrong),
)
async def close_campaign_partner(
    session: Writing, caller: Changer, campaign_id: UUID, partner_id: UUID, body: PartnerEndIn
) -> CampaignPartnerOut:
    """Record that an agreement was ended, in writing."""
    campaign = await _found(session, caller, campaign_id)
    partner = await partners.get(session, campaign, partner_id, lock=True)
    await partners.part(session, partner, on=body.ended_on, document=body.document)
    return CampaignPartnerOut.of(partner)


@router.post(
    "/{partner_id}/supervisions",
    operation_id="record_supervision",
    summary="Record a partner's supervision",
    status_code=201,
    response_model=SupervisionOut,
    responses=problems.responses(errors.PartnerStateWrong, errors.StepDateWrong),
)
async def record_supervision(
    session: Writing, caller: Changer, campaign_id: UUID, partner_id: UUID, body: SupervisionIn
) -> Supervision:
    """Record a training, an inspection, an evaluation or an audit of a partner, and what it found."""
    campaign = await _found(session, caller, campaign_id)
    partner = await partners.get(session, campaign, partner_id)
    return await partners.supervise(session, partner, body.as_entry(partner, caller.label))


@router.get(
    "/{partner_id}/supervisions", operation_id="list_supervisions", summary="List a partner's supervision"
)
async def list_supervisions(
    session: Reading, caller: Reader, campaign_id: UUID, partner_id: UUID, asked: Asked
) -> Page[SupervisionOut]:
    """List the supervision log of a partner."""
    campaign = await _found(session, caller, campaign_id)
    partner = await partners.get(session, campaign, partner_id)
    query = select(Supervision).where(Supervision.partner_id == partner.id)
    found = await pages.page(session, query, [Supervision.id], asked)
    return Page[SupervisionOut].model_validate(found)


async def _found(session: ReadSession, caller: Asking, campaign_id: UUID, *, lock: bool = False) -> Campaign:
    campaign = await campaigns.get(session, campaign_id, lock=lock)
    caller.must(at=campaign.organization_id)
    return campaign
