"""Forms: for each kind of publication what it is about, by which rules, and what fills their items."""

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.disclosure.models import PublicationKind
from app.disclosure.publications.asked import Asked, Write
from app.disclosure.publications.contents import Said
from app.disclosure.publications.sections import (
    campaigns,
    dealings,
    figures,
    funding,
    governance,
    notes,
    organizations,
    partners,
    projects,
    ratios,
    reached,
    reports,
    vouchers,
    years,
)
from app.disclosure.publications.subjects import ThingKind
from app.disclosure.rules.law import Who
from app.kit.database import ReadSession

K = PublicationKind


class Span(enum.StrEnum):
    """Which days a kind is about: since its subject began, since it was told of, all of it, or a year."""

    so_far = "so_far"
    since_last = "since_last"
    whole = "whole"
    year = "year"


@dataclass(frozen=True, slots=True, kw_only=True)
class More:
    """A section for which no rule asks by name; with nothing to tell it is a gap of `who`, or of all."""

    code: str
    title_zh: str
    title: str
    write: Write
    who: frozenset[Who] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """How a kind of publication is made. The rules' own items, in their order, are its sections.

    What no function fills yet is published as missing: a new source is one more line here.
    """

    title_zh: str
    title: str
    thing: ThingKind
    span: Span
    rules: tuple[str, ...]
    head: tuple[str, str, Write] | None = None
    items: Mapping[str, Write] = field(default_factory=dict[str, Write])
    more: tuple[More, ...] = ()


_CAMPAIGN = ("募捐活动基本情况", "The campaign", campaigns.head)
_MONEY = {
    "raised": campaigns.raised,
    "used": campaigns.used,
    "unspent_plan": campaigns.unspent,
    "partner_supervision": partners.of_campaign,
}

_PROJECT = {
    "project_name": projects.name,
    "project_content": projects.content,
    "project_time": projects.time,
    "project_place": projects.place,
    "project_beneficiaries": projects.beneficiaries,
    "project_income": funding.income,
    "project_expenditure": projects.expenditure,
    "raised_used": funding.raised_used,
    "project_executor": projects.executors,
    "remainder_amount": projects.remainder,
    "remainder_project": projects.remainder_use,
}
_ORGANIZATION = ("机构登记信息", "The organization", organizations.head)


async def _staff(session: ReadSession, asked: Asked) -> Sequence[Said]:
    """Tell what the books say that staff earned, and what was recorded of them for the year."""
    return [*await years.pay(session, asked), *await governance.staff(session, asked)]


_YEAR = {
    "donations_received": years.donations,
    "property_use": years.property_use,
    "project_implementation": years.projects,
    "fundraising_cost": years.fundraising_cost,
    "spending_ratios": ratios.of_year,
    "staff_pay": _staff,
    "highest_paid": governance.highest_paid,
    "standards": governance.standards,
    "foreign_cooperation": reports.foreign_cooperation,
    "audit_report": reports.audit,
    "statements": years.three_statements,
    "statement_notes": notes.of_statements,
}

_FIGURES = More(code="figures", title_zh="年度主要数据", title="Figures of the year", write=figures.of_year)
_AUDIT = More(
    code="audit_report",
    title_zh="审计报告",
    title="Audit report",
    write=reports.audit,
    who=frozenset({Who.qualified, Who.foundation}),
)

FORMS: Mapping[PublicationKind, Form] = {
    K.campaign_progress: Form(
        title_zh="公开募捐活动进展情况",
        title="Progress of a public fundraising campaign",
        thing=ThingKind.campaign,
        span=Span.so_far,
        rules=("OB-B5",),
        head=_CAMPAIGN,
        items=_MONEY,
    ),
    K.campaign_final: Form(
        title_zh="公开募捐活动结束情况",
        title="Full account of a public fundraising campaign after its end",
        thing=ThingKind.campaign,
        span=Span.whole,
        rules=("OB-B6",),
        head=_CAMPAIGN,
        items=_MONEY,
    ),
    K.emergency_receipts: Form(
        title_zh="突发事件募捐款物接收使用情况",
        title="Receipts and uses in an emergency",
        thing=ThingKind.campaign,
        span=Span.since_last,
        rules=("OB-C1",),
        head=_CAMPAIGN,
        items=_MONEY,
    ),
    K.project_progress: Form(
        title_zh="慈善项目进展情况",
        title="Progress of a charitable project",
        thing=ThingKind.project,
        span=Span.so_far,
        rules=("OB-B8-progress",),
        items=_PROJECT,
    ),
    K.project_final: Form(
        title_zh="慈善项目结束情况",
        title="Full account of a charitable project after its end",
        thing=ThingKind.project,
        span=Span.whole,
        rules=("OB-B8-final", "OB-B10"),
        items=_PROJECT,
    ),
    K.annual_work_report: Form(
        title_zh="年度工作报告",
        title="Annual work report",
        thing=ThingKind.organization,
        span=Span.year,
        # Whoever may not ask the public tells of its major projects within the same report (OB-B9).
        rules=("OB-B4", "OB-B3", "OB-B9"),
        head=_ORGANIZATION,
        items=_YEAR,
        more=(_FIGURES,),
    ),
    K.annual_financial_report: Form(
        title_zh="年度财务会计报告",
        title="Annual financial report",
        thing=ThingKind.organization,
        span=Span.year,
        rules=("OB-B4b",),
        head=_ORGANIZATION,
        items=_YEAR,
        more=(_AUDIT,),
    ),
    K.major_event: Form(
        title_zh="重大资产变动、投资、交易或者资金往来",
        title="Major change of assets, investment, transaction or movement of money",
        thing=ThingKind.voucher,
        span=Span.whole,
        rules=("OB-B11",),
        head=_ORGANIZATION,
        items={"event_amount": vouchers.event},
    ),
    K.related_party_event: Form(
        title_zh="与重要关联方的往来",
        title="Dealing with an important related party",
        thing=ThingKind.related_party_event,
        span=Span.whole,
        rules=("OB-B12",),
        head=_ORGANIZATION,
        items={"event_amount": dealings.dealing},
    ),
    K.related_parties: Form(
        title_zh="关联方清单",
        title="Related parties",
        thing=ThingKind.organization,
        span=Span.year,
        rules=("OB-B13",),
        head=_ORGANIZATION,
        items={"related_parties": governance.related_of_year},
    ),
    K.basic_information: Form(
        title_zh="机构基本信息",
        title="Basic information",
        thing=ThingKind.organization,
        span=Span.so_far,
        # A change is published by telling all of it anew.
        rules=("OB-B2", "OB-B2-change"),
        head=_ORGANIZATION,
        items={
            "charter": governance.charter,
            "bodies": governance.bodies,
            "units": reached.units,
            "related_parties": governance.related_now,
            "contact": reached.contact,
            "systems": reached.systems,
            "changed_information": organizations.changes,
        },
    ),
}
"""Every kind, with what fills it."""
