"""Pictures: what each drawing of the page shows, and what it says to who can't see it."""

from collections.abc import Sequence
from datetime import timedelta

from app.disclosure.briefs.ranking import Place, RankBy
from app.disclosure.days import Day, Span
from app.disclosure.figures.told import Part
from app.disclosure.ratios.annual import RatioYear
from app.disclosure.ratios.judging import RatioId
from app.disclosure.years import YearSoFar
from app.site.charts import Drawing, Series
from app.site.languages import Writer

BARS_MAX = 10
"""So many bars that lie under one another are looked at; the table beside them has the rest."""


def months(t: Writer, year: YearSoFar) -> Drawing | None:
    """Return a year's months beside those of the year before; nothing if nothing came in."""
    if max(max(one.raised, one.before) for one in year.months) <= 0:
        return None
    best = max(year.months, key=lambda one: one.raised)
    this, before = year.as_of.year, year.as_of.year - 1
    return Drawing(
        id="months",
        title=t("months_title", year=this, before=before),
        text=t("months_text", month=t.month(best.number), most=t.money(best.raised)),
        labels=tuple(t.month(one.number) for one in year.months),
        series=(
            Series(str(before), "before", _lengths([one.before for one in year.months])),
            Series(str(this), "up", _lengths([one.raised for one in year.months])),
        ),
        written=t.money,
        axis=t.about,
    )


def days(t: Writer, found: Sequence[Day], within: Span) -> Drawing | None:
    """Return a campaign's days: what came in stands on the line, what went back hangs below it."""
    if not found:
        return None
    of = {one.day: one for one in found}
    every = [within.first + timedelta(days=place) for place in range((within.last - within.first).days + 1)]
    told = [of.get(day) for day in every]
    raised = Series(t("raised"), "up", _lengths([one.raised if one else 0 for one in told]))
    refunded = Series(t("refunded"), "down", _lengths([-one.refunded if one else 0 for one in told]))
    most = max(one.raised for one in found)
    return Drawing(
        id="days",
        title=t("chart_title", first=t.day(within.first), last=t.day(within.last)),
        text=t("chart_text", most=t.money(most), count=len(found)),
        labels=tuple(t.short_day(day) for day in every),
        series=tuple(one for one in (raised, refunded) if any(one.values)),
        written=t.money,
        axis=t.about,
    )


def ranking(t: Writer, places: Sequence[Place], *, tier: str, known_before: bool) -> Drawing | None:
    """Return the members of a tier that raised most, beside the same days a year before where books tell."""
    shown = [one for one in places if one.raised.now > 0][:BARS_MAX]
    if not shown:
        return None
    first = shown[0]
    now = Series(t("brief_now"), "up", _lengths([one.raised.now for one in shown]))
    before = Series(t("brief_before"), "before", _lengths([one.raised.before for one in shown]))
    return Drawing(
        id=f"ranking-{tier}",
        title=t(f"brief_{tier}"),
        text=t("ranking_text", name=_name(t, first), most=t.money(first.raised.now), count=len(shown)),
        labels=tuple(f"{one.ranks[RankBy.amount]}. {_name(t, one)}" for one in shown),
        series=(now, before) if known_before and any(before.values) else (now,),
        written=t.money,
        axis=t.about,
        lying=True,
    )


def parts(t: Writer, told: Sequence[Part]) -> Drawing | None:
    """Return by whom most of a year's gifts were received, the most first."""
    most = sorted((one for one in told if one.value > 0), key=lambda one: -one.value)[:BARS_MAX]
    # One bar alone has nothing to be compared with.
    if len(most) < 2:
        return None
    return Drawing(
        id="members",
        title=t("members_title"),
        text=t(
            "ranking_text",
            name=t.said(most[0].title_zh, most[0].title),
            most=t.money(most[0].value),
            count=len(most),
        ),
        labels=tuple(t.said(one.title_zh, one.title) for one in most),
        series=(Series("", "up", _lengths([one.value for one in most])),),
        written=t.money,
        axis=t.about,
        lying=True,
    )


def ratios(t: Writer, which: RatioId, years: Sequence[RatioYear]) -> Drawing | None:
    """Return what a ratio came to in each of these years, the newest of which comes first, beside its limit.

    Of a class with two bases the first is drawn; years of which the base is not known are left out.
    """
    found = [(one.year, next((ratio for ratio in one.ratios if ratio.id is which), None)) for one in years]
    known = [(year, ratio) for year, ratio in reversed(found) if ratio and ratio.actual_per_mille is not None]
    if not known:
        return None
    year, last = known[-1]
    return Drawing(
        id=f"years-{which.value}",
        title=t("ratio_years", ratio=t.label("RatioId", which.value)),
        text=t(
            "ratio_years_text",
            year=year,
            share=t.per_mille(last.actual_per_mille or 0),
            limit=t.per_mille(last.per_mille),
        ),
        labels=tuple(str(year) for year, _ in known),
        series=(
            Series(t("ratio_share"), "up", _lengths([one.actual_per_mille for _, one in known])),
            Series(
                t("ratio_least") if last.at_least else t("ratio_most"),
                "limit",
                _lengths([one.per_mille for _, one in known]),
            ),
        ),
        written=t.per_mille,
        axis=t.per_mille,
    )


def _name(t: Writer, place: Place) -> str:
    return t.said(place.organization.name, place.organization.name_en)


def _lengths(values: Sequence[int | None]) -> tuple[int | None, ...]:
    # Nothing has no bar, but its place.
    return tuple(value or None for value in values)
