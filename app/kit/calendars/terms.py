"""Terms: the day that lies months or years after another (Civil Code 202)."""

import calendar
from datetime import date

MONTHS_A_YEAR = 12


def months_after(day: date, count: int) -> date:
    """Return the corresponding day some months on, or the last of its month where there is none (202)."""
    months = day.year * MONTHS_A_YEAR + day.month - 1 + count
    year, month = divmod(months, MONTHS_A_YEAR)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def years_after(day: date, count: int) -> date:
    """Return the same day some years on; of 29 February its 28th where there is none."""
    return months_after(day, MONTHS_A_YEAR * count)
