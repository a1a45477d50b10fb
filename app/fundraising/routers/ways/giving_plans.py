"""Monthly giving over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from app.fundraising import campaigns, errors
from app.fundraising.gifts import PlanTold
from app.fundraising.models import Donation, GivingPlan, GivingPlanStep
from app.fundraising.schemas.ways.giving_plans import (
    GivingPlanChangeIn,
    GivingPlanChangeOut,
    GivingPlanDetail,
    GivingPlanIn,
    GivingPlanMonthOut,
    GivingPlanOut,
    GivingPlanQuery,
    UnexpectedChargeOut,
    UnexpectedChargeQuery,
)
from app.fundraising.ways import errors as ways
from app.fundraising.ways import giving_plans, plan_months, providers
from app.kit.clock import today
from app.kit.database import Reading, ReadSession, Writing
from app.kit.http import pages, problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page
from app.organizations.access import Asking, Permission
from app.organizations.signin import may

router = APIRouter(prefix="/v1/fundraising/plans", tags=["monthly giving"], route_class=IdempotentRoute)

Reader = Annotated[Asking, may(Permission.gifts_read)]
Recorder = Annotated[Asking, may(Permission.gifts_record)]
ORDERS: pages.Orders = {
    "created_at": [GivingPlan.id],
    "amount": [GivingPlan.amount, GivingPlan.id],
}


@router.post(
    "",
    operation_id="create_giving_plan",
    summary="Record a monthly plan",
    status_code=201,
    responses=problems.responses(errors.CampaignNotFound, ways.PlatformNotForCampaign, ways.PlanKnown),
)
async def create_giving_plan(session: Writing, caller: Recorder, body: GivingPlanIn) -> GivingPlanDetail:
    """Record a plan that its platform did not tell of; its gifts name it by the platform's number."""
    campaign = await campaigns.by_code(session, body.campaign)
    caller.must(at=campaign.organization_id)
    _, platform = await providers.collecting(session, campaign, body.platform)
    told = PlanTold(
        source_id=platform.id,
        organization_id=campaign.organization_id,
        their_id=body.their_id,
        campaign=campaign.code,
        step=GivingPlanStep.activated,
        at=body.activated_at,
        actor=caller.label,
        amount=body.amount.amount,
        charge_day=body.charge_day,
    )
    return await _whole(session, await giving_plans.record(session, told))


@router.get("", operation_id="list_giving_plans", summary="List monthly plans")
async def list_giving_plans(
    session: Reading, caller: Reader, asked: Annotated[GivingPlanQuery, Query()]
) -> Page[GivingPlanOut]:
    """List the monthly plans at the organizations that you can see, as they stand."""
    visible = caller.visible()
    if asked.organization_id:
        visible &= {asked.organization_id}
    query = giving_plans.listing(visible, campaign_id=asked.campaign_id, state=asked.state)
    found = await pages.listed(session, query, ORDERS, asked, amount=GivingPlan.amount)
    items = [GivingPlanOut.of(plan) for plan in found.items]
    return found.told(items)


# Before the route of a single plan, whose pattern would take it.
@router.get("/unexpected-charges", operation_id="list_unexpected_charges", summary="List unexpected charges")
async def list_unexpected_charges(
    session: Reading, caller: Reader, asked: Annotated[UnexpectedChargeQuery, Query()]
) -> Page[UnexpectedChargeOut]:
    """List the gifts that were charged on plans while they were paused or cancelled, the newest first."""
    visible = caller.visible()
    if asked.organization_id:
        visible &= {asked.organization_id}
    query = giving_plans.unexpected(visible)
    found = await pages.page(session, query, [Donation.id], asked, newest_first=True, amount=Donation.amount)
    return found.told([UnexpectedChargeOut.of(gift) for gift in found.items])


@router.get("/{plan_id}", operation_id="read_giving_plan", summary="Read a monthly plan")
async def read_giving_plan(session: Reading, caller: Reader, plan_id: UUID) -> GivingPlanDetail:
    """Read a plan with its history, and what was expected, received and missed in each month."""
    plan = await giving_plans.get(session, plan_id)
    caller.must(at=plan.organization_id)
    return await _whole(session, plan)


@router.post(
    "/{plan_id}/changes",
    operation_id="change_giving_plan",
    summary="Change a monthly plan",
    responses=problems.responses(ways.PlanCancelled, ways.PlanNotActive, ways.PlanNotPaused),
)
async def change_giving_plan(
    session: Writing, caller: Recorder, plan_id: UUID, body: GivingPlanChangeIn
) -> GivingPlanDetail:
    """Record that a giver changes, pauses, resumes or cancels a plan; what is charged after is flagged."""
    plan = await giving_plans.get(session, plan_id)
    caller.must(at=plan.organization_id)
    await giving_plans.change(session, plan, body.told(plan, caller.label))
    return await _whole(session, plan)


async def _whole(session: ReadSession, plan: GivingPlan) -> GivingPlanDetail:
    steps = await giving_plans.history(session, plan)
    months = await plan_months.of(session, plan, until=today())
    return GivingPlanDetail.of(
        plan,
        history=[GivingPlanChangeOut.of(step) for step in steps],
        months=[GivingPlanMonthOut.of(month) for month in months],
    )
