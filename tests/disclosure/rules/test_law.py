"""The law: every rule with a date, and what is judged by which text."""

from datetime import date
from pathlib import Path

import pytest
from pydantic import ValidationError

from app.disclosure.rules import law
from app.disclosure.rules.law import LawBroken, Mark, Trigger
from tests.disclosure.rules.dates import TABLE


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
        (Trigger.campaign_end, "2025-12-31", {"OB-B6": "CL-2023"}),
        (Trigger.campaign_end, "2026-01-01", {"OB-B6": "XX-81"}),
        # Before the amended law no clock of five days ran in an emergency.
        (Trigger.emergency_response, "2020-01-26", {}),
        (Trigger.emergency_response, "2025-01-07", {"OB-C1": "CL-2023"}),
        (Trigger.emergency_response, "2026-01-07", {"OB-C1": "XX-81"}),
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


def test_what_makes_no_obligation_says_why() -> None:
    silent = {(rule.id, rule.who.value) for rule in law.RULES if rule.not_made}
    assert silent == {
        *(("OB-A1", "authority"), ("OB-A2-publication", "authority")),
        *(("OB-F1", "everyone"), ("OB-F9", "everyone")),
    }


def test_what_is_not_read_twice_and_not_dated_by_its_text_says_so_to_staff() -> None:
    unsure = [rule for rule in law.RULES if rule.mark is Mark.b and not rule.note]
    # Of the old measures on disclosure nothing but the rhythm is known: the mark says it.
    assert {rule.regulation.code for rule in unsure} <= {"XX-61", "XX-81"}
    assert {rule.id for rule in unsure if rule.regulation.code == "XX-81"} == {"OB-B7"}


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


def test_what_the_authority_owes_says_that_it_is_no_obligation_of_ours(tmp_path: Path) -> None:
    text = TEXT.format(code="ONE-1", since="2016-09-01", unit="months")
    (tmp_path / "one.toml").write_text(text.replace('"everyone"', '"authority"'), "utf-8")
    with pytest.raises(ValidationError, match="no obligation of ours"):
        law.read(tmp_path)
