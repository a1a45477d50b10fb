"""A project's page: what it is, what it cost, who paid, where its sites are, and what came of it."""

import json
import re

from fastapi import FastAPI
from httpx import AsyncClient

from app.projects.models import Site, SiteKind
from app.site import maps
from tests.disclosure.projects.works import appeal, budgeted, line, pay, published
from tests.projects.till import Till
from tests.site.pages import Sheet


async def text_of(client: AsyncClient, path: str) -> str:
    page = await client.get(path)
    assert page.status_code == 200, page.text
    return Sheet(page.text).text


async def test_a_project_tells_its_money_its_progress_and_its_photographs(at: Till, app: FastAPI) -> None:
    campaign, fund = await appeal(at, 90_000_00, title="为桥募捐")
    project = await budgeted(at, line(80_000_00, fund), content="修桥，联系电话13800138000")
    await pay(at, project, fund, 30_000_00)
    indicator = {"code": "BRIDGES", "title": "建成桥梁", "unit": "座", "target": 2}
    bridges = await at.made(f"/{project['id']}/indicators", indicator)
    figures = [{"indicator_id": bridges["id"], "value": 1}]
    photo = await at.upload()
    await published(at, app, project, figures=figures, attachment_ids=[photo])

    page = await at.client.get(f"/projects/{project['code']}")

    text = Sheet(page.text).text
    for words in (
        *(project["title"], at.organization.name, "已支出 ¥30,000.00，预算 ¥80,000.00"),
        *("建成桥梁", "1 / 2 座", "完成桥墩", "惠及 100 人，120 人次", "为桥募捐", "资助款"),
    ):
        assert words in text, words
    assert "13800138000" not in page.text
    [shown] = [one for one in Sheet(page.text).all("img") if one.attributes.get("loading") == "lazy"]
    assert shown.attributes["src"] == f"/v1/attachments/{photo}/public-copy"
    assert "2026年4月1日" in (shown.attributes["alt"] or "")
    picture = await at.client.get(shown.attributes["src"] or "")
    assert picture.headers["content-type"] == "image/jpeg"
    assert f"/v1/attachments/{photo}/public-copy" in (await at.client.get("/")).text
    assert "钱用在了哪里" in await text_of(at.client, f"/campaigns/{campaign.code}")
    english = await text_of(at.client, f"/projects/{project['code']}?lang=en")
    assert "1 of 2 座" in english
    data = json.loads(Sheet(page.text).one("script").text)
    assert (data["@type"], data["identifier"]) == ("Project", project["code"])
    assert data["funding"]["amount"]["value"] == "30000.00"


async def test_projects_are_searched_and_a_draft_is_nobodys_matter(at: Till) -> None:
    draft = await at.project(title="草案")
    bridge = await at.running(title="示例村慈安桥")
    school = await at.approved(category="education", title="助学金发放", content="助学")

    async def found(query: str) -> set[str]:
        page = await at.client.get(f"/projects{query}")
        return set(re.findall(r'href="/projects/([^"?]+)"', page.text))

    both = {bridge["code"], school["code"]}
    assert await found("") == both
    assert await found("?q=慈安") == {bridge["code"]}
    assert await found("?category=education") == {school["code"]}
    assert await found("?category=nonsense") == both
    assert await found("?organization=NOBODY") == set()
    assert await found(f"?organization={at.organization.code}") == both
    assert (await at.client.get(f"/projects/{draft['code']}")).status_code == 404
    member = await text_of(at.client, f"/organizations/{at.organization.code}")
    assert "示例村慈安桥" in member
    assert "示例村慈安桥" in await text_of(at.client, "/?q=慈安")


async def test_sites_are_numbered_alike_on_the_map_and_in_the_list(at: Till) -> None:
    project = await at.running()
    await at.site(project, code="S1", title="一号桥")
    await at.site(project, code="S2", title="二号桥", latitude_microdegrees=None, longitude_microdegrees=None)
    await at.site(project, code="S3", title="三号桥", latitude_microdegrees=32_700_000)

    page = (await at.client.get(f"/projects/{project['code']}")).text

    drawn = page[page.index('<figure class="map">') : page.index("</figure>")]
    assert re.findall(r'<text x="[\d.]+" y="[\d.]+">(\d+)</text>', drawn) == ["1", "3"]
    assert re.findall(r"<strong>(.号桥)</strong>", page) == ["一号桥", "二号桥", "三号桥"]
    assert "2 个点位在图上" in Sheet(page).text


def site(north: float, east: float) -> Site:
    place = {"latitude_microdegrees": round(north * 1e6), "longitude_microdegrees": round(east * 1e6)}
    return Site(
        project_id=None, organization_id=None, code="S", title="", kind=SiteKind.bridge, region_code="",
        village="", **place,
    )  # fmt: skip


def test_a_map_keeps_proportions_and_its_bar_is_as_long_as_it_says() -> None:
    # A degree of latitude apart, and as far to the east as that is at this latitude.
    drawn = maps.of([site(33.0, 108.0), site(32.0, 108.0), site(32.5, 108.5)])
    assert drawn is not None
    top, bottom, right = drawn.points
    a_degree = bottom.y - top.y
    assert (top.x, round(a_degree, 1)) == (bottom.x, round(drawn.bar / float(drawn.kilometres) * 111.195, 1))
    assert abs((right.x - top.x) / a_degree - 0.5 * 0.8434) < 0.001
    assert all(0 < point.x < drawn.width and 0 < point.y < drawn.height for point in drawn.points)
    assert 2 <= len(drawn.parallels) <= 6
    assert all(0 <= one.at <= drawn.width for one in drawn.meridians)


def test_one_site_has_some_kilometres_around_it_and_none_has_no_map() -> None:
    alone = maps.of([site(32.5, 108.5)])
    assert alone is not None
    assert (alone.points[0].x, alone.points[0].y) == (alone.width / 2, alone.height / 2)
    assert 0.1 <= float(alone.kilometres) <= 5
    nowhere = site(1, 1)
    nowhere.latitude_microdegrees = nowhere.longitude_microdegrees = None
    assert maps.of([nowhere]) is None
    assert maps.of([]) is None
