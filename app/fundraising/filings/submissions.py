"""Submissions: how a plan reaches the authority, comes back, and is filed under the number it gives."""

import re
from datetime import date

from app.fundraising.errors import CampaignCodeTaken
from app.fundraising.filings import certificates, checks, partners, plans, regimes, standings
from app.fundraising.filings.checks import CheckVerdict
from app.fundraising.filings.errors import (
    FiledTooLate,
    FilingDateWrong,
    FilingNumberMalformed,
    FilingNumberOfAnother,
    PlanNotOurs,
    PlanNotSubmitted,
    ReviewIncomplete,
)
from app.fundraising.models import Campaign, FundraisingPlan, PlanQuestion, PlanState
from app.kit import constraints, outbox
from app.kit.clock import today
from app.kit.database import WriteSession
from app.organizations.models import Organization

FILING_NO = re.compile(r"([0-9A-HJ-NP-RT-UW-Y]{18})A\d{2}\d{3}")
"""The credit code, A, the year, a serial of three digits. Such numbers are stored, never made."""


async def submit(session: WriteSession, campaign: Campaign, plan: FundraisingPlan, *, on: date) -> None:
    """Record that a plan went to the authority: what the law wants of it is met, and it is in time.

    At least ten days before the start (Measures 11); in an emergency it may follow (Charity Law 73): how late
    it was is told, not refused, for a late filing is better than none.
    """
    if plan.state in {PlanState.submitted, PlanState.filed}:
        raise PlanNotOurs(state=plan.state)
    if on > today() or (plan.decided_on is not None and on < plan.decided_on):
        raise FilingDateWrong(day=on)
    case = await plans.case(session, campaign, plan)
    found = checks.findings(case, await plans.reviews(session, plan))
    for finding in found:
        if finding.refusal is not None:
            raise finding.refusal
    _must_be_agreed(found)
    await partners.must_be_bound(session, campaign)
    await certificates.must_hold(session, campaign.organization_id, on)
    await standings.must_be_designated(session, {one.platform_id for one in case.platforms}, on)
    ahead = regimes.now_or_first(on).file_ahead
    if campaign.emergency_id is None and on + ahead > campaign.starts_on:
        raise FiledTooLate(days=ahead.days, starts_on=campaign.starts_on, article="公开募捐管理办法 第十一条")
    plan.state, plan.submitted_on, plan.returned_on = PlanState.submitted, on, None
    await session.flush()


def _must_be_agreed(found: list[checks.Finding]) -> None:
    asked = {verdict: list[PlanQuestion]() for verdict in (CheckVerdict.asked, CheckVerdict.denied)}
    for finding in found:
        if finding.verdict in asked and isinstance(finding.name, PlanQuestion):
            asked[finding.verdict].append(finding.name)
    if any(asked.values()):
        raise ReviewIncomplete(
            unanswered=asked[CheckVerdict.asked],
            denied=asked[CheckVerdict.denied],
            article=checks.MEASURES_10,
        )


async def send_back(session: WriteSession, plan: FundraisingPlan, *, on: date, reason: str) -> None:
    """Record that the authority found a plan incomplete: it is completed or withdrawn within five days."""
    _must_follow(plan, on)
    plan.state, plan.returned_on, plan.returned_reason = PlanState.returned, on, reason
    # It is another text from here on, even if only an annex was missing: its answers are given anew.
    plan.version += 1
    await session.flush()


async def file(
    session: WriteSession,
    organization: Organization,
    campaign: Campaign,
    plan: FundraisingPlan,
    *,
    number: str,
    on: date,
) -> None:
    """Record the number under which the authority filed a plan; it is this campaign's and no other's."""
    _must_follow(plan, on)
    match = FILING_NO.fullmatch(number)
    if match is None:
        raise FilingNumberMalformed
    if organization.uscc is not None and match[1] != organization.uscc:
        raise FilingNumberOfAnother(uscc=organization.uscc)
    async with constraints.told(session, {"campaigns_filing_no_key": CampaignCodeTaken()}):
        campaign.filing_no = number
        campaign.version += 1
        plan.state, plan.filed_on = PlanState.filed, on
    await outbox.tell(
        session,
        "plan.filed",
        organization_id=campaign.organization_id,
        subject=f"campaign:{campaign.id}",
        payload={"code": campaign.code, "filing_no": number, "filed_on": on.isoformat()},
    )


def _must_follow(plan: FundraisingPlan, on: date) -> None:
    if plan.state is not PlanState.submitted or plan.submitted_on is None:
        raise PlanNotSubmitted(state=plan.state)
    if not plan.submitted_on <= on <= today():
        raise FilingDateWrong(day=on)


def due_on(campaign: Campaign, plan: FundraisingPlan) -> date:
    """Return the day by which something must be with the authority, as the plan now stands.

    Sent back: five days after. In an emergency: ten days after the start. Otherwise ten days before it.
    """
    regime = regimes.now_or_first(campaign.starts_on)
    if plan.state is PlanState.returned and plan.returned_on is not None:
        return plan.returned_on + regime.complete_after
    if campaign.emergency_id is not None:
        return campaign.starts_on + regime.emergency_file_after
    return campaign.starts_on - regime.file_ahead


def late(campaign: Campaign, plan: FundraisingPlan) -> bool:
    """Return whether it was, or now is, too late."""
    done = plan.submitted_on if plan.state in {PlanState.submitted, PlanState.filed} else None
    return (done or today()) > due_on(campaign, plan)
