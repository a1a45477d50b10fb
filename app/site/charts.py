"""Charts: days and months as bars, worked out here so that the page needs no script."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.disclosure.days import Day, Span
from app.disclosure.years import Month, YearSoFar

HEIGHT = 160
PAIR, WIDE, SLIM = 40, 16, 12
"""A month's place, its bar of this year, and the slimmer one of the year before."""

STEP = 10
GAP = 2


@dataclass(frozen=True, slots=True)
class Bar:
    """A day as two rectangles: raised stands on the line, refunded hangs below it."""

    day: Day
    x: int
    top: float
    up: float
    down: float


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars on a line at `ground`, in a frame of `width` by HEIGHT."""

    bars: Sequence[Bar]
    width: int
    ground: float
    most: int
    within: Span
    height: int = HEIGHT
    thickness: int = STEP - GAP


def of(days: Sequence[Day], within: Span) -> Chart:
    """Return the chart of these days; a day on which nothing happened has no bar, but its place."""
    most = max((day.raised for day in days), default=0)
    deepest = max((day.refunded for day in days), default=0)
    # After a correction a day may hold less than nothing; it then has no height.
    scale = HEIGHT / max(most + deepest, 1)
    ground = round(max(most, 0) * scale, 1)
    bars = [_bar(day, (day.day - within.first).days, scale, ground) for day in days]
    return Chart(bars, ((within.last - within.first).days + 1) * STEP, ground, most, within)


def _bar(day: Day, place: int, scale: float, ground: float) -> Bar:
    up, down = _length(day.raised, scale), _length(day.refunded, scale)
    return Bar(day, place * STEP, round(ground - up, 1), up, down)


def _length(amount: int, scale: float) -> float:
    # The smallest gift is still to be seen beside the largest.
    return max(round(amount * scale, 1), 1.0) if amount > 0 else 0.0


def middle(within: Span) -> date:
    """Return the day in the middle, for the axis."""
    return within.first + timedelta(days=(within.last - within.first).days // 2)


@dataclass(frozen=True, slots=True)
class Pair:
    """A month as two bars that stand beside each other: the year before, then this one."""

    month: Month
    x: int
    before: float
    raised: float


@dataclass(frozen=True, slots=True)
class Months:
    """Twelve pairs in a frame of `width` by HEIGHT; `best` is this year's month with the most."""

    pairs: Sequence[Pair]
    most: int
    best: Month
    width: int = 12 * PAIR
    height: int = HEIGHT
    wide: int = WIDE
    slim: int = SLIM


def of_year(year: YearSoFar) -> Months:
    """Return the chart of a year's months beside those of the year before."""
    most = max(max(month.raised, month.before) for month in year.months)
    scale = HEIGHT / max(most, 1)
    pairs = [
        Pair(month, place * PAIR, _length(month.before, scale), _length(month.raised, scale))
        for place, month in enumerate(year.months)
    ]
    return Months(pairs, most, max(year.months, key=lambda month: month.raised))
