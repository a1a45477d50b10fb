"""Regions: the divisions of Shaanxi as shipped, and those of a day."""

import csv
from datetime import date, timedelta
from importlib.resources import files

import psycopg
import pytest
from httpx import AsyncClient
from sqlalchemy import func, select

from app.kit.database import WriteSession
from app.organizations import regions
from app.organizations.models import Region, RegionDating
from tests.databases import Cluster

FIRST_LIST = date(1984, 12, 31)


async def every(client: AsyncClient, **asked: str) -> list[dict[str, str]]:
    items: list[dict[str, str]] = []
    while True:
        answer = (await client.get("/v1/regions", params=asked)).json()
        items += answer["items"]
        if answer["next_cursor"] is None:
            return items
        asked["cursor"] = answer["next_cursor"]


async def known(session: WriteSession) -> dict[str, Region]:
    return {one.code: one for one in await session.scalars(select(Region))}


def standing(known: dict[str, Region], day: date) -> dict[str, Region]:
    return {
        one.code: one
        for one in known.values()
        if one.valid_from <= day and (one.valid_to is None or day < one.valid_to)
    }


async def test_the_118_regions_of_shaanxi_are_there(session: WriteSession) -> None:
    counted = await session.execute(
        select(Region.level, func.count()).where(Region.valid_to.is_(None)).group_by(Region.level)
    )
    assert {level.value: count for level, count in counted} == {"province": 1, "city": 10, "county": 107}
    given = files("app.organizations") / "data" / "shaanxi_regions.csv"
    rows = {row["code"]: row for row in csv.DictReader(given.read_text(encoding="utf-8").splitlines())}
    for code, one in (await known(session)).items():
        if one.valid_to is None:
            assert rows.pop(code) == {
                "code": code,
                "name": one.name,
                "level": one.level.value,
                "parent_code": one.parent_code or "",
            }
    assert rows == {}


async def test_a_day_that_nobody_tells_is_the_day_of_a_list(session: WriteSession) -> None:
    for one in (await known(session)).values():
        assert (one.valid_from == FIRST_LIST) == (one.dated_by is RegionDating.first_list)
        if one.dated_by is RegionDating.list:
            assert (one.valid_from + timedelta(days=1)).day == 1, one.code


async def test_every_code_given_up_leads_to_one_that_stands_without_a_gap(session: WriteSession) -> None:
    all_of_them = await known(session)
    former = [one for one in all_of_them.values() if one.valid_to is not None]
    assert len(former) == 93
    # No code is shipped twice: which of two rows would stand?
    assert len(regions.shipped()) == len(all_of_them) == 118 + 93
    for one in former:
        at = one
        while at.valid_to is not None:
            assert at.successor_code is not None, at.code
            following = all_of_them[at.successor_code]
            assert (following.valid_from, following.level) == (at.valid_to, at.level), at.code
            at = following


async def test_on_every_day_a_region_lies_in_one_that_stood_and_names_are_there_once(
    session: WriteSession,
) -> None:
    all_of_them = await known(session)
    turns = {one.valid_from for one in all_of_them.values()}
    for day in turns | {one - timedelta(days=1) for one in turns if one > FIRST_LIST}:
        then = standing(all_of_them, day)
        # 渭城区 was parted from 秦都区 in 1986; since then nothing was added and nothing taken away.
        assert len(then) == (117 if day < date(1986, 12, 31) else 118), day
        assert all(one.parent_code is None or one.parent_code in then for one in then.values()), day
        counties = [one.name for one in then.values() if one.level.value == "county"]
        assert len(counties) == len(set(counties)), day


async def test_what_was_recorded_under_a_former_code_counts_where_it_led(session: WriteSession) -> None:
    within = set(await session.scalars(regions.within("610582")))
    assert within == {"610582", "619003", "612103", "612125"}
    assert {"610521", "612124", "612100"} <= set(await session.scalars(regions.within("610500")))
    every_code = set(await known(session))
    assert set(await session.scalars(regions.within("610000"))) == every_code


def test_the_database_refuses_dates_that_cannot_be(cluster: Cluster, fresh_database: str) -> None:
    """Nobody but the owner of the tables changes a region, by a migration."""
    odd = ("valid_to = valid_from", "valid_to = null", "earlier_name = 'x'", "dated_by = 'guess'")
    named = "earlier_name = 'x', named_from = valid_from"
    with psycopg.connect(cluster.url(fresh_database, "owner"), autocommit=True) as owner:
        for told in (*odd, named, "valid_from = null"):
            with pytest.raises(psycopg.IntegrityError):
                owner.execute(f"update regions set {told} where code = '610125'")  # pyright: ignore[reportArgumentType, reportCallIssue]


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


async def test_a_day_has_the_regions_and_names_of_its_time(client: AsyncClient) -> None:
    [then] = await every(client, q="户县", on="2010-05-01")
    assert (then["code"], then["valid_from"], then["dated_by"]) == ("610125", "1984-12-31", "first_list")
    assert await every(client, q="鄠邑", on="2010-05-01") == []
    assert [one["code"] for one in await every(client, q="鄠邑", on="2020-01-01")] == ["610118"]
    assert await every(client, q="户县", on="2020-01-01") == []

    # On the day of the decision the new one stands, and the old one no more.
    assert [one["name"] for one in await every(client, q="南郑", on="2017-07-17")] == ["南郑县"]
    assert [one["name"] for one in await every(client, q="南郑", on="2017-07-18")] == ["南郑区"]

    whole = await every(client, on="2012-05-01", limit="50")
    assert len(whole) == 118
    assert {one["code"] for one in whole} >= {"610322", "610928", "610821"}
    assert [one["code"] for one in whole] == sorted(one["code"] for one in whole)
    assert {one["parent_code"] for one in await every(client, parent_code="612300", on="1990-01-01")} == {
        "612300"
    }
    assert await every(client, on="1984-12-30") == []


async def test_a_name_given_up_under_the_same_code_is_told_for_its_days(client: AsyncClient) -> None:
    [before] = await every(client, q="610202", on="1999-01-01")
    assert (before["name"], before["named_from"]) == ("城区", "2000-12-31")
    assert await every(client, q="王益", on="1999-01-01") == []
    [since] = await every(client, q="王益", on="2000-12-31")
    assert (since["name"], since["earlier_name"]) == ("王益区", "城区")
    [now] = await every(client, q="610202")
    assert now["name"] == "王益区"


async def test_a_mistyped_filter_is_refused(client: AsyncClient) -> None:
    for asked in (
        *({"levle": "city"}, {"q": "\x00"}, {"level": "village"}, {"cursor": "x"}, {"limit": "0"}),
        *({"on": "2012"}, {"on": "2012-02-30"}, {"on": ""}),
    ):
        assert (await client.get("/v1/regions", params=asked)).status_code == 422
