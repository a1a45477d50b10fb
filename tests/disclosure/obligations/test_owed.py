"""What the rules make of facts, by calculation alone."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.disclosure.models import SubjectKind
from app.disclosure.obligations import owed
from app.disclosure.obligations.facts import ANY, Fact, Member, Threshold
from app.disclosure.rules.law import BY_VERSION, Mark, Trigger, Who
from app.kit.ids import new_id

ID = new_id()
days = st.dates(min_value=date(2016, 9, 1), max_value=date(2027, 6, 30))


def member(**over: object) -> Member:
    values = {
        "id": new_id(),
        "form": Who.association,
        "books_from": date(2016, 9, 1),
        "founded_on": None,
        "certificates": [(date(2016, 9, 1), None)],
        "thresholds": [Threshold(rule_id="OB-B11", amount=1, valid_from=date(2016, 1, 1))],
    } | over
    return Member(**values)


def fact(trigger: Trigger, happened: date, **over: object) -> Fact:
    values = {"kind": SubjectKind.campaign, "id": ID, "title": "慈安桥"} | over
    return Fact(trigger=trigger, happened_on=happened, **values)


def of(given_fact: Fact, on: date = date(2026, 11, 27), who: Member | None = None) -> list[owed.Owed]:
    return list(owed.of(who or member(), [given_fact], on))


@pytest.mark.parametrize(
    ("starts", "ends", "numbers"),
    [
        # Exactly six months are not more than six months.
        ("2026-01-01", "2026-07-01", []),
        ("2026-01-01", "2026-07-02", ["2026-04-01", "2026-07-01"]),
        ("2020-01-31", "2020-07-31", []),
        ("2020-01-31", "2020-08-01", ["2020-04-30", "2020-07-31"]),
        # Without a last day nobody can say that it is short.
        ("2026-01-01", None, ["2026-04-01", "2026-07-01", "2026-10-01", "2027-01-01"]),
    ],
)
def test_only_what_runs_over_six_months_tells_its_progress(
    starts: str, ends: str | None, numbers: list[str]
) -> None:
    end = ends and date.fromisoformat(ends)
    run = fact(
        Trigger.campaign_run, date.fromisoformat(starts), until=end, planned_until=end, binding=frozenset()
    )
    found = [str(one.due_on) for one in of(run) if one.rule_id == "OB-B5"]
    assert found == numbers


def test_who_plans_for_longer_was_not_late_before_and_who_plans_for_less_is_not_excused() -> None:
    def progress(until: date, anew: date, before: date) -> list[tuple[int, str, str]]:
        planned = {"until": until, "planned_until": until, "replanned": [(anew, before)]}
        run = fact(Trigger.campaign_run, date(2026, 1, 1), **planned)
        return [(one.number, str(one.due_on), one.mark.value) for one in of(run)]

    # Planned for five months, and on 20 May for the whole year.
    longer = progress(date(2026, 12, 31), date(2026, 5, 20), date(2026, 5, 31))
    # Planned for the whole year, and on 20 May until June, with the first report missed.
    less = progress(date(2026, 6, 15), date(2026, 5, 20), date(2026, 12, 31))
    assert longer == [(1, "2026-07-01", "B"), (2, "2026-10-01", "B")]
    assert less == [(1, "2026-04-01", "A")]


def test_a_campaign_closed_early_owes_no_progress_after_its_end() -> None:
    run = fact(
        Trigger.campaign_run,
        date(2026, 1, 1),
        until=date(2026, 5, 1),
        planned_until=date(2026, 12, 31),
    )
    assert [(one.number, one.due_on, one.mark) for one in of(run)] == [(1, date(2026, 4, 1), Mark.a)]


def test_who_holds_no_certificate_owes_what_others_owe() -> None:
    year = fact(Trigger.year_ended, date(2026, 1, 1), year=2025)
    with_it = {one.rule_id for one in of(year)}
    without = {one.rule_id for one in of(year, who=member(certificates=[]))}
    assert with_it - without == {"OB-B3"}
    assert without - with_it == {"OB-B9"}
    lost = member(certificates=[(date(2018, 1, 1), date(2025, 12, 31))])
    assert "OB-B9" in {one.rule_id for one in of(year, who=lost)}


def test_each_legal_form_has_its_own_yearly_filings() -> None:
    year = fact(Trigger.year_ended, date(2021, 1, 1), year=2020)

    def forms(form: Who | None) -> set[str]:
        return {one.rule_id for one in of(year, who=member(form=form)) if one.rule_id.startswith("OB-B4a")}

    assert forms(Who.association) == {"OB-B4a-supervisor", "OB-B4a-authority"}
    assert forms(Who.foundation) == {"OB-B4a-foundation"}
    assert forms(None) == set()


def test_accounts_within_four_months_begin_with_the_year_that_the_text_is_about() -> None:
    def accounts(year: int) -> list[str]:
        ended = fact(Trigger.year_ended, date(year + 1, 1, 1), year=year)
        return [str(one.due_on) for one in of(ended) if one.rule_id == "OB-B4b"]

    assert (accounts(2025), accounts(2026)) == ([], ["2027-04-30"])


@pytest.mark.parametrize(
    ("happened", "amount", "expected"),
    [
        ("2025-12-31", 100, set()),
        ("2026-01-01", 99, set()),
        ("2026-01-01", 100, {"OB-B11"}),
        ("2026-07-01", 100, set()),
        ("2026-07-01", 500, {"OB-B11"}),
    ],
)
def test_what_is_major_is_judged_by_the_threshold_of_its_day(
    happened: str, amount: int, expected: set[str]
) -> None:
    thresholds = [
        Threshold(rule_id="OB-B11", amount=100, valid_from=date(2026, 1, 1)),
        Threshold(rule_id="OB-B11", amount=500, valid_from=date(2026, 7, 1)),
    ]
    event = fact(Trigger.major_event, date.fromisoformat(happened), amount=amount)
    assert {one.rule_id for one in of(event, who=member(thresholds=thresholds))} == expected


def test_without_a_threshold_nobody_knows_what_is_asked() -> None:
    [one] = of(fact(Trigger.major_event, date(2026, 5, 1), amount=10**12), who=member(thresholds=[]))
    assert (one.rule_id, one.due_on, one.number, one.complete) == ("OB-B11", None, 0, False)


def test_what_the_books_know_was_done_is_told_by_rule() -> None:
    year = fact(
        Trigger.trust_year_ended,
        date(2026, 1, 1),
        year=2025,
        binding=frozenset({Who.trustee}),
        done={"OB-G4": date(2026, 3, 1), ANY: None},
    )
    assert {one.rule_id: one.done_on for one in of(year)} == {
        "OB-G4": date(2026, 3, 1),
        "OB-G4-publication": None,
    }


@pytest.mark.parametrize(
    ("starts", "expected"),
    [
        # The amended Charity Law holds from 5 September 2024, the measures on disclosure from 1 January 2026.
        (
            "2024-03-05",
            [
                ("CL-2016", "2024-06-05"),
                ("CL-2023", "2024-09-05"),
                *(("CL-2023", due) for due in ("2024-12-05", "2025-03-05", "2025-06-05", "2025-09-05")),
                ("CL-2023", "2025-12-05"),
                ("XX-81", "2026-03-05"),
            ],
        ),
        ("2025-09-30", [("CL-2023", "2025-12-30"), ("XX-81", "2026-03-30")]),
        ("2025-10-01", [("XX-81", "2026-01-01"), ("XX-81", "2026-04-01")]),
    ],
)
def test_a_text_that_changes_in_the_middle_of_a_clock_judges_what_falls_due_from_then_on(
    starts: str, expected: list[tuple[str, str]]
) -> None:
    run = fact(Trigger.campaign_run, date.fromisoformat(starts))
    found = of(run, on=date(2026, 3, 1))
    assert [(one.regulation, str(one.due_on)) for one in found] == expected
    assert [one.number for one in found] == list(range(1, len(found) + 1))
    assert {one.trigger_on for one in found} == {date.fromisoformat(starts)}
    assert [one.mark for one in found] == [Mark.a, *[Mark.b] * (len(found) - 1)]


def test_an_emergency_that_goes_on_owes_five_days_from_the_day_of_the_amended_law_on() -> None:
    going_on = fact(Trigger.emergency_response, date(2024, 8, 28), until=date(2024, 9, 20))
    found = [(one.number, str(one.due_on), one.regulation, one.mark) for one in of(going_on)]
    # Counted from its start: 2 September was before the law, and of no day is anybody sure.
    assert found == [
        (number, due, "CL-2023", Mark.b)
        for number, due in enumerate(("2024-09-07", "2024-09-12", "2024-09-17"), 1)
    ]
    over = fact(Trigger.emergency_response, date(2024, 8, 1), until=date(2024, 9, 4))
    assert of(over) == []


def test_a_leap_day_and_a_month_that_is_too_short_do_not_wear_a_clock_down() -> None:
    run = fact(Trigger.campaign_run, date(2023, 11, 30), until=date(2024, 12, 31))
    found = [str(one.due_on) for one in of(run)]
    assert found == ["2024-02-29", "2024-05-30", "2024-08-30", "2024-11-30"]
    leap = fact(Trigger.campaign_end, date(2024, 2, 29))
    assert [str(one.due_on) for one in of(leap)] == ["2024-05-29"]


@given(days, st.integers(min_value=0, max_value=900), days)
def test_what_recurs_is_owed_in_its_time_and_history_never_changes(
    starts: date, length: int, today: date
) -> None:
    ends = starts + timedelta(days=length)
    facts = [
        fact(Trigger.campaign_run, starts, until=ends, planned_until=ends),
        fact(Trigger.emergency_response, starts, until=ends),
    ]
    earlier = {one.key: one for one in owed.of(member(), facts, today)}
    later = {one.key: one for one in owed.of(member(), facts, today + timedelta(days=90))}
    assert earlier.items() <= later.items()
    for one in earlier.values():
        assert one.due_on is not None
        assert one.rolled_on is not None
        assert starts < one.due_on <= min(ends, today + owed.HORIZON)
        assert one.due_on <= one.rolled_on
    for rule_id in {one.rule_id for one in later.values()}:
        numbers = sorted(one.number for one in later.values() if one.rule_id == rule_id)
        assert numbers == list(range(1, len(numbers) + 1))


@given(days)
def test_everything_is_judged_by_a_text_in_force_on_its_day(happened: date) -> None:
    for trigger in Trigger:
        for one in of(fact(trigger, happened, year=happened.year - 1, amount=10, binding=frozenset(Who))):
            rule = BY_VERSION[one.rule_id, one.regulation]
            assert one.due_on is not None
            assert rule.holds(one.due_on if rule.recurring else one.trigger_on)
