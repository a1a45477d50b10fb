"""What is published, found and read: lists, the feed, the page and the document."""

import xml.etree.ElementTree as ET
from io import BytesIO

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from pypdf import PdfReader

from app.kit.database import WriteSession
from tests.disclosure.publications.press import Press, press, with_gifts
from tests.disclosure.scenes import Scene
from tests.site.pages import Sheet

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
async def scene(session: WriteSession) -> Scene:
    return await with_gifts(session)


@pytest.fixture
async def here(app: FastAPI, client: AsyncClient, session: WriteSession, scene: Scene) -> Press:
    return await press(app, client, session, scene)


async def test_the_list_is_filtered_and_paged(here: Press, scene: Scene) -> None:
    first = await here.publish(await here.draft(period_to="2026-06-30"))
    await scene.give(scene.gift(1_00))
    second = await here.publish(await here.correct(first))
    third = await here.publish(await here.draft(period_to="2026-07-31"))
    code = here.organization.code

    async def ids(**asked: object) -> list[str]:
        answer = await here.get("", **{"organization": code} | asked)
        assert answer.status_code == 200, answer.text
        return [one["id"] for one in answer.json()["items"]]

    assert await ids() == [third["id"], second["id"], first["id"]]
    assert await ids(sort="published_on", limit=2) == [first["id"], second["id"]]
    assert await ids(current=True) == [third["id"], second["id"]]
    assert await ids(covers="2026-07-15") == [third["id"]]
    assert await ids(subject_code=scene.campaign.code, kind="campaign_progress", current=True, limit=1) == [
        third["id"]
    ]
    assert await ids(kind="campaign_final") == []
    assert await ids(published_on_from="2999-01-01") == []
    assert await ids(organization="NOBODY") == []
    assert (await here.get("", organization=code, limit=1)).json()["next_cursor"]


async def test_the_feed_is_atom_that_a_parser_reads(here: Press, scene: Scene) -> None:
    empty = await here.client.get("/v1/disclosure/publications.atom", params={"organization": "NOBODY"})
    first = await here.publish(await here.draft())
    await scene.give(scene.gift(1_00))
    second = await here.publish(await here.correct(first, "补记 <一笔> & 更正"))
    answer = await here.client.get(
        "/v1/disclosure/publications.atom", params={"organization": here.organization.code}
    )
    feed = ET.fromstring(answer.content)

    assert answer.headers["content-type"] == "application/atom+xml"
    assert [child.tag for child in ET.fromstring(empty.content)].count(f"{ATOM}entry") == 0
    assert feed.tag == f"{ATOM}feed"
    for needed in ("id", "title", "updated"):
        assert feed.findtext(f"{ATOM}{needed}")
    entries = feed.findall(f"{ATOM}entry")
    assert [one.findtext(f"{ATOM}id") for one in entries] == [
        f"urn:uuid:{second['id']}",
        f"urn:uuid:{first['id']}",
    ]
    assert "补记 <一笔> & 更正" in (entries[0].findtext(f"{ATOM}summary") or "")
    assert (entries[0].findtext(f"{ATOM}title") or "").startswith("【更正】公开募捐活动进展情况")
    for entry in entries:
        assert entry.findtext(f"{ATOM}author/{ATOM}name") == here.organization.name
        assert entry.findtext(f"{ATOM}updated")
        for link in entry.findall(f"{ATOM}link"):
            address = link.get("href", "").removeprefix("http://127.0.0.1:8000")
            assert (await here.client.get(address)).status_code == 200
    own = feed.find(f"{ATOM}link[@rel='self']")
    assert own is not None
    assert own.get("href", "").endswith(f"publications.atom?organization={here.organization.code}")


async def test_the_page_and_the_document_say_it_in_chinese(here: Press, scene: Scene) -> None:
    first = await here.publish(await here.draft())
    await scene.give(scene.gift(1_00), scene.gift(10_000_00, giver={"name": "李四"}))
    second = await here.publish(await here.correct(first, "补记 <一笔>"))
    page = await here.get(f"/{second['id']}/paper")
    document = await here.get(f"/{second['id']}/paper", format="pdf")

    sheet = Sheet(page.text)
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert sheet.one("h1").text == "公开募捐活动进展情况"
    for said in (
        "更正说明",
        "补记 &lt;一笔&gt;",
        "20,350.00",
        "30,351.00",
        "（暂缺）",
        second["sha256"],
        "李四",
    ):
        assert said in page.text, said
    text = "".join(one.extract_text() for one in PdfReader(BytesIO(document.content)).pages)
    assert document.headers["content-type"] == "application/pdf"
    for said in ("公开募捐活动进展情况", "30,351.00", "李四"):
        assert said in text, said
    assert (await here.get(f"/{second['id']}/paper", format="docx")).status_code == 422
