"""Pictures: in proportion, told to who can't see them, and nothing in them that the page's policy forbids."""

import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree as ET

import pytest

from app.disclosure.briefs.compared import Compared
from app.disclosure.briefs.ranking import Place, RankBy
from app.disclosure.days import Day, Span
from app.disclosure.figures.told import Part, PartGroup
from app.disclosure.years import Month, Sums, YearSoFar
from app.kit.ids import new_id
from app.organizations.models import LegalForm, Organization, Tier
from app.site import pictures
from app.site.charts import LABEL_ON_PHONES, WIDTH, Drawing, Series
from app.site.languages import Language, Writer

ZH, EN = Writer(Language.zh), Writer(Language.en)
SVG = "{http://www.w3.org/2000/svg}"
SPAN = Span(date(2026, 5, 1), date(2026, 5, 10))


def year(*raised: int, before: int = 0) -> YearSoFar:
    given = [*raised, *[0] * (12 - len(raised))]
    months = [Month(number, fen, before) for number, fen in enumerate(given, 1)]
    return YearSoFar(date(2026, 12, 31), Sums(), Sums(), months)


def place(rank: int, name: str, now: int, before: int = 0) -> Place:
    member = Organization(
        id=new_id(),
        code=f"C{rank}",
        name=name,
        tier=Tier.city,
        region_code="610100",
        legal_form=LegalForm.association,
        books_from=date(2025, 1, 1),
    )
    return Place(
        ranks=dict.fromkeys(RankBy, rank),
        heads=None,
        organization=member,
        raised=Compared(now=now, before=before, this_year=now, this_year_before=before),
        target=None,
    )


def drawn(picture: Drawing | None) -> ET.Element:
    assert picture is not None
    return ET.fromstring(str(picture.svg))


def bars(picture: Drawing | None, paint: str, side: str = "height") -> list[float]:
    [group] = [one for one in drawn(picture).iter(f"{SVG}g") if one.get("class") == paint]
    return [float(one.get(side) or 0) for one in group.iter(f"{SVG}rect")]


def said(picture: Drawing | None) -> Sequence[str | None]:
    return [one.text for one in drawn(picture).iter(f"{SVG}title")]


def test_months_stand_beside_those_of_the_year_before() -> None:
    picture = pictures.months(ZH, year(100_00, 200_00, 400_00, before=50_00))

    now, before = bars(picture, "up"), bars(picture, "before")

    assert len(before) == 12
    assert len(now) == 3, "a month in which nothing came in has no bar"
    assert now[1] == pytest.approx(2 * now[0], abs=0.2)
    assert now[2] == pytest.approx(8 * before[0], abs=0.8)
    assert "3月 2026 ¥400.00" in said(picture)
    assert pictures.months(ZH, year()) is None


def test_days_stand_on_the_line_and_refunds_hang_below_it() -> None:
    days = [Day(date(2026, 5, 1), 300, 0, 1, 0), Day(date(2026, 5, 3), 150, 100, 1, 1)]
    picture = pictures.days(EN, days, SPAN)

    raised, refunded = bars(picture, "up"), bars(picture, "down")

    assert raised[0] == pytest.approx(2 * raised[1], abs=0.2)
    assert refunded == [pytest.approx(raised[0] / 3, abs=0.2)]
    top = max(bars(picture, "down", "y"))
    assert top == pytest.approx(bars(picture, "up", "y")[0] + raised[0], abs=0.2)
    assert "1 May Raised ¥3.00" in said(picture)
    assert len(picture.labels) == 10 if picture else False
    # Where nothing went back there is one kind of bar, and no legend is needed.
    only = pictures.days(EN, days[:1], SPAN)
    assert [one.paint for one in only.series] == ["up"] if only else False
    assert pictures.days(EN, [], SPAN) is None
    # A correction may leave a day with less than nothing.
    assert drawn(pictures.days(EN, [Day(date(2026, 5, 1), -5, 0, -1, 0)], SPAN)) is not None


