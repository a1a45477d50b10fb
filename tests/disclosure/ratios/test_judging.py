"""Every ratio of the law, by table: class, measure, limit, and what is exempt (domain.md 2.D)."""

from datetime import date

import pytest

from app.disclosure.ratios import judging
from app.disclosure.ratios.judging import Amounts, Ratio, RatioId, RatioVerdict
from app.disclosure.rules import ratios
from app.disclosure.rules.ratios import RatioMeasure

YUAN = 100
WAN = 10_000 * YUAN


def amounts(**over: int | None) -> Amounts:
    told = {
        "spending": 0,
        "administration": 0,
        "fundraising": 0,
        "income_before": 1_000 * WAN,
        "net_assets_before": 1_000 * WAN,
        "total_spending": 1_000 * WAN,
        "donations_average": 1_000 * WAN,
    } | over
    measures = {one: told[one.value] for one in RatioMeasure}
    averages = {one: over.get(f"{one.value}_average") for one in RatioMeasure}
    return Amounts(
        spending=told["spending"] or 0,
        administration=told["administration"] or 0,
        fundraising=told["fundraising"] or 0,
        measures=measures,
        averages=averages,
    )


def judged(year: int, name: str, **over: int | None) -> list[Ratio]:
    law = ratios.of(year)
    assert law is not None
    [kind] = [one for one in law.classes if one.id == name]
    return judging.judge(law, kind, amounts(**over))


def one(found: list[Ratio], what: RatioId) -> Ratio:
    return next(ratio for ratio in found if ratio.id is what)


@pytest.mark.parametrize("year", [2025, 2026])
@pytest.mark.parametrize(
    ("qualified", "foundation", "net_assets_wan", "kind", "spending", "administration"),
    [
        (True, True, 1, "qualified_foundation", [700], 100),
        (True, False, 1, "qualified_association", [700], 130),
        (False, True, 6_000, "foundation_from_60m", [60], 120),
        (False, True, 5_999, "foundation_from_8m", [60], 130),
        (False, True, 800, "foundation_from_8m", [60], 130),
        (False, True, 799, "foundation_from_4m", [70], 150),
        (False, True, 400, "foundation_from_4m", [70], 150),
        (False, True, 399, "foundation_below_4m", [80], 200),
        (False, False, 1_000, "association_from_10m", [60], 130),
        (False, False, 999, "association_from_5m", [70], 140),
        (False, False, 500, "association_from_5m", [70], 140),
        (False, False, 499, "association_from_1m", [80], 150),
        (False, False, 100, "association_from_1m", [80], 150),
        (False, False, 99, "association_below_1m", [80, 500], 200),
        (False, False, -5, "association_below_1m", [80, 500], 200),
    ],
)
def test_an_organizations_class(
    year: int,
    qualified: bool,
    foundation: bool,
    net_assets_wan: int,
    kind: str,
    spending: list[int],
    administration: int,
) -> None:
    law = ratios.of(year)
    assert law is not None

    found = law.class_of(qualified=qualified, foundation=foundation, net_assets_minor=net_assets_wan * WAN)

    assert found is not None
    assert (found.id, [share.per_mille for share in found.spending]) == (kind, spending)
    assert found.administration_per_mille == administration


def test_a_class_that_goes_by_size_is_not_guessed() -> None:
    law = ratios.LAWS[-1]
    assert law.class_of(qualified=False, foundation=True, net_assets_minor=None) is None
    known = law.class_of(qualified=True, foundation=True, net_assets_minor=None)
    assert known is not None
    assert known.id == "qualified_foundation"


@pytest.mark.parametrize(
    ("spending", "verdict", "left"),
    [
        (700 * WAN, RatioVerdict.kept, 0),
        (700 * WAN - 1, RatioVerdict.missed, 1),
        (650 * WAN, RatioVerdict.missed, 50 * WAN),
        (900 * WAN, RatioVerdict.kept, -200 * WAN),
    ],
)
def test_seventy_percent_of_last_years_income_must_be_spent(
    spending: int, verdict: RatioVerdict, left: int
) -> None:
    ratio = one(judged(2026, "qualified_association", spending=spending), RatioId.charitable_spending)
    assert (ratio.verdict, ratio.left, ratio.measure) == (verdict, left, RatioMeasure.income_before)


