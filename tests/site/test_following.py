"""A person follows a gift by its code, or by the number on a bill."""

import re
from datetime import UTC, date, datetime

import pytest
from httpx import AsyncClient

from app.disclosure.figures.definitions import FigureUnit
from app.kit.database import WriteSession
from app.site.languages import Language, Writer
from app.site.words import PAGES, WORDS
from tests.disclosure.scenes import Scene, scene
from tests.factories import ledger
from tests.site.pages import Sheet


async def test_a_code_leads_to_the_gift_however_it_is_typed(
    client: AsyncClient, session: WriteSession
) -> None:
    it = await scene(session)
    [code] = await it.give(it.gift(88_00))
    typed = f" {code[:5].lower()}-{code[5:]} "

    answer = await client.get("/follow", params={"code": typed})

    assert (answer.status_code, answer.headers["location"]) == (303, f"/follow/{code}")
    page = await client.get(answer.headers["location"])
    assert page.headers["cache-control"] == "private, no-cache"
    assert page.headers["x-robots-tag"] == "noindex"
    assert "2026年5月1日捐赠 ¥88.00" in Sheet(page.text).text


async def test_the_parts_on_the_page_add_up(client: AsyncClient, session: WriteSession) -> None:
    it, other = await scene(session), await scene(session)
    first, second = it.gift(60_00), it.gift(100_00)
    _, code = await it.give(first, second)
    await it.spend(90_00)
    sent, _ = await ledger.transfer(session, it.books, other.books, await it.fund(), 20_00)
    await ledger.receive(session, other.books, await other.fund(), sent)

    page = (await client.get(f"/follow/{code}")).text

    text = Sheet(page).text
    for words in (
        "已支出",
        "¥30.00",
        "项目 P-BRIDGE-1",
        "按先进先出推定",
        "¥50.00",
        "经 1 家机构转入",
        "¥20.00",
    ):
        assert words in text, words
    bar = [(float(x), float(width)) for x, width in re.findall(r'x="([\d.]+)" width="([\d.]+)"', page)]
    assert [round(width) for _, width in bar] == [300, 200, 500]
    assert bar[-1][0] + bar[-1][1] == 1000
    english = (await client.get(f"/follow/{code}", headers={"accept-language": "en"})).text
    assert "By first in, first out" in Sheet(english).text
    assert "given 1 May 2026" in Sheet(english).text


async def test_a_gift_in_suspense_is_explained(client: AsyncClient, session: WriteSession) -> None:
    it = await scene(session)
    [code] = await it.give(it.gift(campaign="NOBODY-KNOWS"))
    assert "待认领" in Sheet((await client.get(f"/follow/{code}")).text).text


@pytest.mark.parametrize("code", ["x", "0" * 20, "a/b", "..", "%00", "慈"])
async def test_a_wrong_code_leads_back_to_the_question(
    client: AsyncClient, session: WriteSession, code: str
) -> None:
    await scene(session)
    answer = await client.get("/follow", params={"code": code}, follow_redirects=True)
    assert answer.status_code == 404
    assert "未找到该捐赠" in answer.text


async def ask(client: AsyncClient, it: Scene, number: str, amount: str, **over: str):
    form = {"platform": it.partner.platform.name, "donation_id": number, "amount": amount}
    return await client.post("/follow", data=form | over)


@pytest.mark.parametrize("amount", ["1234.50", "1,234.5", " ¥1234.50"])
async def test_a_number_on_a_bill_leads_to_the_gift(
    client: AsyncClient, session: WriteSession, amount: str
) -> None:
    it = await scene(session)
    gift = it.gift(1234_50)
    [code] = await it.give(gift)

    answer = await ask(client, it, f" {gift.their_id} ", amount)

    assert (answer.status_code, answer.headers["location"]) == (303, f"/follow/{code}")


