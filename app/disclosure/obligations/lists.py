"""Lists of obligations: the calendar of an organization or of all below it, and what is publicly late."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Select, func, select

from app.disclosure.models import Obligation
from app.disclosure.obligations import states
from app.disclosure.obligations.states import ObligationState, Readings
from app.disclosure.rules import workdays
from app.disclosure.rules.law import Mark

LATE_AFTER_WORKED_DAYS = 5
"""So long something may have been filed and not been recorded yet, before it is called late in public."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which obligations to list; what is None does not narrow."""

    rule_id: str | None = None
    mark: Mark | None = None
    subject_id: UUID | None = None
    state: ObligationState | None = None
    calendar_from: date | None = None
    calendar_to: date | None = None


def matching(places: Collection[UUID], wanted: Wanted, *, day: date, read: Readings) -> Select[Obligation]:
    """Return the query for obligations of some organizations as they stand on a day."""
    query = select(Obligation).where(Obligation.organization_id.in_(places))
    for name in ("rule_id", "mark", "subject_id"):
        if (value := getattr(wanted, name)) is not None:
            query = query.where(getattr(Obligation, name) == value)
    if wanted.state is not None:
        query = query.where(states.within(wanted.state, day, read))
    if wanted.calendar_from is not None:
        query = query.where(Obligation.calendar_on >= wanted.calendar_from)
    if wanted.calendar_to is not None:
        query = query.where(Obligation.calendar_on <= wanted.calendar_to)
    return query


def publicly_late(places: Collection[UUID], *, day: date, read: Readings) -> Select[Obligation]:
    """Return the query for what some organizations are late with, and everybody may know.

    Only where the rule's text was read twice (mark A), everything that its day was counted from is known,
    and five worked days have gone by since.
    """
    last = Obligation.rolled_on if read.lateness_rolls else Obligation.due_on
    wanted = Wanted(mark=Mark.a, state=ObligationState.late)
    return matching(places, wanted, day=day, read=read).where(
        Obligation.complete,
        func.coalesce(Obligation.own_day_on, last) <= workdays.last_before(day, LATE_AFTER_WORKED_DAYS),
    )
