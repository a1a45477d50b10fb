"""Campaigns as facts: their plans, how long they ran, when they ended, which emergency they were for."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select

from app.disclosure.models import SubjectKind
from app.disclosure.obligations.facts import ANY, Fact, Member
from app.disclosure.rules.law import Trigger, Who
from app.fundraising.models import (
    Campaign,
    CampaignKind,
    CampaignState,
    ChangeKind,
    Emergency,
    FundraisingPlan,
    LocalFiling,
    PlanChange,
    PlanState,
    PublicWay,
)
from app.kit.clock import legal_day
from app.kit.database import ReadSession

_ASKS = frozenset({Who.qualified})
_AT_A_PLACE = {PublicWay.box, PublicWay.event}
Changed = tuple[PlanChange, Campaign]
Replanned = Sequence[tuple[date, date | None]]
"""When a campaign got another last day, and which one it had until then."""


async def facts(session: ReadSession, member: Member) -> list[Fact]:
    """Return what a member's public campaigns set off, in three statements however many gifts they have."""
    local = (
        select(LocalFiling.campaign_id, func.min(LocalFiling.filed_on).label("filed_on"))
        .where(LocalFiling.organization_id == member.id)
        .group_by(LocalFiling.campaign_id)
        .subquery()
    )
    rows = await session.execute(
        select(Campaign, FundraisingPlan, Emergency, local.c.filed_on)
        .outerjoin(FundraisingPlan, FundraisingPlan.campaign_id == Campaign.id)
        .outerjoin(Emergency, Emergency.id == Campaign.emergency_id)
        .outerjoin(local, local.c.campaign_id == Campaign.id)
        .where(Campaign.organization_id == member.id, Campaign.kind != CampaignKind.targeted)
        .order_by(Campaign.id)
    )
    changes = await _changes(session, member)
    found: list[Fact] = []
    for campaign, plan, emergency, local_on in rows:
        found += _planning(campaign, plan, local_on, member)
        if campaign.state is not CampaignState.draft:
            found += _running(campaign, emergency, member, _replanned(campaign, changes))
    return [*found, *(_changed(change, campaign) for change, campaign in changes)]


def ended_on(campaign: Campaign) -> date | None:
    """Return a campaign's last day: the one it was filed with, or the earlier one on which it was closed."""
    closed = None if campaign.closed_at is None else legal_day(campaign.closed_at)
    return min((day for day in (campaign.ends_on, closed) if day is not None), default=None)


def _about(campaign: Campaign, trigger: Trigger, happened_on: date, **more: Any) -> Fact:  # noqa: ANN401
    return Fact(
        trigger=trigger,
        happened_on=happened_on,
        kind=SubjectKind.campaign,
        id=campaign.id,
        title=f"{campaign.code} {campaign.title}",
        binding=_ASKS,
        **more,
    )


def _planning(
    campaign: Campaign, plan: FundraisingPlan | None, local_on: date | None, member: Member
) -> Iterator[Fact]:
    # Opened, and by who may: a draft that never opens owes the public nothing.
    sure = campaign.state is not CampaignState.draft and member.qualified(campaign.starts_on)
    # With its number and without a plan it came from elsewhere: filed, nobody here knows on which day.
    if plan is not None or campaign.filing_no is None:
        filed = plan.submitted_on if plan is not None and plan.state is PlanState.filed else None
        late = campaign.emergency_id is not None
        trigger = Trigger.emergency_campaign_start if late else Trigger.campaign_start
        yield _about(campaign, trigger, campaign.starts_on, done={ANY: filed}, complete=sure)
    if plan is None:
        return
    if plan.offsite and _AT_A_PLACE & {PublicWay(way) for way in plan.ways}:
        trigger = Trigger.offsite_campaign_start
        yield _about(campaign, trigger, campaign.starts_on, done={ANY: local_on}, complete=sure)
    if plan.returned_on is not None:
        again = plan.state is not PlanState.returned and plan.submitted_on is not None
        done = plan.submitted_on if again else None
        yield _about(campaign, Trigger.plan_returned, plan.returned_on, done={ANY: done})


def _running(
    campaign: Campaign, emergency: Emergency | None, member: Member, replanned: Replanned
) -> Iterator[Fact]:
    end, sure = ended_on(campaign), member.qualified(campaign.starts_on)
    yield _about(
        campaign,
        Trigger.campaign_run,
        campaign.starts_on,
        until=end,
        planned_until=campaign.ends_on,
        replanned=replanned,
        # Without a last day nobody knows whether it runs longer than six months.
        complete=sure and campaign.ends_on is not None,
    )
    if end is not None:
        yield _about(campaign, Trigger.campaign_end, end, complete=sure)
    if emergency is not None:
        begins = max(campaign.starts_on, emergency.opened_on)
        yield _about(campaign, Trigger.emergency_response, begins, until=emergency.closed_on, complete=sure)


async def _changes(session: ReadSession, member: Member) -> Sequence[Changed]:
    rows = await session.execute(
        select(PlanChange, Campaign)
        .join(FundraisingPlan, FundraisingPlan.id == PlanChange.plan_id)
        .join(Campaign, Campaign.id == FundraisingPlan.campaign_id)
        # Another use holds only from its publication on, after it was filed (56): nothing can be late.
        .where(FundraisingPlan.organization_id == member.id, PlanChange.kind == ChangeKind.items)
        .order_by(PlanChange.changed_on, PlanChange.id)
    )
    return [(change, campaign) for change, campaign in rows]


def _replanned(campaign: Campaign, changes: Sequence[Changed]) -> Replanned:
    before = [
        (change.changed_on, change.changes["ends_on"]["from"])
        for change, about in changes
        if about.id == campaign.id and "ends_on" in change.changes
    ]
    return [(anew, until and date.fromisoformat(until)) for anew, until in before]


def _changed(change: PlanChange, campaign: Campaign) -> Fact:
    return Fact(
        trigger=Trigger.plan_changed,
        happened_on=change.changed_on,
        kind=SubjectKind.plan_change,
        id=change.id,
        title=f"{campaign.code} {campaign.title}",
        binding=_ASKS,
        done={ANY: change.filed_on},
    )
