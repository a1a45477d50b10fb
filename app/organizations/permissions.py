"""Permissions: the things one may do, and the roles and scopes that allow them."""

import enum
from collections.abc import Mapping

from app.organizations.models import Role, Scope


class Permission(enum.StrEnum):
    """One thing that a role may allow. The names that end in `_read` reach the subtree, the others stay."""

    organizations_read = "organizations_read"
    organizations_create = "organizations_create"
    organizations_change = "organizations_change"
    people_read = "people_read"
    people_change = "people_change"
    grants_read = "grants_read"
    grants_change = "grants_change"
    accesses_read = "accesses_read"
    attachments_add = "attachments_add"
    keys_read = "keys_read"
    keys_change = "keys_change"
    delegations_read = "delegations_read"
    delegations_change = "delegations_change"
    approvals_read = "approvals_read"
    approvals_decide = "approvals_decide"
    policies_change = "policies_change"
    platforms_read = "platforms_read"
    platforms_change = "platforms_change"
    deliveries_read = "deliveries_read"
    deliveries_replay = "deliveries_replay"
    subscriptions_read = "subscriptions_read"
    subscriptions_change = "subscriptions_change"
    channels_read = "channels_read"
    channels_change = "channels_change"
    bank_read = "bank_read"
    bank_record = "bank_record"
    bank_review = "bank_review"
    cash_record = "cash_record"
    books_read = "books_read"
    funds_change = "funds_change"
    vouchers_record = "vouchers_record"
    vouchers_review = "vouchers_review"
    vouchers_post = "vouchers_post"
    payments_execute = "payments_execute"
    openings_record = "openings_record"
    openings_review = "openings_review"
    months_close = "months_close"
    months_confirm = "months_confirm"
    onboarding_take = "onboarding_take"
    campaigns_read = "campaigns_read"
    campaigns_change = "campaigns_change"
    plans_review = "plans_review"
    certificates_record = "certificates_record"
    gifts_read = "gifts_read"
    gifts_record = "gifts_record"
    gifts_correct = "gifts_correct"
    suspense_claim = "suspense_claim"
    refunds_record = "refunds_record"
    receipts_issue = "receipts_issue"
    goods_read = "goods_read"
    goods_record = "goods_record"
    goods_value = "goods_value"
    donors_read = "donors_read"
    donors_change = "donors_change"
    projects_read = "projects_read"
    projects_change = "projects_change"
    projects_review = "projects_review"
    disbursements_request = "disbursements_request"
    disbursements_approve = "disbursements_approve"
    beneficiaries_read = "beneficiaries_read"
    beneficiaries_change = "beneficiaries_change"
    volunteers_read = "volunteers_read"
    volunteers_change = "volunteers_change"
    publications_read = "publications_read"
    publications_change = "publications_change"
    complaints_read = "complaints_read"
    complaints_answer = "complaints_answer"
    governance_read = "governance_read"
    governance_change = "governance_change"
    publications_review = "publications_review"
    notes_record = "notes_record"
    partner_read = "partner_read"
    partner_report = "partner_report"
    visitors_admit = "visitors_admit"

    @property
    def reading(self) -> bool:
        """Whether it only looks, and so reaches the organizations below."""
        return self.value.endswith("_read")


P = Permission

# What everybody at a member sees: that it exists, what it raises and what it does.
_OPEN = {P.organizations_read, P.campaigns_read, P.projects_read, P.publications_read}
# Everything financial, and nothing about a person.
_FINANCIAL = (
    _OPEN
    | {P.books_read, P.channels_read, P.bank_read, P.gifts_read, P.delegations_read}
    | {P.approvals_read, P.goods_read}
)
# Whoever works at a member asks for approvals and decides some: which, the steps of each say.
_APPROVING = {P.approvals_read, P.approvals_decide}
# Whoever looks into complaints: several, so that one is left where it is about the others.
_COMPLAINTS = {P.complaints_read, P.complaints_answer}
# Who makes something to which a file may belong.
_FILING = {P.attachments_add}

