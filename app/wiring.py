"""Wiring: what a process hands down at start to the layers below, which know nothing of settings."""

from collections.abc import Mapping

from app.accounting import belongings as book_belongings
from app.accounting import tasks as bank_tasks
from app.accounting import waiting as book_tasks
from app.accounting.bank import proposals
from app.accounting.books import charts
from app.accounting.months import checklist
from app.accounting.schemas import labels as accounting
from app.accounting.schemas.vouchers import labels as vouchers
from app.accounting.vouchers import documents, payments
from app.audit import labels as audit
from app.audit import packs
from app.disclosure.schemas import labels as disclosure
from app.fundraising import campaigns, disputes, refunds, suspense
from app.fundraising.banking import bank_gifts
from app.fundraising.care import erasing as donor_erasing
from app.fundraising.care import requests as donor_requests
from app.fundraising.filings import archives
from app.fundraising.filings import waiting as filing_tasks
from app.fundraising.goods import papers as goods_papers
from app.fundraising.goods.asking import requests as goods_requests
from app.fundraising.paying.payables import Gates, Provider
from app.fundraising.receipts import queue as receipts
from app.fundraising.schemas import labels as fundraising
from app.fundraising.schemas.donors import labels as donors
from app.fundraising.schemas.filings import labels as filings
from app.fundraising.schemas.goods import labels as goods
from app.fundraising.schemas.legal import labels as legal
from app.fundraising.schemas.ways import labels as ways
from app.fundraising.settling import balances
from app.fundraising.ways import providers
from app.kit import labels, mail
from app.kit.attachments import stores
from app.kit.attachments.stores import Store
from app.kit.database import Database
from app.kit.vault import Vault
from app.onboarding import arrivals
from app.onboarding import labels as onboarding
from app.organizations import approvals
from app.organizations.access import Permission
from app.organizations.approvals import factors
from app.organizations.attachments import Readers, by_permission
from app.organizations.desk import belongings, notices, tasks
from app.organizations.schemas import labels as organizations
from app.organizations.signin import Recogniser
from app.organizations.visitors import messages
from app.projects.budgets import changes as project_budgets
from app.projects.budgets import leftovers
from app.projects.lifecycle import proposals as project_proposals
from app.projects.progress import reports as progress_reports
from app.projects.progress import waiting as project_tasks
from app.projects.schemas import labels as projects
from app.projects.schemas import work_labels as project_work
from app.projects.sites import milestones
from app.settings import Environment, Settings, secret_bytes
from app.transparency.signer import Office
from app.volunteers import waiting as volunteer_tasks
from app.volunteers.recognition import requests
from app.volunteers.registry import stays
from app.volunteers.schemas import labels as volunteers
from app.webhooks import conflicts, erasures
from app.webhooks import labels as webhooks
from app.webhooks.outward import couriers
from app.webhooks.outward import notices as subscription_notices

LABELS = labels.merged(
    (
        *(organizations, accounting, vouchers, fundraising, filings, legal, ways),
        *(volunteers, webhooks, disclosure, audit, onboarding),
        *(goods, projects, project_work, donors),
    )
)
"""What codes and fields are called, of all features; a new one adds its own."""

RECOGNISERS: Mapping[str, Recogniser] = {stays.KIND: stays.of_claim}
"""Who signs in besides staff, by the kind that their tokens tell."""

# What accounting asks of those above it.
proposals.RECOGNISERS["campaign"] = bank_gifts.recogniser

APPROVAL_KINDS: Mapping[str, approvals.Kind] = {
    payments.KIND: approvals.Kind("Payment by voucher", "凭证付款", payments.ended, moves_money=True),
    goods_requests.KIND: approvals.Kind(
        "Hand-out of goods", "物资发放", goods_requests.ended, moves_money=True, steps=goods_requests.STEPS
    ),
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
}
"""What waits for people besides approvals: a query per kind (`GET /v1/me/tasks`)."""
NOTICES: Mapping[str, notices.Notice] = {
    **book_tasks.NOTICES,
    **conflicts.NOTICES,
    **subscription_notices.NOTICES,
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
        providers.PROVIDERS: PAYMENT_PROVIDERS,
        donor_erasing.ERASE: erasures.erase,
    }


