"""Deadlines: calendar months, days that are not counted, and holidays, with dates from the articles."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.disclosure.rules import workdays
from app.disclosure.rules.deadlines import Deadline, Unit
from app.kit.calendars import terms

MONTHS, DAYS, BEFORE = Unit.months, Unit.days, Unit.days_before
days = st.dates(min_value=date(2016, 9, 1), max_value=date(2027, 12, 31))


@pytest.mark.parametrize(
    ("unit", "count", "trigger", "due", "rolled"),
    [
        # The example of the Civil Code's reading: three months are no ninety days.
        (MONTHS, 3, "2026-11-30", "2027-02-28", "2027-03-01"),
        (MONTHS, 3, "2019-11-30", "2020-02-29", "2020-03-02"),
        (MONTHS, 3, "2026-02-28", "2026-05-28", "2026-05-28"),
        (MONTHS, 4, "2026-12-31", "2027-04-30", "2027-04-30"),
        # 28 February 2026 is a Saturday on which China worked: nothing is rolled.
        (MONTHS, 3, "2025-11-28", "2026-02-28", "2026-02-28"),
        # The National Day's week of 2026 ends on 7 October; Saturday the 10th is worked.
        (MONTHS, 3, "2026-07-01", "2026-10-01", "2026-10-08"),
        (DAYS, 10, "2026-09-30", "2026-10-10", "2026-10-10"),
        (DAYS, 10, "2026-01-01", "2026-01-11", "2026-01-12"),
        # The Spring Festival of 2020 was prolonged until 2 February.
        (DAYS, 5, "2020-01-25", "2020-01-30", "2020-02-03"),
        (DAYS, 30, "2024-12-31", "2025-01-30", "2025-02-05"),
        # Counted backwards from a start nothing is rolled.
        (BEFORE, 10, "2026-10-11", "2026-10-01", "2026-10-01"),
        (BEFORE, 10, "2020-03-05", "2020-02-24", "2020-02-24"),
        # Five worked days over the swapped Sunday 20 September and the Mid-Autumn holiday of 2026.
        (Unit.working_days, 5, "2026-09-18", "2026-09-24", "2026-09-24"),
        (Unit.working_days, 1, "2026-09-30", "2026-10-08", "2026-10-08"),
    ],
)
def test_last_days(unit: Unit, count: int, trigger: str, due: str, rolled: str) -> None:
    deadline = Deadline(unit=unit, count=count)
    set_off = date.fromisoformat(trigger)
    assert (deadline.due(set_off).isoformat(), deadline.rolled(set_off).isoformat()) == (due, rolled)


def test_a_day_of_the_year() -> None:
    report = Deadline(unit=Unit.day_of_year, month=5, day=31)
    assert report.due(date(2026, 1, 1)) == date(2026, 5, 31)
    # 31 May 2026 is a Sunday.
    assert report.rolled(date(2026, 1, 1)) == date(2026, 6, 1)
    assert report.due(date(2027, 1, 1)) == report.rolled(date(2027, 1, 1)) == date(2027, 5, 31)


def test_what_recurs_is_counted_from_its_start() -> None:
    quarterly = Deadline(unit=MONTHS, count=3)
    found = [quarterly.due(date(2019, 11, 30), number).isoformat() for number in range(1, 5)]
    assert found == ["2020-02-29", "2020-05-30", "2020-08-30", "2020-11-30"]


@given(days, st.integers(min_value=0, max_value=60))
def test_months_end_in_their_month_and_never_after_the_corresponding_day(day: date, count: int) -> None:
    end = terms.months_after(day, count)
    assert (end.year - day.year) * 12 + end.month - day.month == count
    assert end.day == day.day or (end.day < day.day and (end + timedelta(days=1)).day == 1)


@given(days, days, st.integers(min_value=0, max_value=24))
def test_who_begins_later_ends_no_earlier(one: date, other: date, count: int) -> None:
    first, last = sorted((one, other))
    for unit in (MONTHS, DAYS, BEFORE, Unit.working_days):
        deadline = Deadline(unit=unit, count=count)
        assert deadline.due(first) <= deadline.due(last)
        assert deadline.rolled(first) <= deadline.rolled(last)


@given(days)
def test_rolling_gives_a_worked_day_and_skips_none(day: date) -> None:
    rolled = workdays.next_worked(day)
    assert workdays.is_worked(rolled)
    between = [day + timedelta(days=n) for n in range((rolled - day).days)]
    assert not any(workdays.is_worked(one) for one in between)
    assert workdays.next_worked(rolled) == rolled


@given(days, st.integers(min_value=0, max_value=15))
def test_worked_days_are_counted_one_by_one(day: date, count: int) -> None:
    end = workdays.after(day, count)
    worked = [n for n in range(1, (end - day).days + 1) if workdays.is_worked(day + timedelta(days=n))]
    assert len(worked) == count
    before = workdays.last_before(day, count)
    assert workdays.after(before, count) < day <= workdays.after(before + timedelta(days=1), count)


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        ("2020-01-19", True),
        ("2020-01-31", False),
        ("2020-02-02", False),
        ("2020-05-09", True),
        ("2020-10-08", False),
        ("2025-04-27", True),
        ("2026-01-04", True),
        ("2026-02-14", True),
        ("2026-02-20", False),
        ("2026-10-10", True),
        ("2026-10-11", False),
    ],
)
def test_weekends_swapped_for_holidays_are_worked(day: str, worked: bool) -> None:
    assert workdays.is_worked(date.fromisoformat(day)) is worked
