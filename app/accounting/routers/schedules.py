"""Recurring vouchers over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy import select

from app.accounting.models import VoucherSchedule
from app.accounting.schemas.vouchers.schedules import (
    OwedOut,
    OwedQuery,
    ScheduleIn,
    ScheduleOut,
    ScheduleQuery,
)
from app.accounting.vouchers import errors, recurring
from app.kit.database import Reading, Writing
from app.kit.http import pages, problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page, Slice
from app.ledger.periods import month_of
from app.organizations.access import Asking, Permission
from app.organizations.signin import may

router = APIRouter(prefix="/v1/accounting/voucher-schedules", tags=["vouchers"], route_class=IdempotentRoute)

Reader = Annotated[Asking, may(Permission.books_read)]
Recorder = Annotated[Asking, may(Permission.vouchers_record)]


@router.post(
    "",
    operation_id="create_voucher_schedule",
    response_model=ScheduleOut,
    status_code=201,
    responses=problems.responses(errors.TemplateUnknown, errors.InputUnfit, errors.MovedElsewhere),
)
async def create_voucher_schedule(session: Writing, caller: Recorder, body: ScheduleIn) -> VoucherSchedule:
    """Set up a voucher that falls due every month; its drafts still take three people."""
    caller.must(at=body.organization_id)
    return await recurring.create(session, body.as_schedule(caller.label))


@router.get("", operation_id="list_voucher_schedules", response_model=Page[ScheduleOut])
async def list_voucher_schedules(
    session: Reading, caller: Reader, asked: Annotated[ScheduleQuery, Query()]
) -> Slice[VoucherSchedule]:
    """List the recurring vouchers of the organizations that you can see."""
    query = select(VoucherSchedule).where(VoucherSchedule.organization_id.in_(caller.visible()))
    if asked.organization_id:
        query = query.where(VoucherSchedule.organization_id == asked.organization_id)
    if asked.stopped is not None:
        query = query.where(VoucherSchedule.stopped_at.is_not(None) == asked.stopped)
    return await pages.page(session, query, [VoucherSchedule.id], asked)


@router.get("/due", operation_id="list_due_vouchers")
async def list_due_vouchers(
    session: Reading, caller: Reader, asked: Annotated[OwedQuery, Query()]
) -> Page[OwedOut]:
    """List what stands between an organization's recurring vouchers and the close of a month."""
    caller.must(at=asked.organization_id)
    owed = await recurring.owed(session, asked.organization_id, month_of(asked.month))
    found = pages.cut(owed, lambda one: str(one.schedule.id), asked)
    return found.told([OwedOut.of(one) for one in found.items])


@router.get("/{schedule_id}", operation_id="read_voucher_schedule", response_model=ScheduleOut)
async def read_voucher_schedule(session: Reading, caller: Reader, schedule_id: UUID) -> VoucherSchedule:
    """Read a recurring voucher."""
    schedule = await recurring.get(session, schedule_id)
    caller.must(at=schedule.organization_id)
    return schedule


@router.post("/{schedule_id}/closing", operation_id="close_voucher_schedule", response_model=ScheduleOut)
async def close_voucher_schedule(session: Writing, caller: Recorder, schedule_id: UUID) -> VoucherSchedule:
    """Let no more drafts fall due; those that are written stay."""
    schedule = await recurring.get(session, schedule_id)
    caller.must(at=schedule.organization_id)
    await recurring.stop(session, schedule)
    return schedule
