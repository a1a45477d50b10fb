"""Waiting: what is to be filed soon or late, as tasks of those who file it, with the day that the law set."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Date, DateTime, and_, case, cast, func, literal, or_

from app.fundraising.filings import regimes
from app.fundraising.models import (
    Campaign,
    CampaignKind,
    CampaignState,
    ChangeKind,
    FundraisingPlan,
    PlanChange,
    PlanState,
)
from app.kit.clock import LEGAL_ZONE, today
from app.kit.database import ReadSession
from app.organizations.access import Caller, Permission
from app.organizations.desk import tasks

AHEAD = timedelta(days=3)
"""How long before its day something stands on the list."""


async def plans(_session: ReadSession, caller: Caller) -> tasks.Query:
    """Return the campaigns whose plan must be with the authority soon, or should have been; the late first.

    Ten days before the start; in an emergency ten days after it; five days after it was sent back.
    """
    # The terms of today's rules: what they were judged by when they were filed is past.
    regime = regimes.now_or_first(today())
    due = case(
        (FundraisingPlan.returned_on.is_not(None), FundraisingPlan.returned_on + regime.complete_after),
        (Campaign.emergency_id.is_not(None), Campaign.starts_on + regime.emergency_file_after),
        else_=Campaign.starts_on - regime.file_ahead,
    )
    with_us = or_(
        FundraisingPlan.id.is_(None), FundraisingPlan.state.in_((PlanState.draft, PlanState.returned))
    )
    # What is open without a plan and without an emergency was loaded as it had happened, and filed elsewhere.
    to_come = or_(
        Campaign.state == CampaignState.draft,
        and_(Campaign.state == CampaignState.open, Campaign.emergency_id.is_not(None)),
    )
    return (
        tasks.row(
            organization_id=Campaign.organization_id,
            subject_id=Campaign.id,
            title=literal("募捐方案待备案：").concat(Campaign.code),
            since_at=_midnight(due),
        )
        .outerjoin(FundraisingPlan, FundraisingPlan.campaign_id == Campaign.id)
        .where(
            Campaign.organization_id.in_(caller.holds(Permission.campaigns_change)),
            Campaign.kind == CampaignKind.public,
            Campaign.starts_on >= regimes.REGIMES[0].from_on,
            Campaign.filing_no.is_(None),
            with_us,
            to_come,
            cast(due, Date) <= today() + AHEAD,
        )
    )


async def changes(_session: ReadSession, caller: Caller) -> tasks.Query:
    """Return the changes of filed plans that must be told to the authority soon, or should have been."""
    return (
        tasks.row(
            organization_id=Campaign.organization_id,
            subject_id=PlanChange.id,
            title=literal("募捐方案变更待备案：").concat(Campaign.code),
            since_at=_midnight(PlanChange.due_on),
        )
        .join(FundraisingPlan, FundraisingPlan.id == PlanChange.plan_id)
        .join(Campaign, Campaign.id == FundraisingPlan.campaign_id)
        .where(
            Campaign.organization_id.in_(caller.holds(Permission.campaigns_change)),
            PlanChange.kind == ChangeKind.items,
            PlanChange.filed_on.is_(None),
            PlanChange.due_on <= today() + AHEAD,
        )
    )


def _midnight(day: Any) -> ColumnElement[Any]:  # noqa: ANN401 - an expression of SQL
    return func.timezone(str(LEGAL_ZONE), cast(day, DateTime()))


SOURCES: Mapping[str, tasks.Source] = {"plan_filing": plans, "plan_change_filing": changes}
