"""Processings: which features process what asks for an assessment first, and which an organization lacks."""

import enum
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnExpressionArgument, Select, select, union_all

from app.disclosure.models import (
    Ambassador,
    Appointment,
    AwardScheme,
    Complaint,
    EventSpeaker,
    ImpactAssessment,
    Nominee,
    Processing,
    PublicEvent,
)
from app.fundraising.models import Donation
from app.kit.database import ReadSession
from app.projects.models import AidCase, BeneficiaryEnrolment, PayeeAccount
from app.volunteers.models import Volunteer


class AssessmentState(enum.StrEnum):
    """Whether what an organization does has its assessment."""

    not_needed = "not_needed"
    missing = "missing"
    unreviewed = "unreviewed"
    in_force = "in_force"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """What a feature processes, and on which ground that asks for an assessment (article 55, items 1 to 5).

    `used` finds whether an organization does so at all.
    """

    title: str
    title_zh: str
    ground: str
    sensitive: bool
    minors: bool
    used: Callable[[UUID], Select[Any]]


def _at(table: type[Any], *more: ColumnExpressionArgument[bool]) -> Callable[[UUID], Select[Any]]:
    return lambda at: select(table.organization_id).where(table.organization_id == at, *more)


def _named_at(at: UUID) -> Select[Any]:
    speakers = (
        select(PublicEvent.organization_id)
        .join(EventSpeaker, EventSpeaker.event_id == PublicEvent.id)
        .where(PublicEvent.organization_id == at, EventSpeaker.consented_at.is_not(None))
    )
    commended = (
        select(AwardScheme.organization_id)
        .join(Nominee, Nominee.commendation_id == AwardScheme.id)
        .where(AwardScheme.organization_id == at, Nominee.consented_on.is_not(None))
    )
    officers, ambassadors = (
        _at(Appointment)(at),
        _at(Ambassador, Ambassador.consented_on.is_not(None))(at),
    )
    found = union_all(officers, ambassadors, speakers, commended).subquery()
    return select(found.c.organization_id)


FEATURES: Mapping[Processing, Feature] = {
    Processing.donor_records: Feature(
        title="Names, accounts and receipts of donors",
        title_zh="捐赠人姓名、账户与票据信息",
        ground="PIPL 28; 55(1)",
        sensitive=True,
        minors=False,
        used=_at(Donation),
    ),
    Processing.donor_publication: Feature(
        title="Publication of donors who agreed to be named",
        title_zh="公示同意具名的捐赠人",
        ground="PIPL 25; 55(3)",
        sensitive=False,
        minors=False,
        used=_at(Donation, Donation.show_name),
    ),
    Processing.beneficiary_records: Feature(
        title="Beneficiaries with their documents and households",
        title_zh="受益人证件与家庭信息",
        ground="PIPL 28, 31; 55(1)",
        sensitive=True,
        minors=True,
        used=_at(BeneficiaryEnrolment),
    ),
    Processing.aid_case_health: Feature(
        title="Health of people who are helped in an illness",
        title_zh="大病救助申请人的医疗健康信息",
        ground="PIPL 28, 31; 55(1)",
        sensitive=True,
        minors=True,
        used=_at(AidCase),
    ),
    Processing.payee_accounts: Feature(
        title="Bank accounts of payees, handed to the bank that pays",
        title_zh="收款人银行账户（提供给付款银行）",
        ground="PIPL 28; 55(1), 55(3)",
        sensitive=True,
        minors=True,
        used=_at(PayeeAccount),
    ),
    Processing.volunteer_records: Feature(
        title="Volunteers with their documents, minors among them",
        title_zh="志愿者证件信息（含未成年人）",
        ground="PIPL 28, 31; 55(1)",
        sensitive=True,
        minors=True,
        used=_at(Volunteer),
    ),
    Processing.complaint_texts: Feature(
        title="What complaints say of people",
        title_zh="投诉举报中涉及的个人信息",
        ground="PIPL 28; 55(1)",
        sensitive=True,
        minors=True,
        used=_at(Complaint),
    ),
    Processing.name_publication: Feature(
        title="Publication of the names of officers, ambassadors, speakers and people commended",
        title_zh="公开负责人、形象大使、活动嘉宾与受表彰个人的姓名",
        ground="PIPL 25; 55(3)",
        sensitive=False,
        minors=False,
        used=_named_at,
    ),
}
"""Every feature that processes sensitive data, data of minors, or publishes names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """A processing at an organization, and whether it has its assessment."""

    processing: Processing
    feature: Feature
    state: AssessmentState
    assessment_id: UUID | None


async def needs(session: ReadSession, organization_id: UUID) -> list[Need]:
    """Return every processing and how it stands at an organization, in the order of the list."""
    found = await session.scalars(
        select(ImpactAssessment).where(
            ImpactAssessment.organization_id == organization_id, ImpactAssessment.superseded_on.is_(None)
        )
    )
    known: dict[Processing, ImpactAssessment] = {}
    for one in found:
        # What was reviewed counts before what waits for its review.
        if one.reviewed_by is not None or one.processing not in known:
            known[one.processing] = one
    return [
        Need(
            processing=processing,
            feature=feature,
            state=await _state(session, feature, organization_id, known.get(processing)),
            assessment_id=known[processing].id if processing in known else None,
        )
        for processing, feature in FEATURES.items()
    ]


async def _state(
    session: ReadSession, feature: Feature, organization_id: UUID, known: ImpactAssessment | None
) -> AssessmentState:
    if known is not None:
        return AssessmentState.in_force if known.reviewed_by else AssessmentState.unreviewed
    used = await session.scalar(feature.used(organization_id).limit(1))
    return AssessmentState.missing if used is not None else AssessmentState.not_needed