AUDIT_PACK_SOURCES: Mapping[str, packs.Source] = {}
"""Which files features add to a project's audit pack (agreements, receipts, photos), by folder."""

ATTACHMENT_READERS: Readers = {
    documents.KIND: documents.may_read,
    archives.KIND: by_permission(Permission.campaigns_read, personal=Permission.donors_read),
    **goods_papers.READERS,
    donor_requests.KIND: by_permission(Permission.donors_read, personal=Permission.donors_read),
    milestones.OWNER: by_permission(Permission.projects_read),
    progress_reports.OWNER: by_permission(Permission.projects_read),
}
"""Who may read the files of what they belong to, by the kind of owner (`attachments.by_permission`)."""


def open_database(settings: Settings) -> Database:
    """Return the pool of connections; each of its sessions carries the vault."""
    url = settings.database_url.get_secret_value() if settings.database_url else ""
    return Database(
        url,
        pool_size=settings.database_pool_size,
        info={"vault": open_vault(settings)} | handed_down() | chosen(settings),
    )


def chosen(settings: Settings) -> dict[str, object]:
    """Return what every session carries because this installation was set up so."""
    required = settings.second_factor_required
    if required is None:
        required = settings.environment is Environment.production
    demand = factors.Demand(settings.second_factor_above_yuan * 100) if required else None
    return {
        factors.DEMAND: demand,
        mail.CARRIER: open_mail(settings),
        stores.STORE: open_store(settings),
        providers.GATES: gates(settings),
        couriers.COURIER: open_courier(settings),
    }


def gates(settings: Settings) -> Gates:
    """Return where payment platforms are asked to collect, and where they tell us of it."""
    return Gates(
        wechat_pay=settings.wechat_pay_url,
        alipay=settings.alipay_url,
        ours=settings.public_url,
        seconds=settings.payment_timeout_seconds,
    )


def open_mail(settings: Settings) -> mail.Carrier | None:
    """Return what carries letters: the mail server, else the folder, else nothing."""
    if settings.mail_host is None:
        folder = settings.mail_folder
        return None if folder is None else mail.Folder(folder, settings.mail_sender)
    password = settings.mail_password
    return mail.Server(
        settings.mail_host,
        settings.mail_port,
        settings.mail_sender,
        mail.Security(settings.mail_security),
        settings.mail_username,
        None if password is None else password.get_secret_value(),
    )


def open_courier(settings: Settings) -> couriers.Courier:
    """Return who carries events to subscribers; to this machine itself only outside production."""
    production = settings.environment is Environment.production
    return couriers.Courier(loopback=settings.subscriptions_to_loopback and not production)


def open_sender(settings: Settings) -> messages.Sender | None:
    """Return what sends codes to telephones: a file, which production refuses, or nothing.

    A gateway for text messages is a `Sender` that an installation puts here.
    """
    if settings.codes_file is None or settings.environment is Environment.production:
        return None
    return messages.FileSender(settings.codes_file)


def open_vault(settings: Settings) -> Vault:
    """Return the vault under the master keys of the settings."""
    index_key = settings.vault_index_key.get_secret_value() if settings.vault_index_key else ""
    return Vault(
        settings.master_keys(), current=settings.vault_current_key or "", index_key=secret_bytes(index_key)
    )


def office(settings: Settings) -> Office | None:
    """Return where the public log is signed; None in a process that does not sign it."""
    origin, key_file, memory_file = settings.log_origin, settings.log_key_file, settings.log_memory_file
    return Office(origin, key_file, memory_file) if origin and key_file and memory_file else None


def open_store(settings: Settings) -> Store:
    """Return the store of files that the settings name; one that keeps nothing if they name none."""
    secret = settings.s3_secret_access_key
    return stores.opened(
        settings.attachments_url,
        endpoint=settings.s3_endpoint,
        region=settings.s3_region,
        access_key_id=settings.s3_access_key_id,
        secret_access_key=secret.get_secret_value() if secret else None,
    )
