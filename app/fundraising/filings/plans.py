"""Plans: what is to be filed for a campaign, written and answered for before the authority sees it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select

from app.accounting.models import Channel
from app.fundraising.filings import checks, regimes
from app.fundraising.filings.checks import Case
from app.fundraising.filings.errors import (
    AccountNotOwn,
    PlanExists,
    PlanNotFound,
    PlanNotNeeded,
    PlanNotOurs,
    QuestionAnswered,
    ResponsibleNotFullTime,
    ReviewedOwnPlan,
)
from app.fundraising.models import (
    Campaign,
    CampaignKind,
    FundraisingPlan,
    PlanPlatform,
    PlanQuestion,
    PlanReview,
    PlanState,
)
from app.kit import constraints
from app.kit.clock import today
from app.kit.database import ReadSession, WriteSession
from app.kit.errors import Refusal
from app.organizations.errors import OutOfSight
from app.organizations.models import Staff


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A platform that a plan names, with the title under which its page will stand there."""

    platform_id: UUID
    page_title: str
    external_id: str | None = None


async def write(
    session: WriteSession, campaign: Campaign, said: Mapping[str, Any], pages: Sequence[Page], *, by: str
) -> FundraisingPlan:
    """Write the plan of a campaign that asks the public: one plan, one filing, one campaign (Measures 12)."""
    if campaign.kind is not CampaignKind.public:
        raise PlanNotNeeded(kind=campaign.kind)
    plan = FundraisingPlan(
        campaign_id=campaign.id, organization_id=campaign.organization_id, prepared_by=by, **said
    )
    async with constraints.told(session, _refusals()):
        session.add(plan)
    await _name_pages(session, plan, pages)
    return plan


async def rewrite(
    session: WriteSession,
    plan: FundraisingPlan,
    said: Mapping[str, Any],
    pages: Sequence[Page] | None,
    *,
    by: str,
) -> None:
    """Change a plan that the authority does not have; answers about the version before no longer count."""
    if plan.state in {PlanState.submitted, PlanState.filed}:
        raise PlanNotOurs(state=plan.state)
    async with constraints.told(session, _refusals()):
        for name, value in said.items():
            setattr(plan, name, value)
        plan.prepared_by = by
        plan.version += 1
    if pages is not None:
        await rename_pages(session, plan, pages)


def _refusals() -> dict[str, Refusal]:
    # That an account is another organization's is for the composite key to say.
    return {
        "fundraising_plans_campaign_id_key": PlanExists(),
        "fundraising_plans_account_fkey": AccountNotOwn(article=checks.MEASURES_10),
        "fundraising_plans_responsible_id_fkey": ResponsibleNotFullTime(article=checks.MEASURES_10),
    }


async def rename_pages(session: WriteSession, plan: FundraisingPlan, pages: Sequence[Page]) -> None:
    """Let a plan name these platforms, and no others."""
    await session.execute(delete(PlanPlatform).where(PlanPlatform.plan_id == plan.id))
    await _name_pages(session, plan, pages)


async def pages(session: ReadSession, plan: FundraisingPlan) -> list[Page]:
    """Return the platforms that a plan names, as they are told, by their ids."""
    return [
        Page(platform_id=one.platform_id, page_title=one.page_title, external_id=one.external_id)
        for one in await platforms(session, plan)
    ]


async def _name_pages(session: WriteSession, plan: FundraisingPlan, pages: Sequence[Page]) -> None:
    async with constraints.told(session, {"plan_platforms_platform_id_fkey": OutOfSight()}):
        for page in pages:
            named = PlanPlatform(
                plan_id=plan.id,
                platform_id=page.platform_id,
                page_title=page.page_title,
                external_id=page.external_id,
            )
            session.add(named)


async def of(session: ReadSession, campaign: Campaign, *, lock: bool = False) -> FundraisingPlan:
    """Return a campaign's plan, or refuse; with `lock` nobody else changes it until the transaction ends."""
    query = select(FundraisingPlan).where(FundraisingPlan.campaign_id == campaign.id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    plan = await session.scalar(query)
    if plan is None:
        raise PlanNotFound(campaign=campaign.id)
    return plan


async def platforms(session: ReadSession, plan: FundraisingPlan) -> Sequence[PlanPlatform]:
    """Return the platforms that a plan names."""
    query = select(PlanPlatform).where(PlanPlatform.plan_id == plan.id)
    return (await session.scalars(query.order_by(PlanPlatform.platform_id))).all()


async def reviews(session: ReadSession, plan: FundraisingPlan) -> list[PlanReview]:
    """Return the answers about the present version of a plan."""
    query = select(PlanReview).filter_by(plan_id=plan.id, plan_version=plan.version)
    return list(await session.scalars(query.order_by(PlanReview.id)))


async def case(session: ReadSession, campaign: Campaign, plan: FundraisingPlan) -> Case:
    """Return a plan with everything that its checks look at."""
    responsible = plan.responsible_id and await session.get(Staff, plan.responsible_id)
    account = plan.bank_channel_id and await session.get(Channel, plan.bank_channel_id)
    return Case(
        campaign=campaign,
        plan=plan,
        regime=regimes.now_or_first(plan.submitted_on or today()),
        responsible=responsible or None,
        account=account or None,
        platforms=list(await platforms(session, plan)),
    )


async def answer(
    session: WriteSession,
    plan: FundraisingPlan,
    question: PlanQuestion,
    *,
    agreed: bool,
    reason: str,
    reviewer: tuple[UUID, str],
) -> PlanReview:
    """Answer one question about a plan as it now is, by name; whoever wrote it last can't."""
    if plan.state in {PlanState.submitted, PlanState.filed}:
        raise PlanNotOurs(state=plan.state)
    review = PlanReview(
        plan_id=plan.id,
        plan_version=plan.version,
        question=question,
        agreed=agreed,
        reason=reason,
        reviewer_id=reviewer[0],
        reviewed_by=reviewer[1],
        prepared_by=plan.prepared_by,
    )
    refusals = {
        "plan_reviews_plan_id_plan_version_question_key": QuestionAnswered(question=question),
        "plan_reviews_reviewer_check": ReviewedOwnPlan(),
    }
    async with constraints.told(session, refusals):
        session.add(review)
    return review