def test_a_limit_is_never_a_part_of_a_fen_too_low() -> None:
    found = judged(2026, "qualified_association", spending=70, income_before=101)
    assert one(found, RatioId.charitable_spending).limit == 71


def test_the_average_of_three_years_may_be_taken_instead() -> None:
    average = {"income_before_average": 800 * WAN}
    ratio = one(
        judged(2026, "qualified_association", spending=600 * WAN, **average), RatioId.charitable_spending
    )
    assert (ratio.verdict, ratio.limit) == (RatioVerdict.kept, 560 * WAN)
    none_before = {"income_before": None, "income_before_average": None}
    unknown = one(judged(2026, "qualified_association", **none_before), RatioId.charitable_spending)
    assert (unknown.verdict, unknown.limit, unknown.actual_per_mille) == (RatioVerdict.unknown, None, None)


def test_the_smallest_must_keep_two_shares() -> None:
    found = judged(
        2026,
        "association_below_1m",
        spending=8 * WAN,
        net_assets_before=99 * WAN,
        income_before=20 * WAN,
    )
    verdicts = {ratio.measure: ratio.verdict for ratio in found if ratio.id is RatioId.charitable_spending}
    assert verdicts == {
        RatioMeasure.net_assets_before: RatioVerdict.kept,
        RatioMeasure.income_before: RatioVerdict.missed,
    }


@pytest.mark.parametrize(
    ("administration", "total", "verdict"),
    [
        (130 * WAN, 1_000 * WAN, RatioVerdict.kept),
        (130 * WAN + 1, 1_000 * WAN, RatioVerdict.missed),
        # 低于 20 万: strictly.
        (20 * WAN - 1, 30 * WAN, RatioVerdict.exempt),
        (20 * WAN, 30 * WAN, RatioVerdict.missed),
    ],
)
def test_thirteen_percent_of_all_spending_may_be_administration(
    administration: int, total: int, verdict: RatioVerdict
) -> None:
    found = judged(2026, "qualified_association", administration=administration, total_spending=total)
    assert one(found, RatioId.administration).verdict is verdict


@pytest.mark.parametrize(
    ("fundraising", "verdict"), [(30 * WAN, RatioVerdict.kept), (30 * WAN + 1, RatioVerdict.missed)]
)
def test_three_percent_of_average_donations_may_raise_them(fundraising: int, verdict: RatioVerdict) -> None:
    found = judged(2026, "foundation_below_4m", fundraising=fundraising)
    ratio = one(found, RatioId.fundraising_cost)
    assert (ratio.verdict, ratio.article, ratio.actual_per_mille) == (verdict, "15", 30)


def test_before_2026_nothing_capped_the_cost_of_raising() -> None:
    found = judged(2025, "foundation_below_4m", fundraising=500 * WAN)
    assert RatioId.fundraising_cost not in {ratio.id for ratio in found}
    old, new = ratios.of(2025), ratios.of(2026)
    assert old is not None
    assert new is not None
    assert (old.last_mile, new.last_mile) == (False, True)
    assert [old.regulation.number, new.regulation.number] == ["民发〔2016〕189号", "民发〔2026〕12号"]
    assert ratios.of(2015) is None


def test_every_version_has_every_class_and_names_its_exceptions() -> None:
    classes = [[kind.id for kind in law.classes] for law in ratios.LAWS]
    assert classes[0] == classes[1]
    assert len(classes[0]) == 10
    assert all(
        [one.id for one in law.exceptions] == ["young", "depreciation", "provisions"] for law in ratios.LAWS
    )


@pytest.mark.parametrize(
    ("amount", "as_of", "expected"),
    [
        (100_00, date(2026, 12, 31), 100_00),
        (73_00, date(2026, 3, 14), 365_00),
        (1, date(2024, 1, 1), 366),
        (0, date(2026, 7, 1), 0),
    ],
)
def test_a_forecast_goes_on_as_the_days_so_far(amount: int, as_of: date, expected: int) -> None:
    assert judging.forecast(amount, as_of.year, as_of) == expected


def test_an_average_needs_every_year() -> None:
    assert judging.mean([1, 2, 2], 3) == 2
    assert judging.mean([100, None, 200], 3) is None
