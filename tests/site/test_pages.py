"""The public page: well formed, in two languages, safe, light, and true to the books."""

import re
from itertools import pairwise

import pytest
from httpx import ASGITransport, AsyncClient, Response

from app.fundraising import donations
from app.kit.database import WriteSession
from app.main import create_app
from app.settings import Environment, Settings
from tests.conftest import Shared
from tests.disclosure.scenes import scene
from tests.factories import fundraising as make
from tests.factories import organizations
from tests.factories.fundraising import Appeal
from tests.site import voices
from tests.site.lively import certified, lively
from tests.site.pages import Sheet

OURS = ("http://127.0.0.1:8000/", "http://test/", "https://c2sp.org/", "http://www.w3.org/2000/svg")
"""The addresses that pages write out: our own as it is told, and as it was asked; the formats' of the log and
of drawings."""
EXPLAINED = rf"https://c2sp\.org/|{re.escape(voices.ADDRESS)}$"


async def all_pages(client: AsyncClient, session: WriteSession) -> dict[str, Response]:
    it, codes = await lively(session)
    certificate, _ = await certified(session, it)
    member = f"/organizations/{it.partner.organization.code}"
    event = await voices.event(session, it.partner.organization)
    ticket = await voices.seat(session, event)
    await voices.article(session, it.campaign)
    complaint = await voices.complaint(session, it.partner.organization)
    paths = [
        *("/", "/?q=慈", "/?q=nothing-like-it", "/?state=closed", "/follow", "/about", "/data", "/v1/log"),
        *(
            "/projects",
            "/projects?q=x",
            "/publications",
            "/projects/NOBODYS",
            "/organizations",
            member,
        ),
        *(f"{member}/briefs", f"{member}/briefs?period=year", f"{member}/briefs?day=x", f"{member}/ratios"),
        *("/events", f"/events/{event.id}", "/events?kind=lecture", "/news", "/news?media=x"),
        *(f"/events/{event.id}/sign-ups", f"/events/{event.id}/sign-ups/{ticket}"),
        f"/events/{event.id}/sign-ups/00000",
        *("/complaints", f"/complaints/{complaint}", "/complaints/00000"),
        *("/certificates", certificate, "/certificates/X-FW-2026-00001/00000"),
        f"/campaigns/{it.campaign.code}",
        *(f"/follow/{code}" for code in codes),
        *("/campaigns/NOBODY-KNOWS", "/organizations/NOBODY", "/follow/00000", "/?cursor=x", "/nowhere"),
    ]
    found = {}
    for language in ("zh", "en"):
        client.cookies.clear()
        headers = {"accept": "text/html", "accept-language": f"{language};q=0.9"}
        for path in paths:
            found[f"{language} {path}"] = await client.get(path, headers=headers)
    return found


async def test_every_page_is_well_formed_and_can_be_heard(client: AsyncClient, session: WriteSession) -> None:
    for name, answer in (await all_pages(client, session)).items():
        assert answer.headers["content-type"].startswith("text/html"), name
        sheet = Sheet(answer.text)
        assert sheet.one("html").attributes["lang"] == ("zh-CN" if name.startswith("zh") else "en"), name
        assert sheet.one("h1").text.strip(), name
        assert len(sheet.ids()) == len(set(sheet.ids())), name
        headings = [int(one.tag[1]) for one in sheet.elements if re.fullmatch(r"h[1-6]", one.tag)]
        assert all(after <= before + 1 for before, after in pairwise(headings)), (name, headings)
        title = [one for one in sheet.all("title") if not one.attributes]
        assert title[0].text.strip() not in {"", "· 征信录"}, name
        assert "#content" in [one.attributes.get("href") for one in sheet.all("a")], name
        labels = {one.attributes["for"] for one in sheet.all("label")}
        typed = [one for one in sheet.all("input") if one.attributes.get("type") != "hidden"]
        for control in (*typed, *sheet.all("select"), *sheet.all("textarea")):
            assert control.attributes["id"] in labels, (name, control)
        for image in sheet.all("img"):
            assert "alt" in image.attributes, name
        for drawing in sheet.all("svg"):
            assert drawing.attributes["role"] == "img", name
            assert drawing.attributes["aria-labelledby"], name
        for one in sheet.elements:
            for said in ("aria-labelledby", "aria-describedby"):
                assert set((one.attributes.get(said) or "").split()) <= set(sheet.ids()), (name, one)
        for cell in sheet.all("th"):
            assert cell.attributes.get("scope") in {"row", "col"}, name
        for bar in sheet.all("progress"):
            assert bar.attributes["aria-label"], name


