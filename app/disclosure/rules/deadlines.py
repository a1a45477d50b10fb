"""Deadlines: how the last day of a duty is counted (Civil Code 200 to 204)."""

import enum
from dataclasses import dataclass
from datetime import date, timedelta

from app.kit.calendars import workdays
from app.kit.calendars.terms import months_after


class Unit(enum.StrEnum):
    """In what a deadline is counted, from the day that sets it off, which is not counted itself."""

    days = "days"
    days_before = "days_before"
    working_days = "working_days"
    months = "months"
    day_of_year = "day_of_year"


# Backwards from an event, and over worked days alone, nothing is rolled over a holiday.
_ROLLING = frozenset({Unit.days, Unit.months, Unit.day_of_year})


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """By when a duty is done, counted from what sets it off; `day` of `month` for those of a calendar day."""

    unit: Unit
    count: int = 0
    month: int = 1
    day: int = 1

    def due(self, trigger: date, number: int = 1) -> date:
        """Return the last day without rolling it; of a duty that recurs, that of its n-th time.

        Each time is counted from the trigger and not from the time before: month ends do not wear down.
        """
        count = self.count * number
        match self.unit:
            case Unit.days:
                return trigger + timedelta(days=count)
            case Unit.days_before:
                return trigger - timedelta(days=count)
            case Unit.working_days:
                return workdays.after(trigger, count)
            case Unit.months:
                return months_after(trigger, count)
            case Unit.day_of_year:
                return date(trigger.year + number - 1, self.month, self.day)

    def rolled(self, trigger: date, number: int = 1) -> date:
        """Return the last day, the next worked one if it is none itself (Civil Code 203)."""
        due = self.due(trigger, number)
        return workdays.next_worked(due) if self.unit in _ROLLING else due
