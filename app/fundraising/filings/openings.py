"""Openings: a draft becomes an appeal, if the law of its day lets it.

The one place that judges an opening. What has happened already (an association's campaigns before it came
here, files of earlier years) is loaded by `campaigns.publish` instead: a fact is not refused.
"""

from datetime import date, datetime

from app.fundraising import campaigns
from app.fundraising.filings import (
    certificates,
    emergencies,
    invitations,
    partners,
    places,
    plans,
    regimes,
    standings,
)
from app.fundraising.filings.errors import (
    EmergencyClosed,
    NobodyInvited,
    OutsideFiledPeriod,
    PlaceNotFiled,
    PlanNotFiled,
    PlanNotFound,
)
from app.fundraising.models import Campaign, CampaignKind, CampaignState, FundraisingPlan, PlanState
from app.kit import outbox
from app.kit.clock import legal_day, now
from app.kit.database import WriteSession


async def begin(
    session: WriteSession, campaign: Campaign, *, at: datetime | None = None, judged: bool = True
) -> None:
    """Open a draft: gifts given from `at` on are its own. Refused while the law asks for more.

    `judged` is off only where an installation was set up so (`ZHENGXINLU_FILING_REQUIRED`).
    """
    moment = at or now()
    day = legal_day(moment)
    if judged and campaign.state is CampaignState.draft:
        await _judge(session, campaign, day)
    await campaigns.publish(session, campaign, at=moment)
    payload = {
        "code": campaign.code,
        "kind": campaign.kind,
        "opened_on": day.isoformat(),
        "starts_on": campaign.starts_on.isoformat(),
        "ends_on": campaign.ends_on and campaign.ends_on.isoformat(),
        "emergency_id": campaign.emergency_id and str(campaign.emergency_id),
    }
    await outbox.tell(
        session,
        "campaign.opened",
        organization_id=campaign.organization_id,
        subject=f"campaign:{campaign.id}",
        payload=payload,
    )
    if campaign.emergency_id is not None:
        emergency = await emergencies.get(session, campaign.emergency_id)
        await emergencies.start_clock(session, campaign, emergency, day)


async def _judge(session: WriteSession, campaign: Campaign, day: date) -> None:
    if campaign.kind is CampaignKind.targeted:
        if not await invitations.anybody(session, campaign):
            raise NobodyInvited(article="慈善法 第二十九条")
        return
    if campaign.kind is CampaignKind.public:
        await _judge_public(session, campaign, day)


async def _judge_public(session: WriteSession, campaign: Campaign, day: date) -> None:
    if regimes.at(day) is None or day < campaign.starts_on or (campaign.ends_on and day > campaign.ends_on):
        raise OutsideFiledPeriod(starts_on=campaign.starts_on, ends_on=campaign.ends_on)
    await certificates.must_hold(session, campaign.organization_id, day)
    if campaign.emergency_id is not None:
        emergency = await emergencies.get(session, campaign.emergency_id)
        if emergency.closed_on is not None and emergency.closed_on < day:
            raise EmergencyClosed(closed_on=emergency.closed_on)
    # With a filed plan they were bound before it was submitted; in an emergency they are asked for here.
    await partners.must_be_bound(session, campaign)
    plan = await _plan(session, campaign)
    if plan is None:
        return
    pages = {page.platform_id for page in await plans.platforms(session, plan)}
    await standings.must_be_designated(session, pages, day)
    if plan.offsite and not await places.of(session, campaign):
        raise PlaceNotFiled(article="公开募捐管理办法 第十四条")


async def _plan(session: WriteSession, campaign: Campaign) -> FundraisingPlan | None:
    """Return the filed plan; in an emergency it may be filed afterwards, and need not be there yet."""
    try:
        plan = await plans.of(session, campaign, lock=True)
    except PlanNotFound:
        plan = None
    filed = plan is not None and plan.state is PlanState.filed
    if not filed and campaign.emergency_id is None:
        raise PlanNotFiled(article="慈善法 第二十四条")
    return plan
