"""Forms: for each kind of publication what it is about, by which rules, and what fills their items."""

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from app.disclosure.models import PublicationKind
from app.disclosure.publications.asked import Asked, Write
from app.disclosure.publications.contents import Content, Said, Section
from app.disclosure.publications.sections import (
    campaigns,
    figures,
    governance,
    organizations,
    projects,
    ratios,
    reached,
    vouchers,
    years,
)
from app.disclosure.publications.subjects import ThingKind
from app.disclosure.rules import law
from app.disclosure.rules.law import Rule
from app.kit.database import ReadSession

K = PublicationKind


class Span(enum.StrEnum):
    """Which days a kind is about: since its subject began, since it was told of, all of it, or a year."""

    so_far = "so_far"
    since_last = "since_last"
    whole = "whole"
    year = "year"


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
    more: tuple[tuple[str, str, str, Write], ...] = ()
    """Sections for which no rule asks by name: code, title in Chinese and English, and source."""


_CAMPAIGN = ("募捐活动基本情况", "The campaign", campaigns.head)
_MONEY = {
    "raised": campaigns.raised,
    "used": campaigns.used,
    "unspent_plan": campaigns.unspent,
    "partner_supervision": campaigns.partners,
}

_PROJECT = {
    "project_name": projects.name,
    "project_content": projects.content,
    "project_time": projects.time,
    "project_place": projects.place,
    "project_beneficiaries": projects.beneficiaries,
    "project_income": projects.income,
    "project_expenditure": projects.expenditure,
    "raised_used": projects.raised_used,
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
    "statements": years.three_statements,
}

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
        rules=("OB-B4", "OB-B3"),
        head=_ORGANIZATION,
        items=_YEAR,
        more=(("figures", "年度主要数据", "Figures of the year", figures.of_year),),
    ),
    K.annual_financial_report: Form(
        title_zh="年度财务会计报告",
        title="Annual financial report",
        thing=ThingKind.organization,
        span=Span.year,
        rules=("OB-B4b",),
        head=_ORGANIZATION,
        items=_YEAR,
    ),
    K.major_event: Form(
        title_zh="重大资产变动、投资、交易或者资金往来",
        title="Major change of assets, investment, transaction or movement of money",
        thing=ThingKind.voucher,
        span=Span.whole,
        rules=("OB-B11", "OB-B12"),
        head=_ORGANIZATION,
        items={"event_amount": vouchers.event},
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
        rules=("OB-B2",),
        head=_ORGANIZATION,
        items={
            "charter": governance.charter,
            "bodies": governance.bodies,
            "units": reached.units,
            "related_parties": governance.related_now,
            "contact": reached.contact,
            "systems": reached.systems,
        },
    ),
}
"""Every kind, with what fills it."""


async def compiled(session: ReadSession, asked: Asked) -> Content:
    """Return what a publication says, from the books: the form's items in their order, filled or missing."""
    form = FORMS[asked.kind]
    rules = [_version(rule_id, _judged_on(form, asked)) for rule_id in form.rules]
    sections: list[Section] = []
    if form.head is not None:
        title_zh, title, write = form.head
        sections.append(Section("subject", title_zh, title, await write(session, asked)))
    for item in {item.code: item for rule in rules for item in rule.content}.values():
        source = form.items.get(item.code)
        fields = await source(session, asked) if source else ()
        sections.append(Section(item.code, item.title_zh, item.title, fields))
    for code, title_zh, title, write in form.more:
        sections.append(Section(code, title_zh, title, await write(session, asked)))
    return Content(_named(rules[0]), sections)


def _judged_on(form: Form, asked: Asked) -> date:
    if form.span is Span.year:
        return date(asked.first.year + 1, 1, 1)
    # A clock is set off by the end of what is told of as a whole, and by the beginning of what still goes on;
    # what an organization is, it is by the law of the day.
    now = form.span is Span.whole or form.thing is ThingKind.organization
    return asked.last if now else asked.subject.starts_on


def _version(rule_id: str, day: date) -> Rule:
    known: Sequence[Rule] = [rule for rule in law.RULES if rule.id == rule_id]
    # Before the first text there was no form: then the earliest is the nearest.
    return next((rule for rule in known if rule.holds(day)), known[0])


def _named(rule: Rule) -> dict[str, str]:
    return {
        "rule": rule.id,
        "regulation": rule.regulation.code,
        "regulation_title_zh": rule.regulation.title_zh,
        "regulation_title": rule.regulation.title,
        "article": rule.article,
    }
