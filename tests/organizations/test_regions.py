"""Regions: the divisions of Shaanxi as shipped."""

from httpx import AsyncClient
from sqlalchemy import func, select

from app.kit.database import WriteSession
from app.organizations.models import Region


async def every(client: AsyncClient, **asked: str) -> list[dict[str, str]]:
    items: list[dict[str, str]] = []
    while True:
        answer = (await client.get("/v1/regions", params=asked)).json()
        items += answer["items"]
        if answer["next_cursor"] is None:
            return items
        asked["cursor"] = answer["next_cursor"]


async def test_the_118_regions_of_shaanxi_are_there(session: WriteSession) -> None:
    counted = await session.execute(
        select(Region.level, func.count()).where(Region.successor_code.is_(None)).group_by(Region.level)
    )
    assert {level.value: count for level, count in counted} == {"province": 1, "city": 10, "county": 107}


async def test_anyone_lists_regions_page_by_page(client: AsyncClient) -> None:
    found = await every(client, limit="50")
    assert len(found) == 118
    assert [region["code"] for region in found] == sorted(region["code"] for region in found)


async def test_regions_are_filtered(client: AsyncClient) -> None:
    assert len(await every(client, level="city")) == 10
    assert {region["parent_code"] for region in await every(client, parent_code="610100")} == {"610100"}
    assert [region["name"] for region in await every(client, q="鄠邑")] == ["鄠邑区"]
    assert [region["name"] for region in await every(client, q="610581")] == ["韩城市"]
    assert await every(client, q="%") == []


async def test_a_code_given_up_names_its_successor(client: AsyncClient) -> None:
    assert await every(client, q="户县") == []
    [former] = await every(client, q="户县", former="true")
    assert (former["code"], former["successor_code"]) == ("610125", "610118")


async def test_a_mistyped_filter_is_refused(client: AsyncClient) -> None:
    for asked in ({"levle": "city"}, {"q": "\x00"}, {"level": "village"}, {"cursor": "x"}, {"limit": "0"}):
        assert (await client.get("/v1/regions", params=asked)).status_code == 422
