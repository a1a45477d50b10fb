"""Tasks: what of bank and cash waits for whom (`GET /v1/me/tasks`)."""

from typing import Any

from sqlalchemy import func, literal, select

from app.accounting.bank import waiting
from app.accounting.models import (
    BankLine,
    BankReconciliation,
    CashSession,
    CashSessionKind,
    CashSessionState,
    Channel,
    LineKind,
)
from app.kit.database import ReadSession
from app.ledger.models import Balance
from app.organizations.access import Caller, Permission
from app.organizations.desk import tasks


async def cash_above_limit(_session: ReadSession, caller: Caller) -> Any:  # noqa: ANN401 - a query
    """Return the cash boxes that hold more than is allowed, for those who take cash to the bank."""
    stands = select(func.coalesce(func.sum(Balance.debit - Balance.credit), 0))
    held = stands.where(Balance.account_id == Channel.account_id).correlate(Channel).scalar_subquery()
    counted = select(func.max(CashSession.counted_at)).where(CashSession.channel_id == Channel.id)
    return tasks.row(
        organization_id=Channel.organization_id,
        subject_id=Channel.id,
        title=literal("现金超过限额，请缴存：").concat(Channel.name),
        amount_minor=held,
        since_at=func.coalesce(counted.correlate(Channel).scalar_subquery(), Channel.created_at),
    ).where(
        Channel.organization_id.in_(caller.holds(Permission.cash_record)),
        held > Channel.cash_limit_minor,
    )


async def cash_difference(_session: ReadSession, caller: Caller) -> Any:  # noqa: ANN401 - a query
    """Return the counts that differ from their sum, for those who decide about it."""
    return tasks.row(
        organization_id=CashSession.organization_id,
        subject_id=CashSession.id,
        title=literal("现金清点差额待处理"),
        amount_minor=CashSession.counted_minor - CashSession.expected_minor,
        since_at=CashSession.counted_at,
    ).where(
        CashSession.organization_id.in_(caller.holds(Permission.bank_record)),
        CashSession.state == CashSessionState.counted,
        CashSession.kind == CashSessionKind.counter,
    )


async def bank_exception(_session: ReadSession, caller: Caller) -> Any:  # noqa: ANN401 - a query
    """Return the lines that were told and wait to be booked, for those who keep the bank's lines."""
    told = waiting.found(caller.holds(Permission.bank_record)).with_only_columns(BankLine.id)
    return tasks.row(
        organization_id=BankLine.organization_id,
        subject_id=BankLine.id,
        title=literal("银行明细已归类待入账"),
        amount_minor=BankLine.amount,
        since_at=BankLine.decided_at,
    ).where(BankLine.id.in_(told))


async def bank_suspense(_session: ReadSession, caller: Caller) -> Any:  # noqa: ANN401 - a query
    """Return the lines whose money nobody knows the ground of yet, for those who keep the bank's lines."""
    return tasks.row(
        organization_id=BankLine.organization_id,
        subject_id=BankLine.id,
        title=literal("银行来款待查明"),
        amount_minor=BankLine.amount,
        since_at=BankLine.decided_at,
    ).where(
        BankLine.organization_id.in_(caller.holds(Permission.bank_record)),
        BankLine.kind == LineKind.unknown,
        BankLine.entry_id.is_not(None),
    )


async def reconciliation_review(_session: ReadSession, caller: Caller) -> Any:  # noqa: ANN401 - a query
    """Return the reconciliations that somebody else signed, for those who review them."""
    return tasks.row(
        organization_id=BankReconciliation.organization_id,
        subject_id=BankReconciliation.id,
        title=literal("余额调节表待复核"),
        since_at=BankReconciliation.created_at,
    ).where(
        BankReconciliation.organization_id.in_(caller.holds(Permission.bank_review)),
        BankReconciliation.reviewed_by.is_(None),
        BankReconciliation.prepared_by != caller.label,
    )


SOURCES = {
    "cash_above_limit": cash_above_limit,
    "cash_difference": cash_difference,
    "bank_exception": bank_exception,
    "bank_suspense": bank_suspense,
    "reconciliation_review": reconciliation_review,
}
"""By the kind that each task is told as."""
