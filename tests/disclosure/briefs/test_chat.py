"""A brief for a chat group reads as an officer of the federation would write it."""

from datetime import date

import pytest
from httpx import AsyncClient

from app.disclosure.briefs import chat, spans
from app.disclosure.briefs.spans import BriefPeriod
from app.kit.database import WriteSession
from app.kit.http.formats import Format
from tests.disclosure.briefs.test_briefs import ASKED, path, scene
from tests.factories import organizations

TODAY = date(2026, 6, 3)


async def test_a_month_in_words(client: AsyncClient, session: WriteSession) -> None:
    province = await scene(session)

    answer = await client.get(path(province), params=ASKED, headers={"Accept": Format.text.value})

    assert answer.headers["content-type"].startswith("text/plain")
    lines = answer.text.splitlines()
    assert lines[:8] == [
        f"【慈善工作月报】{province.name}（含下级，内部划拨不计）",
        "（演示数据，并非真实账目）",
        "各位同仁：现将2026年5月慈善工作情况通报如下：",
        "一、募集：募集款物550元，同比增长120.0%；捐赠3人次，网络募集占善款的100.0%。",
        "二、使用：支出60元，目前结余1,030元。",
        "三、项目与志愿服务：实施项目0个，新增志愿者0人。",
        "四、今年以来：累计募集750元，同比增长200.0%，完成年度目标1,000元的75.0%。",
        lines[7],
    ]
    assert lines[7].startswith("五、市级排名（按募集额）：第1名")
    assert lines[7].endswith("150元。")


@pytest.mark.parametrize(
    ("by", "told"),
    [
        ("per_head", "（每万人0.33元）"),
        ("growth", "（同比增长60.0%）"),
        ("completion", "（完成75.0%）"),
    ],
)
async def test_a_ranking_says_by_what_it_ranks(
    client: AsyncClient, session: WriteSession, by: str, told: str
) -> None:
    province = await scene(session)

    asked = ASKED | {"rank_by": by}
    text = (await client.get(path(province), params=asked, headers={"Accept": Format.text.value})).text

    assert told in text
    assert ("注：人均按常住人口计算，人口时点2020年11月1日" in text) is (by == "per_head")


async def test_where_nothing_came_nothing_is_reckoned(client: AsyncClient, session: WriteSession) -> None:
    member = await organizations.organization(session, books_from=date(2026, 1, 1))

    text = (await client.get(path(member), params=ASKED, headers={"Accept": Format.text.value})).text

    assert "一、募集：本期暂无捐赠入账。" in text
    assert "累计募集0元（上年同期无可比数据），未设年度目标。" in text
    assert "排名" not in text


@pytest.mark.parametrize(
    ("period", "first", "last", "told"),
    [
        (BriefPeriod.day, date(2026, 5, 4), None, "2026年5月4日"),
        (BriefPeriod.week, date(2026, 5, 6), None, "2026年5月4日至10日"),
        (BriefPeriod.week, date(2026, 4, 29), None, "2026年4月27日至5月3日"),
        (BriefPeriod.week, date(2025, 12, 31), None, "2025年12月29日至2026年1月4日"),
        (BriefPeriod.month, date(2026, 5, 1), None, "2026年5月"),
        (BriefPeriod.month, None, None, "2026年6月（截至6月3日）"),
        (BriefPeriod.quarter, date(2026, 1, 1), None, "2026年第一季度"),
        (BriefPeriod.quarter, None, None, "2026年第二季度（截至6月3日）"),
        (BriefPeriod.year, date(2025, 7, 1), None, "2025年"),
        (BriefPeriod.custom, date(2026, 5, 1), date(2026, 5, 20), "2026年5月1日至20日"),
    ],
)
def test_days_are_said_as_people_say_them(
    period: BriefPeriod, first: date | None, last: date | None, told: str
) -> None:
    assert chat.when(spans.of(period, first, last, today=TODAY)) == told


@pytest.mark.parametrize(
    ("minor", "told"),
    [
        (0, "0元"),
        (550_00, "550元"),
        (550_05, "550.05元"),
        (9_999_99, "9,999.99元"),
        (10_000_00, "1.00万元"),
        (36_504_999, "36.50万元"),
        (36_505_000, "36.51万元"),
        (80_700_000_000, "8.07亿元"),
        (-12_345_678, "-12.35万元"),
    ],
)
def test_amounts_are_said_as_people_say_them(minor: int, told: str) -> None:
    assert chat.spoken(minor) == told
