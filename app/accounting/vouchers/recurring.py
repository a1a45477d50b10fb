"""Recurring: vouchers that fall due every month, written as drafts when their day comes."""

import calendar
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.accounting.models import (
    ChartChange,
    ScheduledVoucher,
    Voucher,
    VoucherSchedule,
    VoucherState,
)
from app.accounting.vouchers import catalogue, drafts, templates
from app.accounting.vouchers.drafts import Written
from app.accounting.vouchers.errors import ScheduleNotFound
from app.accounting.vouchers.templates import AskKind, Template
from app.kit import batches
from app.kit.clock import now, today
from app.kit.database import ReadSession, Transactions, WriteSession
from app.kit.errors import Refusal
from app.kit.http import problems
from app.ledger import accounts
from app.ledger.periods import month_of, next_month
from app.organizations.models import Organization

DONE = frozenset({VoucherState.posted, VoucherState.reversed, VoucherState.withdrawn})


def days(schedule: VoucherSchedule, until: date) -> Iterator[date]:
    """Yield the days on which a schedule falls due; the 31st of a short month is its last day."""
    month = month_of(schedule.starts_on)
    while month <= until:
        last = calendar.monthrange(month.year, month.month)[1]
        day = month.replace(day=min(schedule.day_of_month, last))
        if schedule.starts_on <= day <= min(until, schedule.ends_on or until):
            yield day
        month = next_month(month)


async def create(session: WriteSession, schedule: VoucherSchedule) -> VoucherSchedule:
    """Set up a schedule. Raises what the template refuses of its inputs: better now than every month."""
    organization = await session.get_one(Organization, schedule.organization_id)
    templates.fill(catalogue.find(schedule.template), schedule.inputs, chart=organization.chart_version)
    session.add(schedule)
    await session.flush()
    return schedule


async def get(session: ReadSession, schedule_id: UUID) -> VoucherSchedule:
    """Return a schedule, or refuse."""
    schedule = await session.get(VoucherSchedule, schedule_id)
    if schedule is None:
        raise ScheduleNotFound
    return schedule


async def stop(session: WriteSession, schedule: VoucherSchedule) -> None:
    """Let no more drafts fall due; a second time it changes nothing."""
    schedule.stopped_at = schedule.stopped_at or now()
    await session.flush()


async def make_due(database: Transactions, on: date | None = None) -> int:
    """Write the drafts of every schedule whose day has come, also of months missed; return how many.

    Each schedule has a transaction of its own, and each of its months at most one draft, however often and
    by however many this runs.
    """
    async with database.reading() as session:
        query = select(VoucherSchedule.id).where(VoucherSchedule.stopped_at.is_(None))
        waiting = (await session.scalars(query.order_by(VoucherSchedule.id))).all()
    day = on or today()
    return await batches.apart(database, waiting, lambda session, one: write_due(session, one, day))


async def write_due(session: WriteSession, schedule_id: UUID, on: date) -> int:
    """Write what one schedule owes up to a day. A refusal is noted on the schedule and tried again later."""
    query = select(VoucherSchedule).where(VoucherSchedule.id == schedule_id)
    schedule = (await session.scalars(query.with_for_update())).one()
    known = select(ScheduledVoucher.month).where(ScheduledVoucher.schedule_id == schedule.id)
    there = set(await session.scalars(known))
    owed = [day for day in days(schedule, on) if month_of(day) not in there]
    schedule.refused = None
    for made, day in enumerate(owed):
        try:
            async with session.begin_nested():
                await _draft(session, schedule, day)
        except Refusal as refusal:
            schedule.refused = problems.slug(type(refusal))
            return made
    return len(owed)


async def _draft(session: WriteSession, schedule: VoucherSchedule, day: date) -> None:
    organization = await session.get_one(Organization, schedule.organization_id)
    chart, template = organization.chart_version, catalogue.find(schedule.template)
    inputs = await _inputs(session, schedule, template, chart)
    written = Written(
        happened_on=day,
        summary=schedule.summary,
        lines=templates.fill(template, inputs, chart=chart),
        template=schedule.template,
    )
    made_by = f"schedule:{schedule.id}"
    voucher = await drafts.create(session, organization.id, chart, written, made_by=made_by)
    session.add(ScheduledVoucher(schedule_id=schedule.id, month=month_of(day), voucher_id=voucher.id))
    await session.flush()


async def _inputs(
    session: ReadSession, schedule: VoucherSchedule, template: Template, chart: str
) -> dict[str, Any]:
    """Return a schedule's inputs; an account that it names on an older chart, where this one has it."""
    since = select(ChartChange.from_chart).where(
        ChartChange.organization_id == schedule.organization_id, ChartChange.created_at > schedule.created_at
    )
    written_on = await session.scalar(since) or chart
    named = {ask.name for ask in template.asks if ask.kind is AskKind.account}
    return {
        name: accounts.carried(value, written_on, chart) if name in named else value
        for name, value in schedule.inputs.items()
    }


@dataclass(frozen=True, slots=True)
class Owed:
    """A schedule's voucher of one month that is not in the books: not yet a draft, or not yet posted."""

    schedule: VoucherSchedule
    day: date
    voucher: Voucher | None


async def owed(session: ReadSession, organization_id: UUID, month: date) -> Sequence[Owed]:
    """Return what stands between an organization's schedules and a closed month."""
    last = month.replace(day=calendar.monthrange(month.year, month.month)[1])
    query = select(VoucherSchedule).where(VoucherSchedule.organization_id == organization_id)
    schedules = list(await session.scalars(query.order_by(VoucherSchedule.id)))
    rows = await session.execute(
        select(ScheduledVoucher.schedule_id, Voucher)
        .join(Voucher, Voucher.id == ScheduledVoucher.voucher_id)
        .where(ScheduledVoucher.month == month, Voucher.organization_id == organization_id)
    )
    made = {row[0]: row[1] for row in rows}
    found: list[Owed] = []
    for schedule in schedules:
        voucher = made.get(schedule.id)
        falls = [day for day in days(schedule, last) if month_of(day) == month]
        if voucher is None and (schedule.stopped_at is not None or not falls):
            continue
        if voucher is None or voucher.state not in DONE:
            found.append(Owed(schedule, voucher.happened_on if voucher else falls[0], voucher))
    return found