ROLE_PERMISSIONS: Mapping[Role, frozenset[Permission]] = {
    Role.admin: frozenset(
        _OPEN
        | {P.organizations_create, P.organizations_change, P.onboarding_take}
        | {P.people_read, P.people_change, P.grants_read, P.grants_change, P.keys_read, P.keys_change}
        | {P.accesses_read, P.plans_review, P.certificates_record, P.projects_review}
        | {P.delegations_read, P.delegations_change, P.policies_change}
        | _APPROVING
        | _FILING
        | {P.platforms_read, P.platforms_change, P.deliveries_read, P.deliveries_replay, P.channels_read}
        | {P.subscriptions_read, P.subscriptions_change, P.governance_read, P.governance_change}
        | _COMPLAINTS
    ),
    Role.accountant: frozenset(
        _FINANCIAL
        | {P.channels_change, P.bank_record, P.funds_change, P.vouchers_record, P.vouchers_post}
        | {P.gifts_record, P.gifts_correct, P.suspense_claim, P.refunds_record, P.donors_read}
        | {P.receipts_issue, P.deliveries_read, P.deliveries_replay, P.platforms_read}
        | {P.openings_record, P.months_close, P.goods_value, P.notes_record}
        | _APPROVING
        | _FILING
    ),
    Role.reviewer: frozenset(
        _FINANCIAL
        | {P.vouchers_review, P.vouchers_post, P.bank_review, P.plans_review, P.projects_review}
        | {P.disbursements_approve, P.deliveries_read}
        | {P.openings_review, P.months_confirm, P.publications_review}
        | _COMPLAINTS
        | _APPROVING
        | _FILING
    ),
    Role.cashier: frozenset(
        _FINANCIAL | _APPROVING | _FILING | {P.payments_execute, P.cash_record, P.gifts_record, P.donors_read}
    ),
    Role.fundraising_officer: frozenset(
        _OPEN
        | {P.campaigns_change, P.funds_change, P.gifts_read, P.gifts_record, P.gifts_correct}
        | {P.suspense_claim, P.donors_read, P.donors_change, P.channels_read, P.platforms_read}
        | {P.goods_read, P.goods_record}
        | _APPROVING
        | _FILING
    ),
    Role.project_officer: frozenset(
        _OPEN
        | _APPROVING
        | _FILING
        | {P.projects_change, P.disbursements_request, P.beneficiaries_read, P.beneficiaries_change}
        | {P.goods_read, P.goods_record}
    ),
    Role.volunteer_coordinator: frozenset(
        _OPEN | _APPROVING | _FILING | {P.volunteers_read, P.volunteers_change}
    ),
    # Whoever publishes also looks at what a colleague compiled; nobody at what they compiled themselves.
    Role.disclosure_officer: frozenset(
        _FINANCIAL
        | _APPROVING
        | _FILING
        | _COMPLAINTS
        | {P.publications_change, P.publications_review, P.governance_read, P.governance_change}
        | {P.notes_record}
    ),
    Role.auditor: frozenset(_FINANCIAL),
    Role.viewer: frozenset(_OPEN),
}

SCOPE_PERMISSIONS: Mapping[Scope, frozenset[Permission]] = {
    Scope.audit: frozenset(_FINANCIAL),
    Scope.partner: frozenset({P.partner_read, P.partner_report, P.visitors_admit}),
    # People, grants and keys are no machine's business: a key that makes keys would outlive its own end.
    Scope.organizations: frozenset({P.organizations_read, P.organizations_create, P.organizations_change}),
    Scope.accounting: frozenset(
        _FINANCIAL
        | _FILING
        | {P.channels_change, P.bank_record, P.funds_change, P.vouchers_record, P.goods_value}
        | {P.notes_record}
    ),
    Scope.fundraising: frozenset(
        _FILING
        | {P.organizations_read, P.campaigns_read, P.campaigns_change, P.gifts_read, P.gifts_record}
        | {
            P.gifts_correct,
            P.suspense_claim,
            P.refunds_record,
            P.receipts_issue,
            P.donors_read,
            P.donors_change,
            P.funds_change,
            P.goods_read,
            P.goods_record,
        }
    ),
    Scope.projects: frozenset(
        _FILING
        | {P.organizations_read, P.projects_read, P.projects_change, P.disbursements_request}
        | {P.beneficiaries_read, P.beneficiaries_change}
    ),
    Scope.volunteers: frozenset(_FILING | {P.organizations_read, P.volunteers_read, P.volunteers_change}),
    Scope.disclosure: frozenset(
        _FILING
        | {P.organizations_read, P.publications_read, P.publications_change}
        | {P.governance_read, P.governance_change, P.notes_record}
    ),
    Scope.platforms: frozenset(
        {P.platforms_read, P.platforms_change, P.deliveries_read, P.deliveries_replay}
        | {P.subscriptions_read, P.subscriptions_change}
    ),
    Scope.front_end: frozenset({P.visitors_admit}),
}
