"""Every class of both versions of the provisions, with its article and amounts worked by hand (2.D)."""

import pytest

from app.disclosure.ratios import judging
from app.disclosure.ratios.judging import Ratio, RatioId, RatioVerdict
from app.disclosure.rules import ratios
from app.disclosure.rules.ratios import RatioMeasure
from tests.disclosure.ratios.test_judging import WAN, amounts

MISSED, KEPT = RatioVerdict.missed, RatioVerdict.kept
SPENDING, ADMINISTRATION = RatioId.charitable_spending, RatioId.administration

# Class, its articles in 民发〔2016〕189号 and in 民发〔2026〕12号, then in units of 10,000 yuan: last year's
# income and net assets, this year's charitable spending, all spending and administration; what must be spent
# and what is left to spend of it; what administration may cost and what is left of that.
CASES = [
    # 70 % of 2,000 is 1,400: 1,000 spent, 400 short. 10 % of 1,200 is 120: 100 cost, 20 below.
    (
        "qualified_foundation",
        "7; CL 61",
        "8; CL 61",
        (2_000, 500, 1_000, 1_200, 100),
        (1_400, 400),
        (120, 20),
    ),
    # 70 % of 2,000 is 1,400: 1,400 spent. 13 % of 1,600 is 208: 210 cost, 2 above.
    ("qualified_association", "7", "8", (2_000, 500, 1_400, 1_600, 210), (1_400, 0), (208, -2)),
    # 6 % of 6,000 is 360: 361 spent, 1 more. 12 % of 500 is 60: 60 cost.
    ("foundation_from_60m", "8(1)", "9(1)", (100, 6_000, 361, 500, 60), (360, -1), (60, 0)),
    # 6 % of 800 is 48: 40 spent, 8 short. 13 % of 200 is 26: 25 cost, 1 below.
    ("foundation_from_8m", "8(2)", "9(2)", (100, 800, 40, 200, 25), (48, 8), (26, 1)),
    # 7 % of 500 is 35: 36 spent, 1 more. 15 % of 200 is 30: 31 cost, 1 above.
    ("foundation_from_4m", "8(3)", "9(3)", (100, 500, 36, 200, 31), (35, -1), (30, -1)),
    # 8 % of 300 is 24: 20 spent, 4 short. 20 % of 150 is 30: 30 cost.
    ("foundation_below_4m", "8(4)", "9(4)", (100, 300, 20, 150, 30), (24, 4), (30, 0)),
    # 6 % of 1,000 is 60: 60 spent. 13 % of 300 is 39: 40 cost, 1 above.
    ("association_from_10m", "9(1)", "10(1)", (100, 1_000, 60, 300, 40), (60, 0), (39, -1)),
    # 7 % of 600 is 42: 41 spent, 1 short. 14 % of 150 is 21: 20 cost, 1 below.
    ("association_from_5m", "9(2)", "10(2)", (100, 600, 41, 150, 20), (42, 1), (21, 1)),
    # 8 % of 100 is 8: 9 spent, 1 more. 15 % of 140 is 21: 21 cost.
    ("association_from_1m", "9(3)", "10(3)", (100, 100, 9, 140, 21), (8, -1), (21, 0)),
    # 8 % of 50 is 4: 4 spent. 20 % of 110 is 22: 25 cost, 3 above. (And half of the income: below.)
    ("association_below_1m", "9(4)", "10(4)", (6, 50, 4, 110, 25), (4, 0), (22, -3)),
]


def judged(year: int, name: str, told: tuple[int, ...]) -> list[Ratio]:
    law = ratios.of(year)
    assert law is not None
    [kind] = [one for one in law.classes if one.id == name]
    names = ("income_before", "net_assets_before", "spending", "total_spending", "administration")
    return judging.judge(
        law, kind, amounts(**{one: value * WAN for one, value in zip(names, told, strict=True)})
    )


@pytest.mark.parametrize("year", [2025, 2026])
@pytest.mark.parametrize(("name", "old", "new", "told", "spend", "cost"), CASES)
def test_a_class_is_judged_by_its_article(
    year: int,
    name: str,
    old: str,
    new: str,
    told: tuple[int, ...],
    spend: tuple[int, int],
    cost: tuple[int, int],
) -> None:
    found = judged(year, name, told)

    spending = next(one for one in found if one.id is SPENDING)
    administration = next(one for one in found if one.id is ADMINISTRATION)
    assert {spending.article, administration.article} == {old if year == 2025 else new}
    assert (spending.limit, spending.left) == (spend[0] * WAN, spend[1] * WAN)
    assert spending.verdict is (MISSED if spend[1] > 0 else KEPT)
    assert (administration.limit, administration.left) == (cost[0] * WAN, cost[1] * WAN)
    assert administration.verdict is (MISSED if cost[1] < 0 else KEPT)


def test_every_class_is_in_the_table() -> None:
    assert all([case[0] for case in CASES] == [one.id for one in law.classes] for law in ratios.LAWS)


def test_the_smallest_association_also_spends_half_of_its_income() -> None:
    found = judged(2026, "association_below_1m", (6, 50, 4, 110, 25))
    by_measure = {one.measure: one for one in found if one.id is SPENDING}
    # Half of 60,000 yuan is 30,000: 40,000 spent, 10,000 more.
    half = by_measure[RatioMeasure.income_before]
    assert (half.limit, half.left, half.verdict) == (3 * WAN, -1 * WAN, KEPT)


@pytest.mark.parametrize(
    ("donations", "cost", "limit", "left", "verdict"),
    [
        # 3 % of 1,000 is 30: 20 cost, 10 below.
        (1_000, 20, 30, 10, KEPT),
        # 3 % of 500 is 15: 16 cost, 1 above.
        (500, 16, 15, -1, MISSED),
    ],
)
def test_raising_costs_three_percent_at_most_from_2026_on(
    donations: int, cost: int, limit: int, left: int, verdict: RatioVerdict
) -> None:
    told = amounts(donations_average=donations * WAN, fundraising=cost * WAN)
    for law in ratios.LAWS:
        for kind in law.classes:
            found = [one for one in judging.judge(law, kind, told) if one.id is RatioId.fundraising_cost]
            if law.first_year < 2026:
                assert found == []
                continue
            [ratio] = found
            assert (ratio.article, ratio.limit, ratio.left) == ("15", limit * WAN, left * WAN)
            assert ratio.verdict is verdict


def test_the_articles_of_what_is_apart() -> None:
    # 189号 has three articles on the classes, 7 to 9, 12号 the same three as 8 to 10; then in both averages,
    # below 200,000 yuan no cap on administration, and what is excepted: 12号 puts the last mile between (12).
    old, new = ratios.LAWS
    assert [law.average.article for law in (old, new)] == ["10", "11"]
    assert [law.administration_exemption.article for law in (old, new)] == ["11", "13"]
    exceptions = [[one.article for one in law.exceptions] for law in (old, new)]
    assert exceptions == [["12"] * 3, ["14(1)", "14(2)", "14(3)"]]
    assert [law.fundraising_cap and law.fundraising_cap.article for law in (old, new)] == [None, "15"]
