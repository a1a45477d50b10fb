"""Reminders: whoever publishes for an organization is told of a last day 30, 7 and 1 days ahead."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from app.disclosure.models import Obligation, ObligationReminder
from app.disclosure.obligations import states
from app.disclosure.obligations.states import ObligationState
from app.disclosure.rules.deadlines import Unit
from app.disclosure.rules.law import BY_VERSION
from app.kit import outbox
from app.kit.database import ReadSession, WriteSession
from app.kit.models import OutboxEvent
from app.organizations.desk import notices
from app.organizations.desk.notices import Notice
from app.organizations.permissions import Permission

DAYS_AHEAD = (30, 7, 1)
TOPIC = "obligation.reminded"
_OPEN = {ObligationState.upcoming, ObligationState.due, ObligationState.prepared}


async def send(session: WriteSession, obligations: Sequence[Obligation], on: date) -> None:
    """Tell of every last day that has come near enough, each step once; of steps missed only the nearest."""
    read = states.readings(session)
    for one in obligations:
        day = states.reminded_on(one, read)
        if day is None or states.of(one, on, read) not in _OPEN:
            continue
        left = (day - on).days
        steps = [step for step in _steps(one) if 0 <= left <= step]
        if not steps:
            continue
        values = {"obligation_id": one.id, "due_on": day, "days_ahead": min(steps)}
        # The key is the referee: whoever puts it there tells of it.
        put = insert(ObligationReminder).values(values).on_conflict_do_nothing()
        if await session.scalar(put.returning(ObligationReminder.obligation_id)) is not None:
            await _tell(session, one, day, left)


def _steps(one: Obligation) -> Sequence[int]:
    rule = BY_VERSION[one.rule_id, one.regulation]
    if not (rule.recurring and rule.deadline.unit is Unit.days):
        return DAYS_AHEAD
    # Of what falls due every five days nobody is reminded before the turn before it is over.
    return [step for step in DAYS_AHEAD if step < rule.deadline.count]


async def _tell(session: WriteSession, one: Obligation, day: date, left: int) -> None:
    payload = {"rule_id": one.rule_id, "due_on": day.isoformat(), "days_left": left, "mark": one.mark.value}
    await outbox.tell(
        session,
        TOPIC,
        organization_id=one.organization_id,
        subject=f"obligation:{one.id}",
        payload=payload,
    )


async def _publishers(session: ReadSession, event: OutboxEvent) -> set[UUID]:
    return await notices.holders(session, event, Permission.publications_change)


NOTICES: Mapping[str, Notice] = {
    TOPIC: Notice("A duty of disclosure falls due", "一项信息公开义务即将到期", _publishers),
}
"""Which events about obligations are told, and to whom."""
