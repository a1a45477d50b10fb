"""The arithmetic of a brief's days: periods tile the calendar, and a year before is a year before."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.disclosure.briefs import spans
from app.disclosure.briefs.errors import BriefSpanUnfit
from app.disclosure.briefs.spans import DAYS_MAX, BriefPeriod

P = BriefPeriod
NAMED = [one for one in P if one is not P.custom]
FAR = date(2999, 1, 1)
days = st.dates(date(1992, 1, 1), date(2200, 12, 31))
named = st.sampled_from(NAMED)
DAY = timedelta(days=1)


@given(named, days)
def test_a_period_holds_its_day_and_the_next_one_follows_without_a_gap(period: P, day: date) -> None:
    first, last = spans.around(period, day)

    assert first <= day <= last
    assert spans.around(period, first) == spans.around(period, last) == (first, last)
    assert spans.around(period, last + DAY)[0] == last + DAY
    assert spans.around(period, first - DAY)[1] == first - DAY


@given(days)
def test_a_week_is_seven_days_from_monday_on(day: date) -> None:
    first, last = spans.around(P.week, day)
    assert (first.weekday(), last.weekday(), (last - first).days) == (0, 6, 6)


@given(days)
def test_months_quarters_and_years_begin_where_the_calendar_says(day: date) -> None:
    month, quarter, year = (spans.around(one, day) for one in (P.month, P.quarter, P.year))
    assert (month[0].day, (month[1] + DAY).day) == (1, 1)
    assert (quarter[0].month % 3, quarter[0].day, quarter[1].month % 3) == (1, 1, 0)
    assert year == (date(day.year, 1, 1), date(day.year, 12, 31))
    assert year[0] <= quarter[0] <= month[0] <= day <= month[1] <= quarter[1] <= year[1]


@given(named, days)
def test_a_whole_period_is_held_against_a_whole_one(period: P, day: date) -> None:
    span = spans.of(period, day, None, today=FAR)
    first, last = span.year_before()

    assert not span.running
    assert 363 <= (span.first - first).days <= 366
    if period is P.week:
        assert (first.weekday(), last.weekday()) == (0, 6)
    elif period is not P.day:
        assert (first, last) == spans.around(period, first)
        assert (first.month, first.day, first.year) == (span.first.month, span.first.day, span.first.year - 1)


@given(named, days, days)
def test_a_running_period_ends_today_and_so_does_what_it_is_held_against(
    period: P, day: date, today: date
) -> None:
    begins, ends = spans.around(period, day)
    if begins > today:
        with pytest.raises(BriefSpanUnfit):
            spans.of(period, day, None, today=today)
        return
    span = spans.of(period, day, None, today=today)

    assert span.last == min(ends, today)
    assert span.running == (today < ends)
    before = span.year_before()
    if span.running and period is not P.week:
        # A 29 February is in one of the two years alone, and has no match but the 28th.
        assert abs((span.last - span.first).days - (before[1] - before[0]).days) <= 1
        assert before[1].day == span.last.day or (span.last.month, span.last.day) == (2, 29)
    assert span.since_new_year() == (date(span.last.year, 1, 1), span.last)


@given(days, st.integers(0, DAYS_MAX - 1))
def test_days_of_ones_own_are_what_was_said(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    span = spans.of(P.custom, first, last, today=FAR)
    before = span.year_before()

    assert (span.first, span.last, span.running) == (first, last, False)
    assert before[0] <= before[1] < last
    assert abs((before[1] - before[0]).days - length) <= 1


@pytest.mark.parametrize(
    ("period", "day", "today", "span", "before"),
    [
        (P.day, "2024-02-29", "2026-11-27", ("2024-02-29", "2024-02-29"), ("2023-02-28", "2023-02-28")),
        (P.week, "2026-11-27", "2026-11-30", ("2026-11-23", "2026-11-29"), ("2025-11-24", "2025-11-30")),
        (P.month, "2024-02-10", "2026-11-27", ("2024-02-01", "2024-02-29"), ("2023-02-01", "2023-02-28")),
        (P.month, "2025-02-10", "2026-11-27", ("2025-02-01", "2025-02-28"), ("2024-02-01", "2024-02-29")),
        (P.month, "2026-11-05", "2026-11-27", ("2026-11-01", "2026-11-27"), ("2025-11-01", "2025-11-27")),
        (P.quarter, "2026-05-31", "2026-11-27", ("2026-04-01", "2026-06-30"), ("2025-04-01", "2025-06-30")),
        (P.year, "2026-05-31", "2026-11-27", ("2026-01-01", "2026-11-27"), ("2025-01-01", "2025-11-27")),
    ],
)
def test_periods_by_example(
    period: P, day: str, today: str, span: tuple[str, str], before: tuple[str, str]
) -> None:
    found = spans.of(period, date.fromisoformat(day), None, today=date.fromisoformat(today))
    assert (found.first.isoformat(), found.last.isoformat()) == span
    assert tuple(one.isoformat() for one in found.year_before()) == before


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        (P.custom, None, None),
        (P.custom, "2026-05-02", "2026-05-01"),
        (P.custom, "2020-01-01", "2026-01-01"),
        (P.month, "2026-05-01", "2026-05-31"),
        (P.month, "2027-01-01", None),
        (P.day, "1970-01-01", None),
    ],
)
def test_days_that_make_no_sense_are_refused(period: P, first: str | None, last: str | None) -> None:
    ends = [date.fromisoformat(one) if one else None for one in (first, last)]
    with pytest.raises(BriefSpanUnfit):
        spans.of(period, *ends, today=date(2026, 11, 27))
