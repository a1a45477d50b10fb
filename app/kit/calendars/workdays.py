"""Workdays: which days are worked in China: weekends and holidays are not, weekends swapped for them are."""

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from holidays.countries.china import China

_DAY = timedelta(days=1)


def is_worked(day: date) -> bool:
    """Return whether a day is worked, by the State Council's notice of its year.

    Of a year whose notice is not known yet, the statutory holidays and the weekends are not worked and no
    weekend is: the days around a long holiday may still be swapped (ADR 0068).
    """
    return bool(_calendar().is_working_day(day))


@cache
def _calendar() -> "China":
    # Here and not above: it brings the holidays of the whole world, 11 MB that few processes need.
    from holidays.countries.china import China

    return China()


def next_worked(day: date) -> date:
    """Return the day itself if it is worked, else the first after it that is (Civil Code 203)."""
    while not is_worked(day):
        day += _DAY
    return day


def after(day: date, count: int) -> date:
    """Return the day that lies so many worked days after another, which is not counted (Civil Code 201)."""
    for _ in range(count):
        day = next_worked(day + _DAY)
    return day


def last_before(day: date, count: int) -> date:
    """Return the latest day after which more than `count` worked days have come by `day`."""
    before = day - timedelta(days=count + 1)
    while after(before, count) >= day:
        before -= _DAY
    return before
