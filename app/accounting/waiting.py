"""Waiting: what of vouchers, months and funds waits for somebody, a query for each kind of task."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import exists, func
from sqlalchemy.orm import aliased

from app.accounting.models import (
    FundMove,
    MonthStep,
    MoveState,
    OpeningSheet,
    StepKind,
    Voucher,
    VoucherState,
)
from app.kit.database import ReadSession
from app.kit.models import OutboxEvent
from app.organizations.access import Caller, Permission
from app.organizations.desk import tasks
from app.organizations.desk.notices import Notice
from app.organizations.desk.tasks import Query, Source


async def _reviews(_session: ReadSession, caller: Caller) -> Query:
    return _vouchers("凭证待复核").where(
        Voucher.organization_id.in_(caller.holds(Permission.vouchers_review)),
        Voucher.state == VoucherState.submitted,
        Voucher.prepared_by != caller.id,
    )


async def _postings(_session: ReadSession, caller: Caller) -> Query:
    return _vouchers("凭证待记账").where(
        Voucher.organization_id.in_(caller.holds(Permission.vouchers_post)),
        Voucher.state == VoucherState.reviewed,
        Voucher.prepared_by != caller.id,
        Voucher.reviewed_by != caller.id,
    )


async def _returned(_session: ReadSession, caller: Caller) -> Query:
    return _vouchers("凭证被退回，请修改").where(
        Voucher.organization_id.in_(caller.holds(Permission.vouchers_record)),
        Voucher.state == VoucherState.returned,
        Voucher.prepared_by == caller.id,
    )


def _vouchers(words: str) -> Query:
    return tasks.row(
        organization_id=Voucher.organization_id,
        subject_id=Voucher.id,
        title=tasks.named(words, Voucher.summary),
        since_at=func.coalesce(Voucher.prepared_at, Voucher.created_at),
    )


async def _closings(_session: ReadSession, caller: Caller) -> Query:
    later = aliased(MonthStep)
    return tasks.row(
        organization_id=MonthStep.organization_id,
        subject_id=MonthStep.id,
        title=tasks.named("月份待结账", func.to_char(MonthStep.month, "YYYY-MM")),
        since_at=MonthStep.created_at,
    ).where(
        MonthStep.organization_id.in_(caller.holds(Permission.months_confirm)),
        MonthStep.kind == StepKind.asked,
        MonthStep.taken_by != caller.id,
        ~exists().where(
            later.organization_id == MonthStep.organization_id,
            later.month == MonthStep.month,
            later.id > MonthStep.id,
        ),
    )


async def _moves(_session: ReadSession, caller: Caller) -> Query:
    return tasks.row(
        organization_id=FundMove.organization_id,
        subject_id=FundMove.id,
        title=tasks.named("资金转用待审核", FundMove.document),
        amount_minor=FundMove.amount,
        since_at=FundMove.created_at,
    ).where(
        FundMove.organization_id.in_(caller.holds(Permission.vouchers_review)),
        FundMove.state == MoveState.requested,
        FundMove.requested_by != caller.label,
    )


async def _openings(_session: ReadSession, caller: Caller) -> Query:
    return tasks.row(
        organization_id=OpeningSheet.organization_id,
        subject_id=OpeningSheet.id,
        title=tasks.named("期初余额待复核", OpeningSheet.opened_on),
        since_at=OpeningSheet.created_at,
    ).where(
        OpeningSheet.organization_id.in_(caller.holds(Permission.openings_review)),
        OpeningSheet.reviewed_by.is_(None),
        OpeningSheet.made_by != caller.id,
    )


async def _preparer(session: ReadSession, event: OutboxEvent) -> set[UUID]:
    voucher = await session.get(Voucher, UUID(str(event.payload["voucher_id"])))
    return {voucher.prepared_by} if voucher is not None and voucher.prepared_by is not None else set()


NOTICES: Mapping[str, Notice] = {
    "voucher.returned": Notice("Your voucher was returned", "您的凭证被退回", _preparer),
    "voucher.reversed": Notice("Your voucher was reversed", "您的凭证已被冲销", _preparer),
}
"""Which events about vouchers are told to whoever prepared them."""

SOURCES: Mapping[str, Source] = {
    "voucher_review": _reviews,
    "voucher_posting": _postings,
    "voucher_returned": _returned,
    "month_closing": _closings,
    "fund_move": _moves,
    "opening": _openings,
}
"""Each is one indexed query, narrowed to where the caller may do what waits."""
