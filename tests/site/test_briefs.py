"""The pages of an organization's briefs and ratios say what the API says, and hand out the same papers."""

from datetime import date, timedelta
from io import BytesIO

from httpx import AsyncClient
from openpyxl import load_workbook
from pypdf import PdfReader

from app.kit.clock import today
from app.kit.database import WriteSession
from app.ledger import periods
from tests.disclosure.briefs.test_briefs import scene
from tests.disclosure.figures.test_annual import books
from tests.disclosure.ratios.test_ratios_api import MAY_2025, charity, given
from tests.factories import ledger
from tests.site.pages import Sheet

MAY = {"period": "month", "day": "2026-05-15"}


async def test_a_brief_is_read_beside_the_year_before(client: AsyncClient, session: WriteSession) -> None:
    province = await scene(session)
    path = f"/organizations/{province.code}/briefs"

    page = (await client.get(path, params=MAY)).text
    english = (await client.get(path, params=MAY, headers={"accept-language": "en"})).text

    text = Sheet(page).text
    for told in ("2026年5月1日", "¥550.00", "¥250.00", "+120%", "¥1,000.00", "75%", "演示数据"):
        assert told in text, told
    assert "+120%" in Sheet(english).text
    assert "1 May 2026" in Sheet(english).text
    # Cities with what is below them, in their order, as a picture and as a table.
    assert page.index("¥400.00") < page.index("¥150.00")
    assert Sheet(page).text.count("城市1") <= Sheet(page).text.count("市级募集排名") * 20
    ids = Sheet(page).ids()
    assert {"ranking-cities-title", "ranking-counties-title"} <= set(ids)


async def test_periods_are_turned_and_none_is_to_come(client: AsyncClient, session: WriteSession) -> None:
    province = await scene(session)
    path = f"/organizations/{province.code}/briefs"

    past = (await client.get(path, params=MAY)).text
    running = (await client.get(path)).text

    assert "period=month&amp;day=2026-04-30" in past
    assert "period=month&amp;day=2026-06-01" in past
    assert f"day={today().replace(day=1) - timedelta(days=1)}" in running
    assert 'rel="next"' not in running
    # Before the books begin there is nothing to turn back to: no reader, and no crawler, turns for ever.
    assert 'rel="prev"' not in (await client.get(path, params={"day": "2025-01-31"})).text
    assert "本期尚未结束" in running or today() != today().replace(day=28)
    for wrong in ({"day": "2999-01-01"}, {"day": "x"}, {"period": "century"}):
        assert (await client.get(path, params=wrong)).status_code == 422, wrong
    assert (await client.get("/organizations/NOBODY/briefs")).status_code == 404


async def test_a_brief_is_taken_along(client: AsyncClient, session: WriteSession) -> None:
    province = await scene(session)
    path = f"/organizations/{province.code}/briefs"

    pdf = await client.get(f"{path}.pdf", params=MAY)
    xlsx = await client.get(f"{path}.xlsx", params=MAY)
    words = await client.get(f"{path}.txt", params=MAY)

    assert pdf.headers["content-type"] == "application/pdf"
    assert len(PdfReader(BytesIO(pdf.content)).pages) == 1
    assert load_workbook(BytesIO(xlsx.content)).sheetnames[0] == "简报"
    assert words.headers["content-type"] == "text/plain; charset=utf-8"
    assert "募集款物550元" in words.text
    assert (await client.get(f"{path}.doc", params=MAY)).status_code == 422
    page = Sheet((await client.get(path, params=MAY)).text)
    linked = {one.attributes.get("href") for one in page.all("a")}
    for form in ("pdf", "xlsx", "txt"):
        assert f"{path}.{form}?period=month&day=2026-05-01" in linked
    json = f"/v1/disclosure/organizations/{province.id}/briefs?period=month&from=2026-05-01"
    assert json in linked
    assert (await client.get(json)).json()["raised"]["value"]["amount"] == 550_00


async def test_ratios_are_public_when_their_year_is_closed(
    client: AsyncClient, session: WriteSession
) -> None:
    province, _ = await charity(session)
    mine = await books(session, province)
    fund = await ledger.fund(session, mine)
    await given(session, mine, fund, 1_000_00, MAY_2025)
    path = f"/organizations/{province.code}/ratios"

    early = Sheet((await client.get(path)).text).text
    refused = await client.get(path, params={"year": 2025})
    for month in range(1, 13):
        await periods.open_books(session, province.id, date(2025, month, 1))
        await periods.close(session, province.id, date(2025, month, 1))
    closed = await client.get(path)

    assert "尚无已结账的年度" in early
    assert refused.status_code == 409
    text = Sheet(closed.text).text
    for told in ("2025年度", "民发〔2016〕189号", "具有公开募捐资格", "支付时计入", "无法判断", "不适用"):
        assert told in text, told
    english = await client.get(path, params={"year": 2025}, headers={"accept-language": "en"})
    assert "The year 2025" in Sheet(english.text).text
    assert (await client.get(path, params={"year": 2026})).status_code == 409
