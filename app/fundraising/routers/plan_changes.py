"""Changes of filed plans over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy import select

from app.fundraising import campaigns
from app.fundraising import errors as fundraising
from app.fundraising.filings import changes, errors, plans
from app.fundraising.models import Campaign, FundraisingPlan, PlanChange
from app.fundraising.schemas.filings.changes import PlanChangeIn, PlanChangeOut, StepIn
from app.kit.database import Reading, WriteSession, Writing
from app.kit.http import pages, problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page, PageQuery
from app.organizations.access import Asking, Permission
from app.organizations.signin import may

router = APIRouter(
    prefix="/v1/fundraising/campaigns/{campaign_id}/plan/changes",
    tags=["plans"],
    route_class=IdempotentRoute,
)

Reader = Annotated[Asking, may(Permission.campaigns_read)]
Changer = Annotated[Asking, may(Permission.campaigns_change)]
_STEP = problems.responses(errors.ChangeStepWrong, errors.FilingDateWrong)


@router.post(
    "",
    operation_id="create_plan_change",
    summary="Change a filed plan",
    status_code=201,
    responses=problems.responses(
        *(errors.PlanNotFiled, errors.NothingChanged, errors.ChangePending, errors.ChangeStepWrong),
        *(errors.FilingDateWrong, errors.PlanIncomplete, errors.PlanTooLong, errors.BeneficiaryNamed),
        *(errors.AccountNotOwn, errors.ResponsibleNotFullTime, errors.PageTitleDiffers),
        *(errors.PlatformNotDesignated, fundraising.CampaignDatesReversed),
    ),
)
async def create_plan_change(
    session: Writing, caller: Changer, campaign_id: UUID, body: PlanChangeIn
) -> PlanChangeOut:
    """Change a filed plan, with the reason: it is filed within ten days. Another use waits for its steps."""
    campaign, plan = await _found(session, caller, campaign_id)
    wanted = body.changes.said()
    change = await changes.make(session, campaign, plan, wanted, body.decision(), by=caller.label)
    return PlanChangeOut.of(change)


@router.get("", operation_id="list_plan_changes", summary="List a plan's changes")
async def list_plan_changes(
    session: Reading, caller: Reader, campaign_id: UUID, asked: Annotated[PageQuery, Query()]
) -> Page[PlanChangeOut]:
    """List the changes of a campaign's plan, the newest first, with the days by which they must be filed."""
    campaign = await campaigns.get(session, campaign_id)
    caller.must(at=campaign.organization_id)
    ours = FundraisingPlan.campaign_id == campaign.id
    query = select(PlanChange).join(FundraisingPlan, FundraisingPlan.id == PlanChange.plan_id).where(ours)
    found = await pages.page(session, query, [PlanChange.id], asked, newest_first=True)
    return found.told([PlanChangeOut.of(one) for one in found.items])


@router.post(
    "/{change_id}/consent",
    operation_id="record_plan_change_consent",
    summary="Record the donors' consent",
    responses=_STEP,
)
async def record_plan_change_consent(
    session: Writing, caller: Changer, campaign_id: UUID, change_id: UUID, body: StepIn
) -> PlanChangeOut:
    """Record that the donors with whom the old use was agreed consent to the new one."""
    _, plan = await _found(session, caller, campaign_id)
    change = await changes.get(session, plan, change_id)
    await changes.consent(session, change, on=body.on)
    return PlanChangeOut.of(change)


@router.post(
    "/{change_id}/filing",
    operation_id="record_plan_change_filing",
    summary="Record a change's filing",
    responses=_STEP,
)
async def record_plan_change_filing(
    session: Writing, caller: Changer, campaign_id: UUID, change_id: UUID, body: StepIn
) -> PlanChangeOut:
    """Record that a change was filed with the authority."""
    _, plan = await _found(session, caller, campaign_id)
    change = await changes.get(session, plan, change_id)
    await changes.file(session, change, on=body.on)
    return PlanChangeOut.of(change)


@router.post(
    "/{change_id}/publication",
    operation_id="record_plan_change_publication",
    summary="Record a change's publication",
    responses=_STEP,
)
async def record_plan_change_publication(
    session: Writing, caller: Changer, campaign_id: UUID, change_id: UUID, body: StepIn
) -> PlanChangeOut:
    """Record that another use was published: from this day on it holds, and the plan says it."""
    campaign, plan = await _found(session, caller, campaign_id)
    change = await changes.get(session, plan, change_id)
    await changes.publish(session, campaign, plan, change, on=body.on)
    return PlanChangeOut.of(change)


async def _found(
    session: WriteSession, caller: Asking, campaign_id: UUID
) -> tuple[Campaign, FundraisingPlan]:
    campaign = await campaigns.get(session, campaign_id, lock=True)
    caller.must(at=campaign.organization_id)
    return campaign, await plans.of(session, campaign, lock=True)