async def test_every_page_is_safe_and_loads_nothing_from_elsewhere(
    client: AsyncClient, session: WriteSession
) -> None:
    for name, answer in (await all_pages(client, session)).items():
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy, name
        assert "unsafe" not in policy, name
        assert answer.headers["referrer-policy"] == "no-referrer", name
        assert answer.headers["x-content-type-options"] == "nosniff", name
        sheet = Sheet(answer.text)
        # Data for programs is no script: nothing in it is ever run, and nothing may end it early.
        assert {one.attributes["type"] for one in sheet.all("script")} <= {"application/ld+json"}, name
        bare = re.sub(r"<script.*?</script>", "", answer.text, flags=re.DOTALL)
        assert not sheet.all("style"), name
        for one in sheet.elements:
            assert not [said for said in one.attributes if said == "style" or said.startswith("on")], name
            for said in ("href", "src", "action"):
                address = one.attributes.get(said)
                if address and one.tag == "link":
                    address = address.removeprefix("http://127.0.0.1:8000")
                assert address is None or re.match(rf"[/#](?![/\\])|{EXPLAINED}", address), (name, address)
        elsewhere = re.findall(r"[^\s\"<>]*//[^\s\"<>]*", bare)
        assert all(one.startswith((*OURS, voices.ADDRESS)) for one in elsewhere), (name, elsewhere)


async def test_the_first_load_is_light(client: AsyncClient, session: WriteSession) -> None:
    assets: dict[str, bytes] = {}
    for name, page in (await all_pages(client, session)).items():
        load = len(page.content)
        for address in set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page.text)):
            if address not in assets:
                asset = await client.get(address)
                assert asset.status_code == 200
                assert "immutable" in asset.headers["cache-control"]
                assert not re.search(rb"url\(|@import", asset.content)
                assets[address] = asset.content
            load += len(assets[address])
        assert load < 60_000, (name, load)
    assert (await client.get("/static/book.css?v=old")).headers["cache-control"] == "public, max-age=300"
    assert (await client.get("/static/settings.py")).status_code == 404


async def test_a_campaigns_page_tells_its_account(client: AsyncClient, session: WriteSession) -> None:
    it, codes = await lively(session)

    answer = await client.get(f"/campaigns/{it.campaign.code}")

    text = Sheet(answer.text).text
    for amount in ("¥450.00", "−¥50.00", "¥400.00", "−¥320.00", "¥80.00", "40%"):
        assert amount in text, amount
    for words in (
        "慈安桥<b>",
        "A26001",
        "王*",
        "匿名",
        "未公开",
        "已作废",
        "已退 ¥40.00",
        "部分退款",
        "2026-05-01",
    ):
        assert words in text, words
    assert "2026年1月1日" in text
    assert "王小明" not in answer.text
    assert "<script>alert" not in answer.text
    assert not any(code in answer.text for code in codes)


async def test_the_front_page_sums_up(client: AsyncClient, session: WriteSession) -> None:
    it, _ = await lively(session)
    await (await scene(session, title="助学")).give(it.gift(1_00, campaign="NOBODY"))

    text = Sheet((await client.get("/")).text).text

    assert "¥450.00" in text
    assert "慈安桥<b>" in text
    assert "助学" in text
    found = Sheet((await client.get("/", params={"q": " 助学\x00"})).text).text
    assert "慈安桥<b>" not in found
    assert "助学" in found


async def test_gifts_can_be_paged_through(client: AsyncClient, session: WriteSession) -> None:
    it = await scene(session)
    await it.give(*(it.gift(100 + number) for number in range(45)))
    seen: list[str] = []
    path: str | None = f"/campaigns/{it.campaign.code}"
    while path:
        page = (await client.get(path)).text
        table = page[page.index('class="gifts"') :]
        seen += re.findall(r"¥[\d.,]+", table)
        turn = re.search(r'rel="next"\s+href="([^"#]+)', page)
        path = turn[1] if turn else None
    assert len(seen) == len(set(seen)) == 45


async def test_campaigns_can_be_paged_through(client: AsyncClient, session: WriteSession) -> None:
    for number in range(23):
        await scene(session, title=f"活动{number:02}")
    seen: list[str] = []
    path: str | None = "/?q=活动"
    while path:
        page = (await client.get(path)).text
        seen += re.findall(r">(活动\d\d)<", page)
        turn = re.search(r'rel="next"\s+href="([^"#]+)', page)
        path = turn[1].replace("&amp;", "&") if turn else None
    assert len(seen) == len(set(seen)) == 23


@pytest.mark.parametrize(
    ("asked", "cookie", "browser", "language"),
    [
        ("", None, "", "zh-CN"),
        ("", None, "fr,de;q=0.8", "zh-CN"),
        ("", None, "en-GB,en;q=0.9,zh;q=0.5", "en"),
        ("", "zh", "en", "zh-CN"),
        ("?lang=en", "zh", "zh", "en"),
        ("?lang=xx", None, "", "zh-CN"),
    ],
)
async def test_the_reader_chooses_the_language(
    client: AsyncClient, asked: str, cookie: str | None, browser: str, language: str
) -> None:
    if cookie:
        client.cookies.set("lang", cookie)
    answer = await client.get(f"/about{asked}", headers={"accept-language": browser})
    assert Sheet(answer.text).one("html").attributes["lang"] == language
    assert answer.headers["content-language"] == language
    assert answer.headers["vary"] == "Accept-Language, Cookie"


