"""A ranking: by amount, per head, growth and completion, with the people of each member's own region."""

import random
from datetime import date
from typing import Any

from httpx import AsyncClient

from app.kit.database import WriteSession
from app.organizations.models import Organization, RegionPopulation, Tier
from app.organizations.populations import counts
from tests.disclosure.briefs.test_briefs import aim, give, raising, read
from tests.factories import organizations

BEGUN: dict[str, Any] = {"books_from": date(2025, 1, 1)}


def count(code: str, people: int, *, on: date = date(2025, 12, 31)) -> RegionPopulation:
    return RegionPopulation(
        region_code=code, counted_on=on, people_count=people, source="统计公报", recorded_by="test"
    )


async def xianyang(session: WriteSession) -> tuple[Organization, Organization, Organization]:
    """A province, Xianyang with a county below it, and Yangling, which lies in it and stands beside it."""
    province = await organizations.organization(session, **BEGUN)
    city = await organizations.organization(session, parent=province, region_code="610400", **BEGUN)
    await organizations.organization(session, parent=city, region_code="610422", **BEGUN)
    beside = await organizations.organization(
        session, parent=province, tier=Tier.city, region_code="610403", **BEGUN
    )
    return province, city, beside


async def ranked(client: AsyncClient, of: Organization, by: str, level: str = "cities") -> list[Any]:
    told = await read(client, of, rank_by=by)
    return [(one["code"], one["rank"]) for one in told[level]]


async def test_a_city_is_told_per_head_of_its_own_people(client: AsyncClient, session: WriteSession) -> None:
    province, city, beside = await xianyang(session)
    # Census of 2020: Xianyang 4,983,340, of them Yangling 253,871; so 4,729,469 are Xianyang's association's.
    # 2 fen each: 9,458,938 fen. 3 fen each in Yangling: 761,613 fen.
    await give(session, await raising(session, city), 9_458_938, "2026-05-10")
    await give(session, await raising(session, beside), 761_613, "2026-05-10")

    told = {one["code"]: one for one in (await read(client, province))["cities"]}

    own, theirs = told[city.code], told[beside.code]
    assert (own["people"]["people_count"], own["people"]["without_region_codes"]) == (4_729_469, ["610403"])
    assert (theirs["people"]["people_count"], theirs["people"]["counted_on"]) == (253_871, "2020-11-01")
    assert [one["per_head"]["amount"] for one in (own, theirs)] == [2, 3]
    assert [one["per_ten_thousand"]["amount"] for one in (own, theirs)] == [20_000, 30_000]
    assert (own["ranks"]["amount"], own["ranks"]["per_head"]) == (1, 2)
    assert await ranked(client, province, "amount") == [(city.code, 1), (beside.code, 2)]
    assert await ranked(client, province, "per_head") == [(beside.code, 1), (city.code, 2)]


async def test_only_counts_of_one_day_are_taken_from_one_another(
    client: AsyncClient, session: WriteSession
) -> None:
    province, city, beside = await xianyang(session)
    await counts.record(session, city, count("610400", 5_000_000))

    async def people() -> tuple[int, str]:
        [told] = [one for one in (await read(client, province))["cities"] if one["code"] == city.code]
        return told["people"]["people_count"], told["people"]["counted_on"]

    assert await people() == (4_729_469, "2020-11-01")
    await counts.record(session, beside, count("610403", 300_000))
    assert await people() == (4_700_000, "2025-12-31")
    # Of the same day the latest is told; one of a day after the brief's year is not.
    await counts.record(session, beside, count("610403", 400_000))
    assert await people() == (4_600_000, "2025-12-31")


async def test_each_measure_ranks_apart_and_what_is_not_known_comes_last(
    client: AsyncClient, session: WriteSession
) -> None:
    province = await organizations.organization(session, **BEGUN)
    city = await organizations.organization(session, parent=province, **BEGUN)
    # 户县 gave its code up: nobody counts its people any more.
    codes = {"610118": (300_00, 100_00), "610122": (200_00, 50_00), "610125": (300_00, 0)}
    members = {
        region: await organizations.organization(session, parent=city, region_code=region, **BEGUN)
        for region in codes
    }
    for region in random.Random(1).sample(sorted(codes), len(codes)):
        now, before = codes[region]
        appeal = await raising(session, members[region])
        await give(session, appeal, now, "2026-05-10")
        if before:
            await give(session, appeal, before, "2025-05-10")
    await aim(session, members["610122"], 400_00)
    await aim(session, members["610125"], 1_000_00)
    named = {member.code: region for region, member in members.items()}

    async def order(by: str) -> list[tuple[str, int | None]]:
        return [(named[code], rank) for code, rank in await ranked(client, province, by, "counties")]

    # 300.00 twice, so both are first and the other is third.
    assert sorted(await order("amount")) == [("610118", 1), ("610122", 3), ("610125", 1)]
    # 30,000 fen / 609,181 people = 0.0492; 20,000 / 491,975 = 0.0407.
    assert await order("per_head") == [("610118", 1), ("610122", 2), ("610125", None)]
    # 200 % and 300 %; from nothing there is no growth.
    assert await order("growth") == [("610122", 1), ("610118", 2), ("610125", None)]
    # 200 of 400 is 50 %, 300 of 1,000 is 30 %; one has no target.
    assert await order("completion") == [("610122", 1), ("610125", 2), ("610118", None)]
    [unknown] = [
        one for one in (await read(client, province))["counties"] if one["rank"] and not one["people"]
    ]
    assert (unknown["per_head"], unknown["per_head_missing"]["reason"]) == (None, "no_population")
