"""Checks: what the law wants of a plan; what a machine decides, and what it asks a person.

The nine of article 10(2) of the Measures for Public Fundraising keep their numbers. What the machine decides
is refused with its article; what it can't is a question to a named reviewer.
"""

import enum
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.accounting.models import Channel, ChannelKind
from app.fundraising.filings.errors import (
    AccountNotOwn,
    BeneficiaryNamed,
    DecisionMissing,
    PageTitleDiffers,
    PlanIncomplete,
    PlanTooLong,
    ResponsibleNotFullTime,
)
from app.fundraising.filings.regimes import Regime
from app.fundraising.models import Campaign, FundraisingPlan, PlanPlatform, PlanQuestion, PlanReview
from app.kit.calendars import terms
from app.kit.errors import Refusal
from app.organizations.models import Staff

RESIDENT_ID = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
MEASURES_10 = "公开募捐管理办法 第十条"


class CheckName(enum.StrEnum):
    """What a machine checks of a plan."""

    required_fields = "required_fields"
    duration = "duration"
    responsible = "responsible"
    own_account = "own_account"
    nobody_specific = "nobody_specific"
    page_titles = "page_titles"
    decision = "decision"


class CheckVerdict(enum.StrEnum):
    """How a check stands: a machine says met or not met, a person agrees, denies, or has not answered."""

    met = "met"
    not_met = "not_met"
    asked = "asked"
    agreed = "agreed"
    denied = "denied"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A plan with everything that its checks look at."""

    campaign: Campaign
    plan: FundraisingPlan
    regime: Regime
    responsible: Staff | None
    account: Channel | None
    platforms: list[PlanPlatform]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One check: its number among the nine (None: beside them), its article, how sure its text is to us."""

    number: int | None
    article: str
    mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """How one check of a plan stands; `refusal` is what a submission would be refused with."""

    name: CheckName | PlanQuestion
    rule: Rule
    verdict: CheckVerdict
    refusal: Refusal | None = None
    review: PlanReview | None = None


REQUIRED = (
    *("use_of_money", "use_plan", "support_project", "area", "ways", "receiving_methods", "responsible_id"),
    *("office_address", "contact", "bank_channel_id", "beneficiary_scope", "beneficiary_count"),
    *("beneficiary_selection", "grants_note", "staff_cost_note", "management_cost_note"),
    *("fundraising_cost", "remainder"),
)
REQUIRED_OF_CAMPAIGN = ("title", "purpose", "starts_on", "ends_on", "target_minor")


def required_fields(case: Case) -> Refusal | None:
    """Want every field of Charity Law 24 and Measures 10(1)."""
    missing = [name for name in REQUIRED if not getattr(case.plan, name)]
    missing += [name for name in REQUIRED_OF_CAMPAIGN if not getattr(case.campaign, name)]
    return PlanIncomplete(missing=missing, article="慈善法 第二十四条") if missing else None


def duration(case: Case) -> Refusal | None:
    """Let a campaign last three years at most, one in an emergency (Measures 10(2)2)."""
    emergency, ends_on = case.campaign.emergency_id is not None, case.campaign.ends_on
    years = case.regime.emergency_years_max if emergency else case.regime.years_max
    if ends_on is None or ends_on < terms.years_after(case.campaign.starts_on, years):
        return None
    return PlanTooLong(years_max=years, article=MEASURES_10)


def responsible(case: Case) -> Refusal | None:
    """Want a person in charge who works full time for the organization itself (Measures 10(2)3)."""
    person = case.responsible
    if (
        person is not None
        and person.organization_id == case.plan.organization_id
        and person.disabled_at is None
        and case.plan.responsible_full_time
    ):
        return None
    return ResponsibleNotFullTime(article=MEASURES_10)


def own_account(case: Case) -> Refusal | None:
    """Want the organization's own bank account, one that plans may name (Charity Law 24, Measures 10(2)4)."""
    account = case.account
    if (
        account is not None
        and account.kind is ChannelKind.bank
        and account.in_plans
        and not account.closed_at
    ):
        return None
    return AccountNotOwn(channel=case.plan.bank_channel_id, article=MEASURES_10)


def nobody_specific(case: Case) -> Refusal | None:
    """Refuse what is raised for one person, or names one by an identity number (Measures 10(2)6)."""
    alone = case.plan.beneficiary_count == 1
    named = any(RESIDENT_ID.search(text) for text in (case.plan.beneficiary_scope, case.campaign.purpose))
    return BeneficiaryNamed(article=MEASURES_10) if alone or named else None


def page_titles(case: Case) -> Refusal | None:
    """Want the filed title on every platform's page (Charity Law 27, Measures 17)."""
    others = [one.platform_id for one in case.platforms if one.page_title != case.campaign.title]
    return PageTitleDiffers(platforms=others, article="公开募捐管理办法 第十七条") if others else None


def decision(case: Case) -> Refusal | None:
    """Want the internal decision that the legal representative agreed to (Measures 15)."""
    plan = case.plan
    if plan.decided_on is not None and plan.decided_by and plan.legal_representative_agreed:
        return None
    return DecisionMissing(article="公开募捐管理办法 第十五条")


MACHINE: Mapping[CheckName, tuple[Rule, Callable[[Case], Refusal | None]]] = {
    CheckName.required_fields: (Rule(number=None, article="慈善法 第二十四条", mark="A"), required_fields),
    CheckName.duration: (Rule(number=2, article=MEASURES_10, mark="A1"), duration),
    CheckName.responsible: (Rule(number=3, article=MEASURES_10, mark="A1"), responsible),
    CheckName.own_account: (Rule(number=4, article=MEASURES_10, mark="A1"), own_account),
    CheckName.nobody_specific: (Rule(number=6, article=MEASURES_10, mark="A1"), nobody_specific),
    CheckName.page_titles: (
        Rule(number=None, article="公开募捐管理办法 第十七条", mark="A1"),
        page_titles,
    ),
    CheckName.decision: (Rule(number=None, article="公开募捐管理办法 第十五条", mark="A1"), decision),
}
QUESTIONS: Mapping[PlanQuestion, Rule] = {
    PlanQuestion.purpose_within_charter: Rule(number=1, article=MEASURES_10, mark="A1"),
    PlanQuestion.capacity: Rule(number=5, article=MEASURES_10, mark="A1"),
    PlanQuestion.nobody_in_particular: Rule(number=6, article=MEASURES_10, mark="A1"),
    PlanQuestion.need: Rule(number=7, article=MEASURES_10, mark="A1"),
    PlanQuestion.cost_minimal: Rule(number=8, article=MEASURES_10, mark="A1"),
    PlanQuestion.remainder: Rule(number=9, article=MEASURES_10, mark="A1"),
}


def findings(case: Case, reviews: list[PlanReview]) -> list[Finding]:
    """Return how every check of a plan stands; `reviews` are those of its present version."""
    found: list[Finding] = []
    for name, (rule, check) in MACHINE.items():
        refusal = check(case)
        verdict = CheckVerdict.met if refusal is None else CheckVerdict.not_met
        found.append(Finding(name=name, rule=rule, verdict=verdict, refusal=refusal))
    answered = {review.question: review for review in reviews}
    for question, rule in QUESTIONS.items():
        review = answered.get(question)
        verdict = (
            CheckVerdict.asked
            if review is None
            else (CheckVerdict.agreed if review.agreed else CheckVerdict.denied)
        )
        found.append(Finding(name=question, rule=rule, verdict=verdict, review=review))
    return found
