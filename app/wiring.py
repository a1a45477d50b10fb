"""Wiring: what features hand down to the layers below them, which know nothing of them."""

from collections.abc import Mapping

from app.accounting import belongings as book_belongings
from app.accounting import tasks as bank_tasks
from app.accounting import waiting as book_tasks
from app.accounting.bank import proposals
from app.accounting.books import charts
from app.accounting.months import checklist
from app.accounting.netassets import coverage
from app.accounting.netassets.coverage import DuePayer
from app.accounting.schemas import labels as accounting
from app.accounting.schemas.vouchers import labels as vouchers
from app.accounting.vouchers import documents, payments
from app.audit import labels as audit
from app.audit import packs
from app.disclosure.assessments import assessments
from app.disclosure.complaints import waiting as complaint_tasks
from app.disclosure.events import events
from app.disclosure.governance import alerts, audits, charters, systems, terms
from app.disclosure.governance import registers as expense_standards
from app.disclosure.governance.sittings import meetings
from app.disclosure.governance.years import reports as annual_audits
from app.disclosure.honours import ambassadors
from app.disclosure.notes import notes
from app.disclosure.obligations import reminders, steps
from app.disclosure.schemas import labels as disclosure
from app.disclosure.schemas.assessments import labels as assessing
from app.disclosure.schemas.complaints import labels as complaints
from app.disclosure.schemas.events import labels as public_events
from app.disclosure.schemas.figures import labels as figures
from app.disclosure.schemas.governance import labels as governance
from app.disclosure.schemas.honours import labels as honours
from app.disclosure.schemas.naming import labels as naming
from app.disclosure.schemas.notes import labels as statement_notes
from app.disclosure.schemas.obligations import labels as obligations
from app.disclosure.schemas.publications import labels as publications
from app.disclosure.schemas.retention import labels as retention
from app.fundraising import campaigns, disputes, refunds, suspense
from app.fundraising.banking import bank_gifts
from app.fundraising.care import erasing as donor_erasing
from app.fundraising.care import requests as donor_requests
from app.fundraising.filings import archives
from app.fundraising.filings import waiting as filing_tasks
from app.fundraising.goods import papers as goods_papers
from app.fundraising.goods.asking import requests as goods_requests
from app.fundraising.needs import waiting as need_tasks
from app.fundraising.paying.payables import Provider
from app.fundraising.receipts import queue as receipts
from app.fundraising.schemas import labels as fundraising
from app.fundraising.schemas.donors import labels as donors
from app.fundraising.schemas.filings import labels as filings
from app.fundraising.schemas.goods import labels as goods
from app.fundraising.schemas.legal import labels as legal
from app.fundraising.schemas.ways import labels as ways
from app.fundraising.settling import balances
from app.fundraising.ways import providers
from app.kit import labels
from app.onboarding import arrivals
from app.onboarding import labels as onboarding
from app.organizations import approvals
from app.organizations.access import Permission
from app.organizations.attachments import Readers, by_permission
from app.organizations.desk import belongings, notices, tasks
from app.organizations.schemas import labels as organizations
from app.organizations.signin import Recogniser
from app.projects import decided as projects_decided
from app.projects.aid_cases import verifications as aid_papers
from app.projects.budgets import changes as project_budgets
from app.projects.budgets import leftovers
from app.projects.disbursements import agreements, reaching
from app.projects.lifecycle import proposals as project_proposals
from app.projects.progress import reports as progress_reports
from app.projects.progress import waiting as project_tasks
from app.projects.schemas import labels as projects
from app.projects.schemas import work_labels as project_work
from app.projects.schemas.disbursements import labels as disbursement_labels
from app.projects.schemas.transfers import labels as transfer_labels
from app.projects.sites import milestones
from app.volunteers import waiting as volunteer_tasks
from app.volunteers.recognition import requests
from app.volunteers.registry import stays
from app.volunteers.schemas import labels as volunteers
from app.webhooks import conflicts, erasures
from app.webhooks import labels as webhooks
from app.webhooks.outward import notices as subscription_notices

LABELS = labels.merged(
    (
        *(organizations, accounting, vouchers, fundraising, filings, legal, ways),
        *(volunteers, webhooks, disclosure, publications, figures, audit, onboarding),
        *(obligations, goods, projects, project_work, donors, disbursement_labels, transfer_labels),
        *(complaints, public_events, honours, naming, retention, assessing, governance),
        *(statement_notes,),
    )
)
"""What codes and fields are called, of all features; a new one adds its own."""

RECOGNISERS: Mapping[str, Recogniser] = {stays.KIND: stays.of_claim}
"""Who signs in besides staff, by the kind that their tokens tell."""

# What accounting asks of those above it.
proposals.RECOGNISERS["campaign"] = bank_gifts.recogniser

