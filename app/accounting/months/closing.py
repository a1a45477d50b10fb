"""Closing: a month is closed by two people, and reopened by one who says why; December closes the year."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from app.accounting.books import charts
from app.accounting.errors import (
    ChecklistOpen,
    ClosingNotAsked,
    ReviewedByItsMaker,
    YearPublished,
)
from app.accounting.models import MonthStep, PublishedYear, StepKind
from app.accounting.months import checklist, years
from app.accounting.months.checklist import Item
from app.kit import constraints, outbox
from app.kit.database import ReadSession, WriteSession
from app.ledger import periods
from app.ledger.errors import PeriodNotClosable, PeriodNotOpen
from app.ledger.models import Period
from app.ledger.models.accounts import PeriodState
from app.organizations.models import Organization


async def ask(
    session: WriteSession, organization: Organization, month: date, *, by: UUID, reason: str | None
) -> MonthStep:
    """Ask for a month to be closed, with the checklist as it stands.

    Raises ChecklistOpen unless whatever blocks is done or `reason` says why the month may close all the same.
    """
    first = await session.scalar(
        select(func.min(Period.month)).where(Period.organization_id == organization.id)
    )
    if first is None or month < first:
        raise PeriodNotOpen(month=month)
    # A month in which nothing happened has no row yet, and is closed all the same.
    await periods.open_books(session, organization.id, month)
    period = await session.get_one(Period, (organization.id, month), populate_existing=True)
    if period.state is not PeriodState.open:
        raise PeriodNotOpen(month=month)
    items = await checklist.look(session, organization, month)
    if open_items := checklist.never(items) or ([] if reason else checklist.held_up(items)):
        raise ChecklistOpen(items=open_items)
    said: dict[str, Any] = {
        "organization_id": organization.id,
        "month": month,
        "taken_by": by,
        "reason": reason,
    }
    return await _take(session, MonthStep(kind=StepKind.asked, **said), items)


async def close(
    session: WriteSession,
    organization: Organization,
    month: date,
    *,
    by: UUID,
    waivers: Mapping[str, str] | None = None,
) -> MonthStep:
    """Close a month that somebody else has asked to close; December takes the year's closing entries with it.

    `waivers` says, by the item's key, why what blocks and is still open does not hold up this month; they are
    recorded with the step. Raises ClosingNotAsked, ReviewedByItsMaker, ChecklistOpen for what blocks and is
    not waived, PeriodNotOpen, PeriodNotClosable.
    """
    steps = await history(session, organization.id, month)
    asked = steps[-1] if steps else None
    if asked is None or asked.kind is not StepKind.asked:
        raise ClosingNotAsked(month=month)
    if asked.taken_by == by:
        raise ReviewedByItsMaker
    if month.month == 12:
        await years.close(session, organization, month, actor=f"staff:{by}")
    # From here on nobody records in the month: what was looked at before is looked at again, now for good.
    await periods.close(session, organization.id, month)
    items = await checklist.look(session, organization, month)
    waived, held_up = waivers or {}, checklist.held_up(items)
    if open_items := checklist.never(items) + [key for key in held_up if key not in waived]:
        raise ChecklistOpen(items=open_items)
    said: dict[str, Any] = {
        "organization_id": organization.id,
        "month": month,
        "taken_by": by,
        "reason": asked.reason,
        "waivers": [{"key": key, "reason": waived[key]} for key in held_up],
    }
    step = MonthStep(kind=StepKind.closed, asked_by=asked.taken_by, **said)
    await _take(session, step, items)
    await _tell(session, organization, month, "month.closed")
    return step


async def reopen(
    session: WriteSession, organization: Organization, month: date, *, by: UUID, reason: str
) -> MonthStep:
    """Open a closed month again; raises YearPublished if the year's figures are, PeriodNotClosable.

    What stood when books moved to another chart of accounts was carried into it, and stays.
    """
    if await charts.in_force(session, organization, month) != organization.chart_version:
        raise PeriodNotClosable(
            "its books have been carried into another chart since",
            "该月账簿此后已作新旧制度衔接",
            month=month,
        )
    async with constraints.told(session, {"periods_published": YearPublished(year=month.year)}):
        await periods.reopen(session, organization.id, month)
    said: dict[str, Any] = {
        "organization_id": organization.id,
        "month": month,
        "taken_by": by,
        "reason": reason,
    }
    step = await _take(session, MonthStep(kind=StepKind.reopened, **said))
    await _tell(session, organization, month, "month.reopened")
    return step


async def publish_year(session: WriteSession, organization_id: UUID, year: int, *, publication: str) -> None:
    """Note that a year's figures are published: none of its months is ever reopened from now on."""
    values = {"organization_id": organization_id, "year": year, "publication": publication}
    await session.execute(insert(PublishedYear).values(values).on_conflict_do_nothing())


async def history(session: ReadSession, organization_id: UUID, month: date) -> Sequence[MonthStep]:
    """Return every step in a month's life, the first one first."""
    query = select(MonthStep).where(MonthStep.organization_id == organization_id, MonthStep.month == month)
    return (await session.scalars(query.order_by(MonthStep.id))).all()


async def _take(session: WriteSession, step: MonthStep, items: Sequence[Item] = ()) -> MonthStep:
    step.checklist = [asdict(item) for item in items]
    session.add(step)
    await session.flush()
    return step


async def _tell(session: WriteSession, organization: Organization, month: date, topic: str) -> None:
    await outbox.tell(
        session,
        topic,
        organization_id=organization.id,
        subject=f"month:{month:%Y-%m}",
        payload={"month": f"{month:%Y-%m}"},
    )
