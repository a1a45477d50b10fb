"""The demo's filings: certificates, plans that went the whole way, a partner, an emergency and a trust.

The filing numbers are those of nobody: a credit code cannot read like theirs.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from app.accounting.models import Channel
from app.fundraising.filings import (
    certificates,
    emergencies,
    partners,
    plans,
    standings,
    submissions,
)
from app.fundraising.filings.partners import AgreementClause, EvaluationSection
from app.fundraising.filings.plans import Page
from app.fundraising.legal import trusts
from app.fundraising.legal.trusts import Trustee
from app.fundraising.models import (
    Campaign,
    CampaignPartner,
    CharitableTrust,
    DonorKind,
    Emergency,
    FundraisingCertificate,
    FundraisingPlan,
    PlanQuestion,
    PlatformStanding,
    PublicWay,
    StandingKind,
    Supervision,
    SupervisionKind,
    TrusteeKind,
    TrustRole,
)
from app.kit.clock import today
from app.kit.database import WriteSession
from app.organizations import people
from app.organizations.models import Organization, Platform

ACTOR = "demo"
PARTNER = "某县志愿服务中心（演示）"


@dataclass(frozen=True, slots=True)
class Office:
    """Who answers for an organization's plans, and what they name."""

    organization: Organization
    responsible: UUID
    reviewer: UUID
    account: Channel
    platform: Platform | None


async def designate(session: WriteSession, platform: Platform) -> None:
    """Let the sandbox platform stand as designated."""
    standing = PlatformStanding(
        platform_id=platform.id,
        kind=StandingKind.designated,
        valid_from=date(2021, 11, 15),
        batch="演示批次",
        actor=ACTOR,
    )
    await standings.record(session, standing)


async def open_office(
    session: WriteSession, organization: Organization, account: Channel, platform: Platform | None
) -> Office:
    """Give an organization its certificate and the two people whom its plans take."""
    certificate = FundraisingCertificate(
        organization_id=organization.id,
        number=f"演示证{organization.code}",
        authority="演示民政部门",
        issued_on=date(2018, 1, 10),
        recorded_by=ACTOR,
    )
    await certificates.record(session, certificate)
    who = [
        await people.create(session, organization, username=f"{work}.{organization.code}", name=name)
        for work, name in (("campaigns", "演示活动负责人"), ("plans", "演示方案复核人"))
    ]
    return Office(organization, who[0].id, who[1].id, account, platform)


async def file(session: WriteSession, office: Office, campaign: Campaign, serial: int) -> None:
    """Write, answer, submit and file a campaign's plan: in time before its start, in an emergency after."""
    emergency = campaign.emergency_id is not None
    submitted_on = campaign.starts_on + timedelta(days=3 if emergency else -30)
    plan = await _write(session, office, campaign, decided_on=submitted_on - timedelta(days=2))
    for question in PlanQuestion:
        await plans.answer(
            session,
            plan,
            question,
            agreed=True,
            reason="演示数据",
            reviewer=(office.reviewer, f"staff:{office.reviewer}"),
        )
    await submissions.submit(session, campaign, plan, on=submitted_on)
    number = f"{'0' * 14}DEMXA26{serial:03d}"
    filed_on = submitted_on + timedelta(days=5)
    await submissions.file(session, office.organization, campaign, plan, number=number, on=filed_on)


async def _write(
    session: WriteSession, office: Office, campaign: Campaign, *, decided_on: date
) -> FundraisingPlan:
    said = {
        "use_of_money": campaign.purpose,
        "use_plan": "按项目进度分批拨付（演示）",
        "support_project": campaign.title,
        "area": "陕西省",
        "ways": [PublicWay.internet.value],
        "receiving_methods": "互联网平台、银行转账",
        "responsible_id": office.responsible,
        "responsible_full_time": True,
        "office_address": "演示地址",
        "contact": "演示联系方式",
        "bank_channel_id": office.account.id,
        "beneficiary_scope": "符合条件的困难群众",
        "beneficiary_count": 1000,
        "beneficiary_selection": "县级慈善会申报，集体评审（演示）",
        "grants_note": "募得款物的95%以上直接用于受益人",
        "staff_cost_note": "不列支人员报酬",
        "management_cost_note": "不超过3%",
        "fundraising_cost": "平台手续费，据实列支",
        "remainder": "全部用于同类项目，并向社会公开",
        "decided_on": decided_on,
        "decided_by": "理事会",
        "legal_representative_agreed": True,
    }
    pages = [Page(platform_id=office.platform.id, page_title=campaign.title)] if office.platform else []
    return await plans.write(session, campaign, said, pages, by=ACTOR)


async def join(session: WriteSession, campaign: Campaign) -> None:
    """Let a campaign ask together with a partner: evaluated, bound, and inspected once."""
    evaluated_on = campaign.starts_on - timedelta(days=50)
    partner = CampaignPartner(
        campaign_id=campaign.id,
        organization_id=campaign.organization_id,
        kind=DonorKind.organization,
        evaluation={section.value: "符合要求（演示）" for section in EvaluationSection},
        evaluated_on=evaluated_on,
        evaluated_by="理事会",
        name=PARTNER,
    )
    await partners.evaluate(session, campaign, partner, PARTNER)
    clauses = dict.fromkeys(AgreementClause, "按约定执行（演示）")
    await partners.bind(session, campaign, partner, clauses, on=evaluated_on + timedelta(days=5))
    entry = Supervision(
        partner_id=partner.id,
        kind=SupervisionKind.inspection,
        supervised_on=today() - timedelta(days=10),
        finding="宣传内容与备案一致（演示）",
        actor=ACTOR,
    )
    await partners.supervise(session, partner, entry)


async def declare(session: WriteSession, province: Organization, *, opened_on: date) -> Emergency:
    """Record the emergency for which one of the campaigns asks."""
    emergency = Emergency(
        organization_id=province.id,
        code="FLOOD-2026-DEMO",
        title="汉江流域洪涝灾害（演示）",
        response_level="省级三级",
        opened_on=opened_on,
        actor=ACTOR,
    )
    return await emergencies.declare(session, emergency)


async def entrust(session: WriteSession, province: Organization) -> None:
    """Record a charitable trust of which the province's association is the settlor."""
    signed_on = today() - timedelta(days=90)
    trust = CharitableTrust(
        organization_id=province.id,
        code="CT-2026-DEMO",
        title="乡村医护慈善信托（演示）",
        role=TrustRole.settlor,
        purpose="资助乡村医护人员培训",
        beneficiary_scope="不特定的乡村医护人员",
        property_minor=500_000_00,
        signed_on=signed_on,
        settlor_public=True,
        protector="演示律师事务所",
        actor=ACTOR,
    )
    trustee = Trustee(
        name="演示信托公司", kind=TrusteeKind.trust_company, authority="演示民政部门", starts_on=signed_on
    )
    await trusts.establish(session, trust, trustee, settlor=province.name)
    [trusteeship] = await trusts.trustees(session, trust)
    filed_on = signed_on + timedelta(days=5)
    await trusts.file(session, trusteeship, number="演示信托备案-2026-01", on=filed_on)
    await trusts.publish(session, trust, on=signed_on + timedelta(days=20))