def test_who_raised_most_lies_above_the_others() -> None:
    places = [place(1, "西安市慈善会", 400_00, 100_00), place(2, "延安市慈善会", 200_00), place(3, "无", 0)]
    picture = pictures.ranking(ZH, places, tier="cities", known_before=True)

    lengths, places_down = bars(picture, "up", "width"), bars(picture, "up", "y")

    # pygal draws from below: the last of its bars is the first of the ranking.
    assert lengths[1] == pytest.approx(2 * lengths[0], abs=0.4)
    assert places_down[1] < places_down[0]
    texts = [one.text for one in drawn(picture).iter(f"{SVG}text")]
    assert {"1. 西安市慈善会", "2. 延安市慈善会"} <= set(texts)
    assert "3. 无" not in texts
    alone = pictures.ranking(ZH, places, tier="cities", known_before=False)
    assert [one.paint for one in alone.series] == ["up"] if alone else False
    assert pictures.ranking(ZH, places[2:], tier="cities", known_before=True) is None


def test_parts_are_drawn_where_there_are_several() -> None:
    parts = [
        Part(group=PartGroup.organization, key=str(n), title_zh=f"会{n}", title=f"C{n}", value=n)
        for n in range(14)
    ]
    picture = pictures.parts(EN, parts)
    assert picture is not None
    assert picture.labels[:2] == ("C13", "C12")
    assert len(picture.labels) == pictures.BARS_MAX
    assert pictures.parts(EN, parts[:2]) is None


def test_a_drawing_holds_nothing_that_the_policy_forbids_and_says_what_it_shows() -> None:
    picture = pictures.months(ZH, year(100_00, before=50_00))
    assert picture is not None
    hostile = replace(picture, title="<script>alert(1)</script>", labels=("a & b<i>",) * 12)
    for one in (picture, hostile):
        root, text = drawn(one), str(one.svg)
        tags = {element.tag.removeprefix(SVG) for element in root.iter()}
        assert tags <= {"svg", "g", "path", "rect", "text", "title", "desc"}
        names = {name for element in root.iter() for name in element.attrib}
        assert names <= {"class", "viewBox", "role", "aria-labelledby", "id", "transform", "d"} | {
            *("x", "y", "rx", "ry", "width", "height")
        }
        assert not re.search(r"<script|<style|<!--|https?://(?!www\.w3\.org/2000/svg)", text)
        by = (root.get("aria-labelledby") or "").split()
        told = {element.get("id"): element.text for element in root if element.get("id")}
        assert [told[name] for name in by] == [one.title, one.text]
        assert root.get("role") == "img"


def test_names_beside_bars_are_whole_as_large_as_phones_write_them() -> None:
    named = ("1. 陕西省慈善联合会直属机构（演示）", "2. Charity Association of Ankang", "3. 县")
    for labels in (named, named[:1], named[1:2], named[2:]):
        bars = (Series("", "up", tuple(range(1, len(labels) + 1))),)
        picture = Drawing("x", "x", "x", labels, bars, str, str, lying=True)
        [room] = re.findall(r'translate\((\d+), \d+\)" class="plot"', str(picture.svg))
        wide = max(sum(1 if ord(letter) > 0x2E80 else 0.55 for letter in one) for one in labels)
        assert int(room) - 5 >= wide * LABEL_ON_PHONES, labels
        assert int(room) < WIDTH * 2 // 3, labels


def test_the_same_figures_are_drawn_once() -> None:
    first, second = (pictures.months(ZH, year(7_00)) for _ in range(2))
    assert first is not None
    assert second is not None
    assert first is not second
    assert first.svg is second.svg


@pytest.mark.parametrize(
    ("minor", "zh", "en"),
    [
        (0, "¥0", "¥0"),
        (250_00, "¥250", "¥250"),
        (5_000_00, "¥5000", "¥5k"),
        (1_200_000_00, "¥120万", "¥1.2M"),
        (-30_000_00, "\N{MINUS SIGN}¥3万", "\N{MINUS SIGN}¥30k"),
        (250_000_000_00, "¥2.5亿", "¥250M"),
    ],
)
def test_an_axis_is_written_briefly(minor: int, zh: str, en: str) -> None:
    assert (ZH.about(minor), EN.about(minor)) == (zh, en)


def test_a_process_that_draws_nothing_does_not_hold_the_library() -> None:
    asked = "import sys, app.main; print([name for name in sys.modules if name.startswith('pygal')])"
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


def test_drawing_leaves_no_finder_of_modules_behind() -> None:
    assert drawn(pictures.months(EN, year(9_00))) is not None
    assert [one for one in sys.meta_path if type(one).__module__ == "pygal"] == []