async def test_what_was_typed_stays_when_it_was_wrong(client: AsyncClient, session: WriteSession) -> None:
    it = await scene(session)
    gift = it.gift(50_00)
    await it.give(gift)
    cases = [
        (await ask(client, it, gift.their_id, "50.01"), 404, "未找到该捐赠"),
        (await ask(client, it, gift.their_id, "fifty"), 422, "请以元为单位填写金额"),
        (await ask(client, it, gift.their_id, "0"), 422, "请以元为单位填写金额"),
        (await ask(client, it, gift.their_id, "50.00", platform="无"), 404, "未找到该捐赠"),
    ]
    for answer, status, words in cases:
        assert (answer.status_code, words in answer.text) == (status, True)
        sheet = Sheet(answer.text)
        assert [one.attributes["role"] for one in sheet.all("p") if "role" in one.attributes] == ["alert"]
        values = {one.attributes["id"]: one.attributes.get("value") for one in sheet.all("input")}
        assert values["order"] == gift.their_id
    assert (await ask(client, it, "", "50")).status_code == 422


async def test_page_and_api_slow_down_a_guesser_together(client: AsyncClient, session: WriteSession) -> None:
    it = await scene(session)
    for number in range(10):
        assert (await ask(client, it, f"T-{number}", "1")).status_code == 404

    page = await ask(client, it, "T-10", "1")
    order = {"platform": "x", "donation_id": "x", "amount": {"amount": 1, "currency": "CNY"}}
    api = await client.post("/v1/disclosure/traces", json=order)

    assert (page.status_code, api.status_code) == (429, 429)
    assert "请求过于频繁" in Sheet(page.text).text
    assert int(page.headers["retry-after"]) >= 1


def test_money_and_days_are_written_as_each_language_does() -> None:
    zh, en = Writer(Language.zh), Writer(Language.en)
    assert [zh.money(minor) for minor in (123456, 5, -100)] == ["¥1,234.56", "¥0.05", "−¥1.00"]
    assert (zh.day(date(2026, 5, 1)), en.day(date(2026, 5, 1))) == ("2026年5月1日", "1 May 2026")
    late = datetime(2026, 4, 30, 16, 5, tzinfo=UTC)
    assert (zh.moment(late), en.moment(late)) == ("2026年5月1日 00:05", "1 May 2026 00:05")
    assert [zh.percent(points) for points in (0, 5, 1050, 10_000, 11_168)] == [
        *("0%", "0.05%", "10.5%", "100%", "111.68%")
    ]


def test_of_one_thing_another_word_is_said_than_of_many() -> None:
    zh, en = Writer(Language.zh), Writer(Language.en)
    assert [en("days_left", count=count) for count in (1, 2)] == ["1 day left", "2 days left"]
    assert [en("gifts_line", count=en.count(count)) for count in (1, 1001)] == [
        *("net of refunds, 1 gift", "net of refunds, 1,001 gifts")
    ]
    assert zh("days_left", count=1) == "还剩 1 天"
    assert en.figure(1, FigureUnit.counties) == "1 county"
    assert en.figure(2, FigureUnit.counties) == "2 counties"


def test_a_time_within_a_day_tells_the_day_once() -> None:
    zh, en = Writer(Language.zh), Writer(Language.en)
    begins, ends = (datetime(2026, 5, 1, hour, tzinfo=UTC) for hour in (0, 3))
    assert zh.between(begins, ends) == "2026年5月1日 08:00–11:00"
    assert en.between(begins, ends) == "1 May 2026 08:00–11:00"
    over = datetime(2026, 5, 1, 16, tzinfo=UTC)
    assert zh.between(begins, over) == "2026年5月1日 08:00 至 2026年5月2日 00:00"


def test_both_languages_say_the_same_facts() -> None:
    assert sum(len(page.WORDS) for page in PAGES) == len(WORDS), "a key stands on two pages"
    for key, (zh, en) in WORDS.items():
        facts = [set(re.findall(r"\{(\w+)\}", words)) for words in (zh, en)]
        assert facts[0] == facts[1] - {"s"}, key
        assert "s" not in facts[1] or "count" in facts[1], key
        assert zh.strip(), key
        assert en.strip(), key