APPROVAL_KINDS: Mapping[str, approvals.Kind] = {
    payments.KIND: approvals.Kind("Payment by voucher", "凭证付款", payments.ended, moves_money=True),
    coverage.KINDS[DuePayer.fund]: approvals.Kind(
        "Due of a fund, covered by itself", "基金垫付由本基金清偿", coverage.ended, moves_money=True
    ),
    coverage.KINDS[DuePayer.general]: approvals.Kind(
        "Due of a fund, covered by the general fund",
        "基金垫付由一般基金承担",
        coverage.ended,
        moves_money=True,
    ),
    goods_requests.KIND: approvals.Kind(
        "Hand-out of goods", "物资发放", goods_requests.ended, moves_money=True, steps=goods_requests.STEPS
    ),
    donor_erasing.KIND: approvals.Kind("Erasure of a donor", "捐赠人个人信息删除", donor_erasing.ended),
    **projects_decided.KINDS,
    project_proposals.KIND: approvals.Kind("Project", "立项", project_proposals.ended),
    project_budgets.KIND: approvals.Kind(
        "Change of a project's budget", "项目预算变更", project_budgets.ended
    ),
    leftovers.KIND: approvals.Kind("Leftover money of a project", "项目剩余资金处理", leftovers.ended),
}
"""What is decided by approval, and what the end of such a request sets off in the feature that asked."""

TASK_SOURCES: Mapping[str, tasks.Source] = {
    **bank_tasks.SOURCES,
    requests.TASK: requests.waiting,
    **book_tasks.SOURCES,
    **volunteer_tasks.SOURCES,
    **project_tasks.SOURCES,
    "suspense": suspense.waiting,
    "dispute": disputes.waiting,
    conflicts.TASK: conflicts.waiting,
    "refund_pending": refunds.waiting,
    receipts.TASK: receipts.waiting,
    donor_requests.KIND: donor_requests.waiting,
    **filing_tasks.SOURCES,
    **need_tasks.SOURCES,
    **complaint_tasks.SOURCES,
    **terms.SOURCES,
    **meetings.SOURCES,
    ambassadors.TASK: ambassadors.waiting,
    notes.TASK: notes.waiting,
    assessments.TASK: assessments.waiting,
}
"""What waits for people besides approvals: a query per kind (`GET /v1/me/tasks`)."""
NOTICES: Mapping[str, notices.Notice] = {
    **book_tasks.NOTICES,
    **conflicts.NOTICES,
    **subscription_notices.NOTICES,
    **reminders.NOTICES,
    **alerts.NOTICES,
    **complaint_tasks.NOTICES,
    **need_tasks.NOTICES,
}
"""Which events of the features above are told to people, in which words and to whom."""

BELONGINGS: Mapping[str, belongings.Hands] = {**book_belongings.BELONGINGS}
"""What people of the features above have in hand and pass on when they leave, by kind."""

CHART_FOLLOWERS: Mapping[str, charts.Follow] = {"campaigns": campaigns.move_to}
"""What keeps leaf accounts of its own, and moves along when books move to another chart."""


MONTH_CHECKS: Mapping[str, checklist.Check] = {"platforms": balances.CHECK, "transits": arrivals.CHECK}
"""What features above accounting look at before a month closes, by key, each with its weight and reason."""


PAYMENT_PROVIDERS: Mapping[str, Provider] = {"sandbox": providers.sandbox}
"""Who makes payment parameters for orders, by the platform's slug. Only a demo has a platform `sandbox`."""


def handed_down() -> dict[str, object]:
    """Return what every session carries besides the vault: what lower layers set off above them."""
    return {
        approvals.KINDS: APPROVAL_KINDS,
        tasks.SOURCES: TASK_SOURCES,
        notices.NOTICES: NOTICES,
        belongings.BELONGINGS: BELONGINGS,
        charts.FOLLOWERS: CHART_FOLLOWERS,
        checklist.MORE: MONTH_CHECKS,
        packs.SOURCES: AUDIT_PACK_SOURCES,
        packs.DECISIONS: (projects_decided.of_project,),
        providers.PROVIDERS: PAYMENT_PROVIDERS,
        donor_erasing.ERASE: erasures.erase,
    }


AUDIT_PACK_SOURCES: Mapping[str, packs.Source] = {
    "campaigns": archives.of_project,
    "handouts": goods_papers.of_project,
    "milestones": milestones.of_project,
    "agreements": agreements.of_project,
    "disbursements": reaching.of_project,
    "reports": progress_reports.of_project,
}
"""Which files features add to a project's audit pack (agreements, receipts, photos), by folder."""

ATTACHMENT_READERS: Readers = {
    documents.KIND: documents.may_read,
    archives.KIND: by_permission(Permission.campaigns_read, personal=Permission.donors_read),
    **goods_papers.READERS,
    aid_papers.KIND: aid_papers.may_read,
    donor_requests.KIND: by_permission(Permission.donors_read, personal=Permission.donors_read),
    **projects_decided.READERS,
    milestones.OWNER: by_permission(Permission.projects_read),
    progress_reports.OWNER: by_permission(Permission.projects_read),
    steps.KIND: by_permission(Permission.publications_read),
    events.MATERIAL: by_permission(Permission.publications_read),
    assessments.KIND: by_permission(Permission.publications_read),
    charters.KIND: by_permission(Permission.publications_read),
    audits.KIND: by_permission(Permission.governance_read),
    meetings.KIND: by_permission(Permission.governance_read),
    systems.KIND: by_permission(Permission.publications_read),
    annual_audits.KIND: by_permission(Permission.governance_read),
    expense_standards.KIND: by_permission(Permission.publications_read),
}
"""Who may read the files of what they belong to, by the kind of owner (`attachments.by_permission`)."""
