"""Fundraising plans over HTTP: written, answered for, submitted, filed, changed."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response

from app.fundraising import campaigns
from app.fundraising import errors as fundraising
from app.fundraising.filings import checks, errors, partners, places, plans, submissions
from app.fundraising.legal import errors as legal
from app.fundraising.models import Campaign, FundraisingPlan, PlanReview
from app.fundraising.schemas.filings.forms import PlanFormOut
from app.fundraising.schemas.filings.plans import FilingIn, PlanIn, PlanOut, PlanReturnIn, SubmissionIn
from app.fundraising.schemas.filings.reviews import CheckOut, ChecksOut, ReviewIn, ReviewOut
from app.kit.database import Reading, ReadSession, Writing
from app.kit.errors import VersionNotStated, VersionStale
from app.kit.http import problems, versions
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.versions import IfMatch
from app.organizations import organizations
from app.organizations.access import Asking, Permission
from app.organizations.signin import may

router = APIRouter(
    prefix="/v1/fundraising/campaigns/{campaign_id}/plan", tags=["plans"], route_class=IdempotentRoute
)

Reader = Annotated[Asking, may(Permission.campaigns_read)]
Changer = Annotated[Asking, may(Permission.campaigns_change)]
Reviewer = Annotated[Asking, may(Permission.plans_review)]
_MADE_OF = (errors.AccountNotOwn, errors.ResponsibleNotFullTime)
_JUDGED = (
    *(errors.PlanIncomplete, errors.PlanTooLong, *_MADE_OF, errors.BeneficiaryNamed, errors.DecisionMissing),
    *(errors.PageTitleDiffers, errors.ReviewIncomplete, errors.CertificateMissing, errors.FiledTooLate),
    *(errors.PlatformNotDesignated, errors.PlanNotOurs, errors.FilingDateWrong, errors.PlanNotFound),
    *(legal.PartnerNotBound, legal.PartnerPapersMissing),
)


@router.post(
    "",
    operation_id="create_plan",
    summary="Write a fundraising plan",
    status_code=201,
    responses=problems.responses(errors.PlanExists, errors.PlanNotNeeded, *_MADE_OF),
)
async def create_plan(
    session: Writing, caller: Changer, campaign_id: UUID, body: PlanIn, response: Response
) -> PlanOut:
    """Write the plan of a campaign that asks the public; what is still open may follow before submission."""
    campaign = await campaigns.get(session, campaign_id, lock=True)
    caller.must(at=campaign.organization_id)
    plan = await plans.write(session, campaign, body.said(), body.pages() or [], by=caller.label)
    return await shown(session, campaign, plan, response)


@router.get(
    "",
    operation_id="read_plan",
    summary="Read a fundraising plan",
    responses=problems.responses(errors.PlanNotFound),
)
async def read_plan(session: Reading, caller: Reader, campaign_id: UUID, response: Response) -> PlanOut:
    """Read a campaign's plan: how far it has come, and by when it must be with the authority."""
    campaign, plan = await _found(session, caller, campaign_id)
    return await shown(session, campaign, plan, response)


@router.patch(
    "",
    operation_id="change_plan",
    summary="Rewrite a fundraising plan",
    responses=problems.responses(errors.PlanNotOurs, *_MADE_OF, VersionNotStated, VersionStale),
)
async def change_plan(
    session: Writing,
    caller: Changer,
    campaign_id: UUID,
    body: PlanIn,
    response: Response,
    if_match: IfMatch = None,
) -> PlanOut:
    """Rewrite a plan that the authority does not have; reviewers answer for the new version anew."""
    campaign, plan = await _found(session, caller, campaign_id, lock=True)
    versions.expect(if_match, plan.version)
    await plans.rewrite(session, plan, body.said(), body.pages(), by=caller.label)
    return await shown(session, campaign, plan, response)


@router.get(
    "/checks",
    operation_id="read_plan_checks",
    summary="Read a plan's checks",
    responses=problems.responses(errors.PlanNotFound),
)
async def read_plan_checks(session: Reading, caller: Reader, campaign_id: UUID) -> ChecksOut:
    """Read how every check of a plan stands: what a machine decided, and what a reviewer has to answer."""
    campaign, plan = await _found(session, caller, campaign_id)
    case = await plans.case(session, campaign, plan)
    found = checks.findings(case, await plans.reviews(session, plan))
    return ChecksOut(checks=[CheckOut.of(finding) for finding in found])


