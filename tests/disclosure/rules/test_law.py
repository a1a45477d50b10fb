"""The law: every rule with a date, and what is judged by which text."""

from datetime import date
from pathlib import Path

import pytest
from pydantic import ValidationError

from app.disclosure.rules import law
from app.disclosure.rules.law import LawBroken, Mark, Trigger

# Rule, text, what set it off, the last day, the last day when rolled over holidays.
TABLE = [
    ("OB-A1", "GM-74", "2026-03-02", "2026-03-22", "2026-03-23"),
    ("OB-A2", "GM-59", "2020-09-09", "2020-08-30", "2020-08-30"),
    ("OB-A2", "GM-74", "2026-09-09", "2026-08-30", "2026-08-30"),
    ("OB-A2-completion", "GM-74", "2026-04-30", "2026-05-05", "2026-05-06"),
    ("OB-A2-publication", "GM-74", "2026-05-20", "2026-05-30", "2026-06-01"),
    ("OB-A6", "GM-74", "2026-09-22", "2026-10-02", "2026-10-08"),
    ("OB-A9", "GM-59", "2020-01-26", "2020-02-05", "2020-02-05"),
    ("OB-A9", "CL-2023", "2025-01-07", "2025-01-17", "2025-01-17"),
    ("OB-A10", "GM-74", "2026-10-12", "2026-10-02", "2026-10-02"),
    ("OB-B2", "XX-61", "2020-01-02", "2020-02-01", "2020-02-03"),
    ("OB-B2", "XX-81", "2026-09-01", "2026-10-01", "2026-10-08"),
    ("OB-B2-change", "XX-61", "2019-04-02", "2019-05-02", "2019-05-05"),
    ("OB-B2-change", "XX-81", "2026-03-01", "2026-03-31", "2026-03-31"),
    ("OB-B3", "XX-81", "2026-01-01", "2026-12-31", "2026-12-31"),
    ("OB-B4", "CL-2016", "2021-01-01", "2021-12-31", "2021-12-31"),
    ("OB-B4", "CL-2023", "2025-01-01", "2025-12-31", "2025-12-31"),
    ("OB-B4", "XX-81", "2026-01-01", "2026-05-31", "2026-06-01"),
    ("OB-B4a-supervisor", "STGL-1998", "2021-01-01", "2021-03-31", "2021-03-31"),
    ("OB-B4a-authority", "STGL-1998", "2021-01-01", "2021-05-31", "2021-05-31"),
    ("OB-B4a-foundation", "JJGL-2004", "2024-01-01", "2024-03-31", "2024-04-01"),
    ("OB-B4b", "KJ-2024-25", "2027-01-01", "2027-04-30", "2027-04-30"),
    ("OB-B5", "CL-2016", "2020-01-26", "2020-04-26", "2020-04-26"),
    ("OB-B5", "CL-2023", "2026-01-01", "2026-04-01", "2026-04-01"),
    ("OB-B6", "CL-2016", "2020-06-30", "2020-09-30", "2020-09-30"),
    ("OB-B6", "CL-2023", "2026-11-30", "2027-02-28", "2027-03-01"),
    ("OB-B7", "XX-81", "2026-06-06", "2026-06-06", "2026-06-08"),
    ("OB-B8-progress", "CL-2016", "2020-03-31", "2020-06-30", "2020-06-30"),
    ("OB-B8-progress", "CL-2023", "2026-03-31", "2026-06-30", "2026-06-30"),
    ("OB-B8-final", "CL-2016", "2020-07-01", "2020-10-01", "2020-10-09"),
    ("OB-B8-final", "CL-2023", "2026-07-01", "2026-10-01", "2026-10-08"),
    ("OB-B9", "XX-81", "2026-01-01", "2026-05-31", "2026-06-01"),
    ("OB-B10", "XX-81", "2026-11-30", "2027-02-28", "2027-03-01"),
    ("OB-B11", "XX-61", "2020-09-01", "2020-10-01", "2020-10-09"),
    ("OB-B11", "XX-81", "2026-04-01", "2026-05-01", "2026-05-06"),
    ("OB-B12", "XX-61", "2020-09-01", "2020-10-01", "2020-10-09"),
    ("OB-B12", "XX-81", "2026-04-01", "2026-05-01", "2026-05-06"),
    ("OB-B13", "XX-81", "2027-01-01", "2027-05-31", "2027-05-31"),
    ("OB-C1", "CL-2023", "2025-01-07", "2025-01-12", "2025-01-13"),
    ("OB-E7", "PRACTICE-1", "2026-09-30", "2026-10-27", "2026-10-27"),
    ("OB-F1", "PRACTICE-1", "2026-04-30", "2026-05-11", "2026-05-11"),
    ("OB-F5", "PJ-2024-1", "2026-05-01", "2026-05-04", "2026-05-06"),
    ("OB-F9", "PRACTICE-1", "2020-01-17", "2020-01-23", "2020-01-23"),
    ("OB-F24", "CL-2023", "2026-01-16", "2026-02-15", "2026-02-24"),
    ("OB-G1", "XT-2017-37", "2020-09-24", "2020-10-01", "2020-10-09"),
    ("OB-G2", "XT-2017-37", "2026-02-10", "2026-02-17", "2026-02-24"),
    ("OB-G4", "XT-2017-37", "2026-01-01", "2026-03-31", "2026-03-31"),
    ("OB-G4-publication", "XX-81", "2026-01-01", "2026-12-31", "2026-12-31"),
    ("OB-G5", "XX-81", "2026-09-05", "2026-10-05", "2026-10-08"),
]


