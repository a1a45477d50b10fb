"""Partners: who asks together with a campaign without a certificate of their own (Charity Law 26).

All the money is the lead organization's: a partner has no channel, and a campaign takes gifts through its own
organization's channels only (a composite key of donations says so).
"""

import enum
from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select

from app.fundraising.filings import archives
from app.fundraising.legal.errors import (
    AgreementIncomplete,
    CampaignNotPublic,
    EvaluationIncomplete,
    PartnerNotBound,
    PartnerOfFiledPlan,
    PartnerPapersMissing,
    PartnerStateWrong,
    StepDateWrong,
)
from app.fundraising.models import (
    Campaign,
    CampaignKind,
    CampaignPartner,
    DonorKind,
    FundraisingPlan,
    PartnerState,
    PlanState,
    Supervision,
)
from app.kit import vault
from app.kit.clock import today
from app.kit.database import ReadSession, WriteSession
from app.organizations.errors import OutOfSight

_NAME = "name"
PAPERS = ("partner_identity", "partner_clean_record", "partner_credit_report")


class EvaluationSection(enum.StrEnum):
    """What an evaluation report must speak of (Measures 18(2))."""

    credit = "credit"
    ability = "ability"
    interest_relation = "interest_relation"


class AgreementClause(enum.StrEnum):
    """What an agreement with a partner must settle (Measures 18(3))."""

    campaign_name = "campaign_name"
    purpose = "purpose"
    period = "period"
    method = "method"
    money_plan = "money_plan"
    rights_and_duties = "rights_and_duties"
    liability_and_disputes = "liability_and_disputes"


async def evaluate(session: WriteSession, campaign: Campaign, partner: CampaignPartner, name: str) -> None:
    """Record the evaluation of a partner, before anything is signed; it stands in the plan from then on."""
    if campaign.kind is not CampaignKind.public:
        raise CampaignNotPublic(kind=campaign.kind)
    await _must_be_ours(session, campaign)
    missing = [one for one in EvaluationSection if not partner.evaluation.get(one)]
    if missing:
        raise EvaluationIncomplete(missing=missing, article="公开募捐管理办法 第十八条")
    if partner.evaluated_on > today():
        raise StepDateWrong(day=partner.evaluated_on)
    if partner.kind is DonorKind.organization:
        partner.name = name
    session.add(partner)
    await session.flush()
    if partner.kind is DonorKind.individual:
        await vault.keep(session, partner.id, {_NAME: name})


async def bind(
    session: WriteSession,
    campaign: Campaign,
    partner: CampaignPartner,
    clauses: Mapping[AgreementClause, str],
    *,
    on: date,
) -> None:
    """Record the signed agreement with a partner."""
    await _must_be_ours(session, campaign)
    if partner.state is not PartnerState.evaluated:
        raise PartnerStateWrong(state=partner.state)
    missing = [one for one in AgreementClause if not clauses.get(one)]
    if missing:
        raise AgreementIncomplete(missing=missing, article="公开募捐管理办法 第十八条")
    if not partner.evaluated_on <= on <= today():
        raise StepDateWrong(day=on)
    partner.clauses, partner.signed_on = {one.value: clauses[one] for one in AgreementClause}, on
    partner.state = PartnerState.agreed
    await session.flush()


async def _must_be_ours(session: ReadSession, campaign: Campaign) -> None:
    plan = select(FundraisingPlan.state).where(FundraisingPlan.campaign_id == campaign.id)
    if await session.scalar(plan) in {PlanState.submitted, PlanState.filed}:
        raise PartnerOfFiledPlan(article="慈善法 第二十六条")


async def part(session: WriteSession, partner: CampaignPartner, *, on: date, document: str) -> None:
    """End an agreement, by a document: it can't end otherwise (Measures 18(3))."""
    if partner.state is not PartnerState.agreed or partner.signed_on is None:
        raise PartnerStateWrong(state=partner.state)
    if not partner.signed_on <= on <= today():
        raise StepDateWrong(day=on)
    partner.state, partner.ended_on, partner.ended_by_document = PartnerState.ended, on, document
    await session.flush()


async def supervise(session: WriteSession, partner: CampaignPartner, entry: Supervision) -> Supervision:
    """Add an entry to the supervision log of a partner who is bound (Measures 18(5))."""
    if partner.signed_on is None:
        raise PartnerStateWrong(state=partner.state)
    if not partner.signed_on <= entry.supervised_on <= today():
        raise StepDateWrong(day=entry.supervised_on)
    session.add(entry)
    await session.flush()
    return entry


async def get(
    session: ReadSession, campaign: Campaign, partner_id: UUID, *, lock: bool = False
) -> CampaignPartner:
    """Return a partner of a campaign, or refuse."""
    partner = await session.get(
        CampaignPartner, partner_id, with_for_update=lock or None, populate_existing=lock
    )
    if partner is None or partner.campaign_id != campaign.id:
        raise OutOfSight
    return partner


async def of(session: ReadSession, campaign: Campaign) -> Sequence[CampaignPartner]:
    """Return a campaign's partners in the order in which they were evaluated."""
    query = select(CampaignPartner).where(CampaignPartner.campaign_id == campaign.id)
    return (await session.scalars(query.order_by(CampaignPartner.id))).all()


async def names(session: ReadSession, partners: Sequence[CampaignPartner]) -> dict[UUID, str]:
    """Return the names of partners who are individuals; whoever was erased is absent."""
    people = [one.id for one in partners if one.kind is DonorKind.individual]
    return {key: values[_NAME] for key, values in (await vault.read(session, people, [_NAME])).items()}


async def must_be_bound(session: ReadSession, campaign: Campaign) -> None:
    """Refuse while a partner is evaluated but not bound, or an individual's papers are not in the archive."""
    partners = await of(session, campaign)
    loose = [one.id for one in partners if one.state is PartnerState.evaluated]
    if loose:
        raise PartnerNotBound(partners=loose, article="慈善法 第二十六条")
    people = any(one.kind is DonorKind.individual and one.state is PartnerState.agreed for one in partners)
    if people:
        there = {file.kind for file in await archives.of(session, campaign) if file.deleted_at is None}
        missing = [paper for paper in PAPERS if paper not in there]
        if missing:
            raise PartnerPapersMissing(missing=missing, article="公开募捐管理办法 第十一条")
