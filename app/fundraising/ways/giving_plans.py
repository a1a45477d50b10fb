"""Giving plans: what a giver lets a platform charge every month, step by step.

The platform charges; we are told of each step and of each gift. A gift names its plan by the platform's
number, so what was given on a plan is looked up, and taking it in costs nothing more.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.dialects.postgresql import insert

from app.fundraising import campaigns
from app.fundraising.errors import CampaignNotFound
from app.fundraising.gifts import Outcome, OutcomeKind, PlanTold
from app.fundraising.models import (
    Campaign,
    Donation,
    GivingPlan,
    GivingPlanChange,
    GivingPlanState,
    GivingPlanStep,
)
from app.fundraising.ways.errors import PlanCancelled, PlanDiffers, PlanKnown, PlanNotActive, PlanNotPaused
from app.kit.clock import legal_day, now
from app.kit.database import ReadSession, WriteSession
from app.kit.ids import new_id
from app.organizations.errors import OutOfSight

AFTER = {
    GivingPlanStep.activated: GivingPlanState.active,
    GivingPlanStep.changed: None,
    GivingPlanStep.paused: GivingPlanState.paused,
    GivingPlanStep.resumed: GivingPlanState.active,
    GivingPlanStep.cancelled: GivingPlanState.cancelled,
}
"""What a plan is after a step; a change leaves it as it was."""

Terms = tuple[datetime, GivingPlanState, int, int]
"""From when on a plan stands how: state, fen, and the day of the month."""


async def receive(session: WriteSession, told: PlanTold) -> Outcome:
    """Keep a step in a plan's life that a platform tells, once; the steps may come in any order.

    A step of a plan whose activation has not been heard of is `pending`, and is looked at again when it has.
    """
    campaign = await campaigns.known(session, told.campaign, told.organization_id)
    plan = await _by_number(session, told.source_id, told.their_id, lock=True)
    if plan is None:
        if told.step is not GivingPlanStep.activated or campaign is None:
            return Outcome(kind=OutcomeKind.pending)
        plan = await _begin(session, campaign, told)
    if campaign is None or campaign.id != plan.campaign_id:
        return Outcome(kind=OutcomeKind.conflict, refusal=PlanDiffers(plan_id=told.their_id))
    kept = await _keep(session, plan, told)
    return Outcome(kind=OutcomeKind.posted if kept else OutcomeKind.duplicate)


async def _begin(session: WriteSession, campaign: Campaign, told: PlanTold) -> GivingPlan:
    made = insert(GivingPlan).values(
        id=new_id(),
        created_at=now(),
        organization_id=campaign.organization_id,
        campaign_id=campaign.id,
        platform_id=told.source_id,
        their_id=told.their_id,
        amount=told.amount,
        charge_day=told.charge_day or legal_day(told.at).day,
        state=GivingPlanState.active,
    )
    # Two that tell of one plan at once: the second waits here, and then adds its step to the first one's row.
    await session.execute(made.on_conflict_do_nothing(index_elements=["platform_id", "their_id"]))
    plan = await _by_number(session, told.source_id, told.their_id, lock=True)
    assert plan is not None  # noqa: S101 - it has just been made, by us or by another
    return plan


async def _keep(session: WriteSession, plan: GivingPlan, told: PlanTold) -> bool:
    """Add a step to a locked plan, and let the latest of all its steps say how it stands."""
    made = insert(GivingPlanChange).values(
        id=new_id(),
        created_at=now(),
        plan_id=plan.id,
        kind=told.step,
        occurred_at=told.at,
        amount=told.amount,
        charge_day=told.charge_day,
        actor=told.actor,
    )
    once = made.on_conflict_do_nothing(index_elements=["plan_id", "occurred_at", "kind"])
    kept = await session.scalar(once.returning(GivingPlanChange.id))
    _, plan.state, plan.amount, plan.charge_day = terms(await history(session, plan))[-1]
    await session.flush()
    return kept is not None


def terms(steps: Sequence[GivingPlanChange]) -> list[Terms]:
    """Return how a plan stood after each of its steps."""
    found: list[Terms] = []
    amount = next((step.amount for step in steps if step.amount), 0)
    day = next((step.charge_day for step in steps if step.charge_day), None)
    state = GivingPlanState.active
    for step in steps:
        state = AFTER[step.kind] or state
        amount, day = step.amount or amount, step.charge_day or day or legal_day(step.occurred_at).day
        found.append((step.occurred_at, state, amount, day))
    return found


async def record(session: WriteSession, told: PlanTold) -> GivingPlan:
    """Record a plan that staff heard of; refuse a number that is known, and an unknown campaign."""
    if await _by_number(session, told.source_id, told.their_id, lock=True) is not None:
        raise PlanKnown(plan_id=told.their_id)
    outcome = await receive(session, told)
    if outcome.kind is OutcomeKind.pending:
        raise CampaignNotFound(campaign=told.campaign)
    plan = await _by_number(session, told.source_id, told.their_id)
    assert plan is not None  # noqa: S101 - it has just been kept
    return plan


async def change(session: WriteSession, plan: GivingPlan, told: PlanTold) -> None:
    """Record a step that staff heard of, if the plan stands so that it can be taken."""
    await session.refresh(plan, with_for_update=True)
    if plan.state is GivingPlanState.cancelled:
        raise PlanCancelled(plan=plan.id)
    if told.step is GivingPlanStep.paused and plan.state is not GivingPlanState.active:
        raise PlanNotActive(plan=plan.id)
    if told.step is GivingPlanStep.resumed and plan.state is not GivingPlanState.paused:
        raise PlanNotPaused(plan=plan.id)
    await _keep(session, plan, told)


async def _by_number(
    session: ReadSession, source_id: UUID, their_id: str, *, lock: bool = False
) -> GivingPlan | None:
    query = select(GivingPlan).where(GivingPlan.platform_id == source_id, GivingPlan.their_id == their_id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return await session.scalar(query)


async def get(session: ReadSession, plan_id: UUID) -> GivingPlan:
    """Return a plan, or refuse."""
    plan = await session.get(GivingPlan, plan_id)
    if plan is None:
        raise OutOfSight
    return plan


async def history(session: ReadSession, plan: GivingPlan) -> Sequence[GivingPlanChange]:
    """Return the steps of a plan in the order in which they happened."""
    query = select(GivingPlanChange).where(GivingPlanChange.plan_id == plan.id)
    return (await session.scalars(query.order_by(GivingPlanChange.occurred_at, GivingPlanChange.id))).all()


def listing(
    visible: Collection[UUID], *, campaign_id: UUID | None, state: GivingPlanState | None
) -> Select[GivingPlan]:
    """Return the query for the plans at organizations that are visible."""
    query = select(GivingPlan).where(GivingPlan.organization_id.in_(visible))
    if campaign_id is not None:
        query = query.where(GivingPlan.campaign_id == campaign_id)
    return query if state is None else query.where(GivingPlan.state == state)


def unexpected(visible: Collection[UUID]) -> Select[Donation]:
    """Return the query for gifts that were charged on a plan while it was paused or cancelled.

    They are booked, for the money has been paid; somebody has to ask the platform, and the giver.
    """
    step = (
        select(GivingPlanChange.kind)
        .where(
            GivingPlanChange.plan_id == GivingPlan.id,
            GivingPlanChange.occurred_at <= Donation.donated_at,
            GivingPlanChange.kind != GivingPlanStep.changed,
        )
        .order_by(GivingPlanChange.occurred_at.desc(), GivingPlanChange.id.desc())
        .limit(1)
        .correlate(GivingPlan, Donation)
        .scalar_subquery()
    )
    named = (GivingPlan.platform_id == Donation.source_id) & (GivingPlan.their_id == Donation.their_plan_id)
    query = select(Donation).join(GivingPlan, named).where(Donation.organization_id.in_(visible))
    return query.where(step.in_([GivingPlanStep.paused, GivingPlanStep.cancelled]))
