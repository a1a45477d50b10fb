"""Spans: the days that a brief is about, those of a year before, and those since 1 January.

Legal days (Asia/Shanghai). A week begins on Monday.
"""

import enum
from datetime import date, timedelta

from app.disclosure.briefs.errors import BriefSpanUnfit
from app.kit.calendars.terms import MONTHS_A_YEAR, months_after
from app.kit.facts import fact

DAYS_MAX = 1100
"""Three years, and some days."""

_DAY = timedelta(days=1)
_FIRST = date(1990, 1, 1)
WEEKS_A_YEAR = 52


class BriefPeriod(enum.StrEnum):
    """How long a brief reaches."""

    day = "day"
    week = "week"
    month = "month"
    quarter = "quarter"
    year = "year"
    custom = "custom"


_MONTHS = {BriefPeriod.month: 1, BriefPeriod.quarter: 3, BriefPeriod.year: MONTHS_A_YEAR}


@fact(kw_only=True)
class BriefSpan:
    """Days from `first` to `last`, both included; `whole` is the last day of the period that they are of."""

    period: BriefPeriod
    first: date
    last: date
    whole: date

    @property
    def running(self) -> bool:
        """Whether the period has not ended yet."""
        return self.last < self.whole

    def year_before(self) -> tuple[date, date]:
        """Return the same days of the year before.

        A week is held against the one 52 weeks earlier, which has the same weekdays; a month, quarter or year
        that has ended against the whole one a year earlier; what runs, and other days, against the same days
        of the calendar, of 29 February against the 28th.
        """
        if self.period is BriefPeriod.week:
            earlier = timedelta(weeks=WEEKS_A_YEAR)
            return self.first - earlier, self.last - earlier
        first = months_after(self.first, -MONTHS_A_YEAR)
        if self.period in _MONTHS and not self.running:
            return first, months_after(first, _MONTHS[self.period]) - _DAY
        return first, months_after(self.last, -MONTHS_A_YEAR)

    def since_new_year(self) -> tuple[date, date]:
        """Return the days from 1 January of the last day's year on."""
        return self.last.replace(month=1, day=1), self.last

    def since_new_year_before(self) -> tuple[date, date]:
        """Return the same days of the year before, to the end of a month if these reach to the end of one."""
        first, last = self.since_new_year()
        after = months_after(last + _DAY, -MONTHS_A_YEAR) - _DAY
        whole = (last + _DAY).day == 1
        return months_after(first, -MONTHS_A_YEAR), after if whole else months_after(last, -MONTHS_A_YEAR)


def of(period: BriefPeriod, first: date | None, last: date | None, *, today: date) -> BriefSpan:
    """Return the days of the period in which `first` lies, by default today's, as far as it has come.

    Days of one's own need both ends. Raises BriefSpanUnfit.
    """
    if period is BriefPeriod.custom:
        if first is None or last is None or not _FIRST <= first <= last or (last - first).days >= DAYS_MAX:
            raise BriefSpanUnfit(days_max=DAYS_MAX)
        begins, ends = first, last
    elif last is not None:
        raise BriefSpanUnfit(
            "only days of one's own have an end that is told", "只有自选日期的时段可指定结束日", period=period
        )
    else:
        begins, ends = around(period, first or today)
    if begins > today or begins < _FIRST:
        raise BriefSpanUnfit(first=begins)
    return BriefSpan(period=period, first=begins, last=min(ends, today), whole=ends)


def around(period: BriefPeriod, day: date) -> tuple[date, date]:
    """Return the first and the last day of the day, week, month, quarter or year in which a day lies."""
    if period is BriefPeriod.week:
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    if period not in _MONTHS:
        return day, day
    months = _MONTHS[period]
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    return first, months_after(first, months) - _DAY
