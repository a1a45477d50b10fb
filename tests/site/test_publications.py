"""What was published is read on a page, with its history; and nobody is named who does not agree."""

import json

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from app.disclosure.publications.contents import Measure
from app.disclosure.schemas.publications.contents import PublicationCell, PublicationPersonOut
from app.kit.database import WriteSession
from app.site import measures
from app.site.languages import Language, Writer
from tests.disclosure.publications.press import press, with_gifts
from tests.site.pages import Sheet


async def text_of(client: AsyncClient, path: str) -> str:
    page = await client.get(path)
    assert page.status_code == 200, page.text
    return Sheet(page.text).text


async def test_a_correction_stands_beside_what_it_corrects(
    app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    scene = await with_gifts(session)
    desk = await press(app, client, session, scene)
    first = await desk.publish(await desk.draft())
    await scene.give(scene.gift(77_00))
    second = await desk.publish(await desk.correct(first, reason="漏记一笔捐赠"))

    old = await text_of(client, f"/publications/{first['id']}")
    page = await client.get(f"/publications/{second['id']}")
    new = Sheet(page.text).text

    assert "此份公开已被更正" in old
    assert "此份公开已被更正" not in new
    for text in (old, new):
        assert "更正原因：漏记一笔捐赠" in text
        assert first["sha256"] in text
        assert second["sha256"] in text
    assert page.headers["cache-control"] == "public, no-cache"
    said = json.loads(Sheet(page.text).one("script").text)
    assert (said["@type"], said["encoding"]["sha256"]) == ("Report", second["sha256"])
    for path in ("/publications", f"/organizations/{desk.organization.code}", "/"):
        listed = (await client.get(path)).text
        assert f"/publications/{second['id']}" in listed, path
        assert f"/publications/{first['id']}" not in listed, path
    english = await text_of(client, f"/publications/{second['id']}?lang=en")
    assert "Corrected because: 漏记一笔捐赠" in english


async def test_publications_are_found_by_kind_and_organization(
    app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    desk = await press(app, client, session, await with_gifts(session))
    one = await desk.publish(await desk.draft())
    path = f"/publications/{one['id']}"
    code = desk.organization.code
    for query, there in [
        ("", True),
        ("?kind=campaign_progress", True),
        ("?kind=major_event", False),
        ("?kind=nonsense", True),
        (f"?organization={code}", True),
        ("?organization=NOBODY", False),
    ]:
        assert (path in (await client.get(f"/publications{query}")).text) == there, query
    assert (await client.get(f"/publications/{desk.organization.id}")).status_code == 404
    assert (await client.get("/publications/nonsense")).status_code == 422


@pytest.mark.parametrize(
    ("value", "unit", "zh", "en"),
    [
        ("123456", Measure.fen, "¥1,234.56", "¥1,234.56"),
        ("2026-05-01", Measure.day, "2026年5月1日", "1 May 2026"),
        (1050, Measure.basis_points, "10.5%", "10.5%"),
        (1234, Measure.persons, "1,234", "1,234"),
        ("慈安桥", Measure.text, "慈安桥", "慈安桥"),
        (None, Measure.fen, "—", "—"),
        (PublicationPersonOut(commitment="00", entry=None), None, "匿名", "Anonymous"),
        (PublicationPersonOut(commitment="00", entry=None, name="王小明"), None, "王小明", "王小明"),
    ],
)
def test_a_value_is_written_by_its_unit(
    value: PublicationCell, unit: Measure | None, zh: str, en: str
) -> None:
    told = [measures.written(Writer(one), value, unit) for one in (Language.zh, Language.en)]
    assert told == [zh, en]
