"""States: where an obligation stands on a day. They are computed, here and in the database, never stored."""

import enum
from dataclasses import dataclass
from datetime import date, timedelta
from typing import cast

from sqlalchemy import ColumnElement, case, func, literal, or_

from app.disclosure.models import Obligation
from app.kit.database import ReadSession

DUE_WITHIN = timedelta(days=30)
"""So many days ahead something is due, and no longer merely upcoming: when people are first reminded."""

READINGS = "deadline_readings"
"""Under this name the chosen readings lie in `session.info`."""


class ObligationState(enum.StrEnum):
    """Where an obligation stands on a day."""

    upcoming = "upcoming"
    due = "due"
    prepared = "prepared"
    fulfilled = "fulfilled"
    late = "late"
    not_applicable = "not_applicable"
    threshold_not_set = "threshold_not_set"


@dataclass(frozen=True, slots=True)
class Readings:
    """Whether a last day rolls over a holiday (Civil Code 203): to be reminded of it, and to be late."""

    reminders_roll: bool = False
    lateness_rolls: bool = True


def readings(session: ReadSession) -> Readings:
    """Return the readings that this installation chose."""
    return cast("Readings", session.info.get(READINGS, Readings()))


def reminded_on(one: Obligation, read: Readings) -> date | None:
    """Return the day of which people are reminded; None while there is none."""
    return one.own_day_on or (one.rolled_on if read.reminders_roll else one.due_on)


def last_on(one: Obligation, read: Readings) -> date | None:
    """Return the last day on which nothing is late; None while there is none."""
    return one.own_day_on or (one.rolled_on if read.lateness_rolls else one.due_on)


def fulfilled_on(one: Obligation) -> date | None:
    """Return the day on which it was filed or done, the earlier if both are known."""
    return min((day for day in (one.done_on, one.filed_on) if day is not None), default=None)


def prepared_on(one: Obligation) -> date | None:
    """Return since when something lies ready: what people wrote down, else a publication of ours."""
    return one.prepared_on or one.ready_on


def of(one: Obligation, day: date, read: Readings) -> ObligationState:
    """Return where an obligation stands on a day."""
    reminded, last = reminded_on(one, read), last_on(one, read)
    if one.lapsed_on is not None or one.waived_reason is not None:
        return ObligationState.not_applicable
    if fulfilled_on(one) is not None:
        return ObligationState.fulfilled
    if reminded is None or last is None:
        return ObligationState.threshold_not_set
    if day > last:
        return ObligationState.late
    if prepared_on(one) is not None:
        return ObligationState.prepared
    return ObligationState.due if day >= reminded - DUE_WITHIN else ObligationState.upcoming


def within(state: ObligationState, day: date, read: Readings) -> ColumnElement[bool]:
    """Return the condition that an obligation stands so on a day: the same as `of`, in the database."""
    one = Obligation
    last = func.coalesce(one.own_day_on, one.rolled_on if read.lateness_rolls else one.due_on)
    reminded = func.coalesce(one.own_day_on, one.rolled_on if read.reminders_roll else one.due_on)
    stands = case(
        (or_(one.lapsed_on.is_not(None), one.waived_reason.is_not(None)), literal("not_applicable")),
        (func.num_nonnulls(one.done_on, one.filed_on) > 0, literal("fulfilled")),
        (last.is_(None), literal("threshold_not_set")),
        (last < day, literal("late")),
        (func.num_nonnulls(one.prepared_on, one.ready_on) > 0, literal("prepared")),
        (reminded <= day + DUE_WITHIN, literal("due")),
        else_=literal("upcoming"),
    )
    return stands == state.value