@router.get(
    "/form",
    operation_id="read_plan_form",
    summary="Read a plan as the filing form",
    responses=problems.responses(errors.PlanNotFound),
)
async def read_plan_form(session: Reading, caller: Reader, campaign_id: UUID) -> PlanFormOut:
    """Read a plan in the seventeen fields of the authority's form, to be copied there."""
    campaign, plan = await _found(session, caller, campaign_id)
    found = await places.of(session, campaign)
    return PlanFormOut.of(campaign, plan, found, await partners.of(session, campaign))


@router.post(
    "/reviews",
    operation_id="review_plan",
    summary="Answer for a plan",
    status_code=201,
    response_model=ReviewOut,
    responses=problems.responses(errors.PlanNotOurs, errors.ReviewedOwnPlan, errors.QuestionAnswered),
)
async def review_plan(session: Writing, caller: Reviewer, campaign_id: UUID, body: ReviewIn) -> PlanReview:
    """Answer, by name and with a reason, what a machine can't decide about the plan as it now is."""
    _, plan = await _found(session, caller, campaign_id, lock=True)
    return await plans.answer(
        session,
        plan,
        body.question,
        agreed=body.agreed,
        reason=body.reason,
        reviewer=(caller.id, caller.label),
    )


@router.post(
    "/submission",
    operation_id="submit_plan",
    summary="Record a plan's submission",
    responses=problems.responses(*_JUDGED),
)
async def submit_plan(
    session: Writing, caller: Changer, campaign_id: UUID, body: SubmissionIn, response: Response
) -> PlanOut:
    """Record that a plan went to the authority; refused, with the article, while the law asks for more."""
    campaign, plan = await _found(session, caller, campaign_id, lock=True)
    await submissions.submit(session, campaign, plan, on=body.submitted_on)
    return await shown(session, campaign, plan, response)


@router.post(
    "/return",
    operation_id="return_plan",
    summary="Record a plan's return",
    responses=problems.responses(errors.PlanNotSubmitted, errors.FilingDateWrong),
)
async def return_plan(
    session: Writing, caller: Changer, campaign_id: UUID, body: PlanReturnIn, response: Response
) -> PlanOut:
    """Record that the authority found a plan incomplete: complete it, or let it be, within five days."""
    campaign, plan = await _found(session, caller, campaign_id, lock=True)
    await submissions.send_back(session, plan, on=body.returned_on, reason=body.reason)
    return await shown(session, campaign, plan, response)


@router.post(
    "/filing",
    operation_id="record_filing",
    summary="Record a filing number",
    responses=problems.responses(
        *(errors.PlanNotSubmitted, errors.FilingDateWrong, errors.FilingNumberMalformed),
        *(errors.FilingNumberOfAnother, fundraising.CampaignCodeTaken),
    ),
)
async def record_filing(
    session: Writing, caller: Changer, campaign_id: UUID, body: FilingIn, response: Response
) -> PlanOut:
    """Record the number under which the authority filed a plan; from then on the campaign may open."""
    campaign, plan = await _found(session, caller, campaign_id, lock=True)
    organization = await organizations.get(session, campaign.organization_id)
    await submissions.file(session, organization, campaign, plan, number=body.filing_no, on=body.filed_on)
    return await shown(session, campaign, plan, response)


async def _found(
    session: ReadSession, caller: Asking, campaign_id: UUID, *, lock: bool = False
) -> tuple[Campaign, FundraisingPlan]:
    """Return a campaign where the caller may act, and its plan."""
    campaign = await campaigns.get(session, campaign_id, lock=lock)
    caller.must(at=campaign.organization_id)
    return campaign, await plans.of(session, campaign, lock=lock)


async def shown(
    session: ReadSession, campaign: Campaign, plan: FundraisingPlan, response: Response
) -> PlanOut:
    """Return a plan with the version that a change of it must name."""
    response.headers["ETag"] = versions.etag(plan.version)
    return PlanOut.of(campaign, plan, await plans.platforms(session, plan))