@pytest.mark.parametrize(("rule_id", "version", "trigger", "due", "rolled"), TABLE)
def test_every_rule_has_its_day(rule_id: str, version: str, trigger: str, due: str, rolled: str) -> None:
    rule, set_off = law.BY_VERSION[rule_id, version], date.fromisoformat(trigger)
    assert rule in law.on(rule.trigger, set_off)
    days = (rule.deadline.due(set_off).isoformat(), rule.deadline.rolled(set_off).isoformat())
    assert days == (due, rolled)


def test_the_table_leaves_no_rule_out() -> None:
    assert {(row[0], row[1]) for row in TABLE} == set(law.BY_VERSION)


@pytest.mark.parametrize(
    ("trigger", "day", "expected"),
    [
        (Trigger.campaign_start, "2020-09-01", {"OB-A2": "GM-59"}),
        (Trigger.campaign_start, "2024-09-04", {"OB-A2": "GM-59"}),
        (Trigger.campaign_start, "2024-09-05", {"OB-A2": "GM-74"}),
        (Trigger.campaign_end, "2020-12-31", {"OB-B6": "CL-2016"}),
        (Trigger.campaign_end, "2026-06-30", {"OB-B6": "CL-2023"}),
        # Before the amended law no clock of five days ran in an emergency.
        (Trigger.emergency_response, "2020-01-26", {}),
        (Trigger.emergency_response, "2025-01-07", {"OB-C1": "CL-2023"}),
        (Trigger.organization_founded, "2025-12-31", {"OB-B2": "XX-61"}),
        (Trigger.organization_founded, "2026-01-01", {"OB-B2": "XX-81"}),
        (Trigger.plan_changed, "2020-05-01", {}),
    ],
)
def test_what_happened_is_judged_by_the_text_of_its_day(
    trigger: Trigger, day: str, expected: dict[str, str]
) -> None:
    found = law.on(trigger, date.fromisoformat(day))
    assert {rule.id: rule.regulation.code for rule in found} == expected


def test_31_may_is_no_day_of_the_old_measures() -> None:
    def report(year: int) -> tuple[str, date]:
        [rule] = [one for one in law.on(Trigger.year_ended, date(year, 1, 1)) if one.id == "OB-B4"]
        return rule.mark.value, rule.deadline.due(date(year, 1, 1))

    assert report(2021) == ("B", date(2021, 12, 31))
    assert report(2025) == ("B", date(2025, 12, 31))
    assert report(2026) == ("A", date(2026, 5, 31))


def test_days_after_the_first_are_less_sure_where_the_base_is_read_in_two_ways() -> None:
    rule = law.BY_VERSION["OB-B5", "CL-2023"]
    assert [rule.mark_of(number) for number in (1, 2, 3)] == [Mark.a, Mark.b, Mark.b]
    assert law.BY_VERSION["OB-B6", "CL-2023"].mark_of(2) is Mark.a


def test_practice_claims_no_law() -> None:
    practice = {rule.id for rule in law.RULES if rule.mark is Mark.c}
    assert practice == {"OB-E7", "OB-F1", "OB-F9"}
    assert {rule.article for rule in law.RULES if rule.mark is Mark.c} == {""}
    assert {rule.regulation.number for rule in law.RULES if rule.mark is Mark.c} == {""}


TEXT = """
[regulation]
code = "{code}"
title = "A text"
title_zh = "文"
number = "1"
effective_from = {since}

[[rules]]
id = "OB-B6"
article = "1"
title = "An account"
title_zh = "公开"
who = "everyone"
trigger = "campaign_end"
deadline = {{ unit = "{unit}", count = 3 }}
mark = "A"
"""


def test_two_texts_of_one_duty_on_one_day_are_found_at_start(tmp_path: Path) -> None:
    (tmp_path / "one.toml").write_text(TEXT.format(code="ONE-1", since="2016-09-01", unit="months"), "utf-8")
    assert [rule.id for rule in law.read(tmp_path)] == ["OB-B6"]
    (tmp_path / "two.toml").write_text(TEXT.format(code="TWO-2", since="2024-09-05", unit="months"), "utf-8")
    with pytest.raises(LawBroken):
        law.read(tmp_path)


def test_a_unit_that_is_none_is_found_at_start(tmp_path: Path) -> None:
    (tmp_path / "one.toml").write_text(TEXT.format(code="ONE-1", since="2016-09-01", unit="weeks"), "utf-8")
    with pytest.raises(ValidationError):
        law.read(tmp_path)
