"""Duties: what is owed, on its days, for the calendar program of whoever publishes."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from app.disclosure.calendars.icalendar import WholeDay
from app.disclosure.models import Obligation
from app.disclosure.obligations import states
from app.disclosure.obligations.states import ObligationState, Readings
from app.disclosure.rules import citations
from app.disclosure.rules.law import BY_VERSION
from app.kit.database import ReadSession

BACK, AHEAD = timedelta(days=92), timedelta(days=400)
"""How far a calendar reaches: what was due a quarter ago, and everything of the next year."""

DAYS_MAX = 2000


async def due(session: ReadSession, places: Collection[UUID], on: date) -> Sequence[Obligation]:
    """Return what some organizations owe around a day and that applies, by its last day."""
    query = select(Obligation).where(
        Obligation.organization_id.in_(places),
        Obligation.calendar_on.between(on - BACK, on + AHEAD),
        Obligation.lapsed_on.is_(None),
        Obligation.waived_reason.is_(None),
    )
    return (
        await session.scalars(query.order_by(Obligation.calendar_on, Obligation.id).limit(DAYS_MAX))
    ).all()


def days(rows: Sequence[Obligation], on: date, read: Readings, language: str) -> list[WholeDay]:
    """Return obligations as whole days, each with its rule, its article and how sure we are of it."""
    return [_day(one, on, read, language) for one in rows]


def _day(one: Obligation, on: date, read: Readings, language: str) -> WholeDay:
    rule = BY_VERSION[one.rule_id, one.regulation]
    state, chinese = states.of(one, on, read), language == "zh"
    cited = f"{rule.regulation.title} {rule.article}"
    if chinese:
        cited = citations.zh(rule.regulation.title_zh, rule.article)
    title = rule.title_zh if chinese else rule.title
    last = states.last_on(one, read) or one.calendar_on
    words = [
        f"{one.rule_id} {cited}".strip(),
        f"{'依据等级' if chinese else 'Mark'}: {one.mark.value}",
        f"{'届满日' if chinese else 'Last day'}: {last.isoformat()}",
        f"{'状态' if chinese else 'State'}: {state.value}",
    ]
    return WholeDay(
        uid=str(one.id),
        stamped_at=one.created_at,
        on=one.calendar_on,
        title=f"{title} {one.subject}".strip(),
        words="\n".join(words),
        category=one.rule_id,
        sure=state is ObligationState.fulfilled,
    )