async def test_a_chosen_language_is_remembered(client: AsyncClient) -> None:
    chosen = await client.get("/about?lang=en")
    assert "private" in chosen.headers["cache-control"]
    assert Sheet((await client.get("/about")).text).one("html").attributes["lang"] == "en"


async def test_the_other_language_keeps_the_place(client: AsyncClient, session: WriteSession) -> None:
    await lively(session)
    page = (await client.get("/?q=慈&state=open")).text
    assert "/?q=%E6%85%88&amp;state=open&amp;lang=en" in page
    for path in ("//evil.example/", "/%2F/evil.example//", "/\\evil.example/"):
        led = await client.get(f"http://test{path}", headers={"accept": "text/html"})
        assert led.headers.get("location", "/here").startswith("/")
        assert led.headers.get("location", "/here")[1:2] not in {"/", "\\"}
    stray = await client.get("http://test//evil.example/%5Cx", headers={"accept": "text/html"})
    assert stray.status_code == 404
    assert 'href="/evil.example/%5Cx?lang=en"' in stray.text


async def test_a_page_is_not_sent_twice(client: AsyncClient, session: WriteSession) -> None:
    it, _ = await lively(session)
    for path in ("/", "/about", f"/campaigns/{it.campaign.code}"):
        tag = (await client.get(path)).headers["etag"]
        again = await client.get(path, headers={"if-none-match": tag})
        assert (again.status_code, again.content) == (304, b"")
        other = await client.get(path, headers={"if-none-match": tag, "accept-language": "en"})
        assert other.status_code == 200
        assert (await client.head(path)).status_code == 200


async def test_a_demonstration_says_so_everywhere(client: AsyncClient, session: WriteSession) -> None:
    it, codes = await lively(session)
    general = ["/", "/about", "/follow"]
    real = [f"/campaigns/{it.campaign.code}", f"/follow/{codes[0]}"]
    for path in (*general, *real):
        assert "演示数据" not in (await client.get(path)).text, path
    member = await organizations.organization(session, demo=True)
    channel = await make.merchant(session, member.id)
    campaign = await make.campaign(session, member.id)
    appeal = Appeal(
        organization_id=member.id, platform_id=channel.platform_id, channel=channel, campaign=campaign
    )
    [outcome] = await donations.receive(session, [make.gift(appeal)])
    for path in (*general, f"/campaigns/{campaign.code}", f"/follow/{outcome.lookup_code}"):
        assert "演示数据" in (await client.get(path)).text, path
        assert "Demo data" in (await client.get(path, headers={"accept-language": "en"})).text, path
    for path in real:
        assert "演示数据" not in (await client.get(path)).text, path
    trace = await client.get(f"/v1/disclosure/donations/{outcome.lookup_code}/trace")
    assert trace.json()["demo"] is True
    listed = await client.get(f"/v1/disclosure/campaigns/{campaign.code}/donations")
    assert listed.json()["demo"] is True


async def test_a_service_for_demonstration_says_so_on_every_page(
    session: WriteSession, settings: Settings, shared: Shared
) -> None:
    it, codes = await lively(session)
    demo = settings.model_copy(update={"environment": Environment.demo})
    transport = ASGITransport(create_app(demo, database=shared))
    async with AsyncClient(transport=transport, base_url="http://test") as client:
        pages = ("/", "/about", f"/campaigns/{it.campaign.code}", f"/follow/{codes[0]}", "/campaigns/NO")
        for path in (*pages, "/docs", "/problems/malformed"):
            assert "演示数据" in (await client.get(path)).text, path


async def test_programs_that_stray_get_a_problem_and_people_a_page(client: AsyncClient) -> None:
    html, json = {"accept": "text/html,*/*"}, {"accept": "application/json"}
    for path, headers, kind in [
        ("/nowhere", html, "text/html; charset=utf-8"),
        ("/nowhere", json, "application/problem+json"),
        ("/v1/nowhere", html, "application/problem+json"),
        ("/problems/nowhere", html, "application/problem+json"),
    ]:
        answer = await client.get(path, headers=headers)
        assert (answer.status_code, answer.headers["content-type"]) == (404, kind), path
    # The page hides nobody's other methods.
    assert (await client.get("/v1/disclosure/traces", headers=html)).status_code == 405
    assert (await client.post("/about", headers=html)).status_code == 405


async def test_a_slash_too_many_behind_a_page_is_taken_away(client: AsyncClient) -> None:
    answer = await client.get("/campaigns/征/", headers={"accept": "text/html"})
    assert (answer.status_code, answer.headers["location"]) == (307, "/campaigns/%E5%BE%81")
