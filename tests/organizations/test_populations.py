"""Populations: the census as shipped, and what organizations record beside it with its source."""

from datetime import timedelta
from typing import Any

from fastapi import FastAPI
from httpx import AsyncClient, Response

from app.kit.clock import today
from app.kit.database import WriteSession
from app.organizations import regions
from app.organizations.access import Role
from app.organizations.models import Organization
from app.organizations.populations import counts, shipped
from tests.factories import organizations

CENSUS = shipped.COUNTED_ON


def body(**over: object) -> dict[str, Any]:
    told = {
        "region_code": "610118",
        "counted_on": "2024-12-31",
        "people_count": 600_000,
        "source": "统计公报",
    }
    return told | over


async def post(
    client: AsyncClient, headers: dict[str, str], at: Organization, told: dict[str, Any]
) -> Response:
    return await client.post(f"/v1/organizations/{at.id}/populations", json=told, headers=headers)


def test_the_census_of_2020_adds_up() -> None:
    people = shipped.people()
    parents = {row["code"]: row["parent_code"] for row in regions.shipped() if row["successor_code"] is None}
    assert set(people) == set(parents)
    for code in {one for one in parents.values() if one is not None}:
        assert people[code] == sum(people[below] for below, above in parents.items() if above == code)
    # The communique of the province; eight of its cities and Yangling are the same there to the person.
    assert (people["610000"], people["610403"]) == (39_528_999, 253_871)
    same = {
        "610200": 698_322,
        "610300": 3_321_853,
        "610500": 4_688_744,
        "610600": 2_282_581,
        "610700": 3_211_462,
        "610800": 3_624_750,
        "610900": 2_493_436,
        "611000": 2_041_231,
    }
    assert {code: people[code] for code in same} == same
    # It counts the Xixian New Area with Xi'an, the table by county with Xianyang; and Yangling apart.
    assert people["610100"] + people["610400"] == 12_952_907 + 3_959_842 + 253_871


async def test_every_region_comes_with_its_people_and_their_source(
    client: AsyncClient, session: WriteSession
) -> None:
    known = await counts.known(session, until=CENSUS)
    assert {code: days[CENSUS].people_count for code, days in known.items()} == shipped.people()
    assert await counts.known(session, until=CENSUS - timedelta(days=1)) == {}

    [told] = (await client.get("/v1/populations", params={"region_code": "610924"})).json()["items"]
    assert (told["people_count"], told["counted_on"]) == (260_971, "2020-11-01")
    assert (told["source"], told["organization_id"]) == (shipped.SOURCE, None)


async def test_an_admin_records_a_count_and_the_latest_of_a_day_is_told(
    app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    city = await organizations.organization(session, region_code="610100")
    headers = await organizations.sign_in(app, session, Role.admin, city)

    first = await post(client, headers, city, body())
    again = await post(client, headers, city, body(people_count=610_000, source="统计公报（更正）"))

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json()["organization_id"] == str(city.id)
    asked = {"region_code": "610118", "counted_on": "2024-12-31"}
    listed = (await client.get("/v1/populations", params=asked)).json()["items"]
    assert [one["people_count"] for one in listed] == [610_000, 600_000]
    [days] = [days for code, days in (await counts.known(session, until=today())).items() if code == "610118"]
    assert [one.people_count for one in days.values()] == [609_181, 610_000]


async def test_a_count_is_refused_outside_ones_region_ahead_of_time_or_without_a_source(
    app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    city = await organizations.organization(session, region_code="610100")
    headers = await organizations.sign_in(app, session, Role.admin, city)
    ahead = (today() + timedelta(days=1)).isoformat()

    answers = [
        await post(client, headers, city, body(**over))
        for over in ({"region_code": "610900"}, {"region_code": "999999"}, {"counted_on": ahead})
    ]

    assert [one.status_code for one in answers] == [422, 422, 422]
    assert [one.json()["code"] for one in answers] == ["region-elsewhere", "region-unknown", "count-ahead"]
    for over in ({"source": ""}, {"people_count": 0}, {"people_count": True}):
        assert (await post(client, headers, city, body(**over))).status_code == 422
