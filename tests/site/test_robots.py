"""What searches find: robots, the sitemap, one address a page, and a way on for who strays."""

import re
from xml.etree import ElementTree as ET

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient

from app.kit.database import WriteSession
from app.main import create_app
from app.settings import Environment, Settings
from tests.conftest import Shared
from tests.factories import fundraising as make
from tests.site import voices
from tests.site.lively import certified, lively
from tests.site.pages import Element, Sheet

HOME = "http://127.0.0.1:8000"


def links(html: str, rel: str) -> list[Element]:
    return [one for one in Sheet(html).all("link") if one.attributes["rel"] == rel]


async def test_the_sitemap_tells_public_pages_that_all_open(
    client: AsyncClient, session: WriteSession
) -> None:
    it, codes = await lively(session)
    event = await voices.event(session, it.partner.organization)
    draft = await make.campaign(session, it.partner.organization.id, publish=False)

    answer = await client.get("/sitemap.xml")

    assert answer.headers["content-type"] == "application/xml"
    found = [one.text or "" for one in ET.fromstring(answer.text).iter() if one.tag.endswith("loc")]
    assert len(found) == len(set(found))
    paths = [one.removeprefix(HOME) for one in found]
    member = f"/organizations/{it.partner.organization.code}"
    assert {"/", member, f"/campaigns/{it.campaign.code}", f"/events/{event.id}", "/about"} <= set(paths)
    assert f"/campaigns/{draft.code}" not in paths
    assert not any(code in answer.text for code in codes)
    for path in paths:
        assert (await client.get(path)).status_code == 200, path


async def test_programs_are_asked_to_keep_out_of_what_one_person_has_the_key_to(client: AsyncClient) -> None:
    rules = (await client.get("/robots.txt")).text
    assert f"Sitemap: {HOME}/sitemap.xml" in rules
    for path in ("/follow/", "/complaints/", "/certificates/", "/events/*/sign-ups/"):
        assert f"Disallow: {path}\n" in rules
    assert "Disallow: /\n" not in rules


async def test_a_demonstration_is_found_by_no_search(settings: Settings, shared: Shared) -> None:
    demo = settings.model_copy(update={"environment": Environment.demo})
    transport = ASGITransport(create_app(demo, database=shared))
    async with AsyncClient(transport=transport, base_url="http://test") as client:
        assert (await client.get("/robots.txt")).text == "User-agent: *\nDisallow: /\n"


async def test_the_seal_is_there_for_who_asks_for_it_unread(client: AsyncClient) -> None:
    answer = await client.get("/favicon.ico")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/svg+xml")
    ET.fromstring(answer.text)
    [icon] = links((await client.get("/")).text, "icon")
    assert (await client.get(icon.attributes["href"] or "")).text == answer.text


@pytest.mark.parametrize(
    ("asked", "canonical"),
    [
        ("/about", "/about"),
        ("/about?lang=en", "/about?lang=en"),
        ("/events?kind=lecture&lang=zh", "/events?kind=lecture&lang=zh"),
    ],
)
async def test_each_page_has_one_address_in_each_language(
    client: AsyncClient, asked: str, canonical: str
) -> None:
    page = (await client.get(asked)).text
    assert [one.attributes["href"] for one in links(page, "canonical")] == [HOME + canonical]
    others = {one.attributes.get("hreflang"): one.attributes["href"] for one in links(page, "alternate")}
    plain = re.sub(r"[?&]lang=\w+", "", canonical)
    mark = "&" if "?" in plain else "?"
    assert others["x-default"] == HOME + plain
    assert (others["zh-CN"], others["en"]) == (f"{HOME}{plain}{mark}lang=zh", f"{HOME}{plain}{mark}lang=en")


async def test_a_key_stands_in_no_address_that_is_told(client: AsyncClient, session: WriteSession) -> None:
    it, codes = await lively(session)
    event = await voices.event(session, it.partner.organization)
    ticket = await voices.seat(session, event)
    complaint = await voices.complaint(session, it.partner.organization)
    certificate, _ = await certified(session, it)
    for path in (
        *(f"/follow/{codes[0]}", f"/events/{event.id}/sign-ups/{ticket}", f"/complaints/{complaint}"),
        *(certificate, "/nowhere"),
    ):
        answer = await client.get(path, headers={"accept": "text/html"})
        assert not links(answer.text, "canonical"), path
        assert "noindex" in answer.headers.get("x-robots-tag", "") + answer.text, path
        # Even the language that was chosen keeps it from whoever stands between.
        chosen = await client.get(f"{path}?lang=en", headers={"accept": "text/html"})
        assert chosen.headers["cache-control"] in {"no-store", "private, no-cache"}, path
        assert answer.headers["cache-control"] in {"no-store", "private, no-cache"}, path
        if answer.headers["cache-control"] == "no-store":
            assert chosen.headers["cache-control"] == "no-store", path


async def test_every_page_says_in_a_line_what_it_is_about(client: AsyncClient, session: WriteSession) -> None:
    it, _ = await lively(session)
    event = await voices.event(session, it.partner.organization)
    member = f"/organizations/{it.partner.organization.code}"
    paths = (
        *("/", "/projects", "/organizations", "/publications", "/events", "/news", "/complaints", "/follow"),
        *("/certificates", "/data", "/about", "/v1/log", member, f"{member}/briefs", f"{member}/ratios"),
        *(f"/campaigns/{it.campaign.code}", f"/events/{event.id}", f"/events/{event.id}/sign-ups"),
    )
    for language in ("zh", "en"):
        said: list[str] = []
        titles: list[str] = []
        for path in paths:
            page = Sheet((await client.get(path, headers={"accept-language": language})).text)
            [about] = [one for one in page.all("meta") if one.attributes.get("name") == "description"]
            said.append(about.attributes["content"] or "")
            titles.append(next(one.text for one in page.all("title") if not one.attributes))
        assert all(0 < len(one) <= 165 for one in said), said
        assert len(set(said)) == len(set(titles)) == len(paths), said


async def test_who_strays_finds_a_way_on(app: FastAPI, client: AsyncClient) -> None:
    for language, title in (("zh", "没有这个页面"), ("en", "There is no such page")):
        answer = await client.get("/nowhere", headers={"accept": "text/html", "accept-language": language})
        sheet = Sheet(answer.text)
        assert (answer.status_code, sheet.one("h1").text) == (404, title)
        assert {"/", "/projects", "/events"} <= {one.attributes["href"] for one in sheet.all("a")}
        [box] = list(sheet.all("input"))
        assert box.attributes["name"] == "q"
