"""Shaanxi's 2020 comes out of events: the article's numbers, at one thousandth (tests/shaanxi)."""

from typing import Any

from httpx import AsyncClient

from app.kit.database import WriteSession
from app.organizations.models import Organization
from tests.factories import ledger
from tests.shaanxi import loading, numbers
from tests.shaanxi.numbers import TESTS


async def read(client: AsyncClient, head: Organization, year: int, basis: str) -> dict[str, Any]:
    path = f"/v1/disclosure/organizations/{head.id}/annual-figures/{year}"
    answer = await client.get(path, params={"basis": basis})
    assert answer.status_code == 200, answer.text
    return answer.json()


def by_id(told: dict[str, Any]) -> dict[str, Any]:
    return {one["id"]: one for one in told["figures"]}


def parts(figure: dict[str, Any], group: str) -> dict[str, int]:
    return {one["key"]: one["value"] for one in figure["parts"] if one["group"] == group}


async def test_the_articles_numbers_come_out_of_events(client: AsyncClient, session: WriteSession) -> None:
    here = await loading.load(session, TESTS)
    head = here.province.organization
    await session.flush()

    entity = await read(client, head, 2020, "entity")
    own = by_id(entity)
    province = by_id(await read(client, head, 2020, "consolidated"))
    after = by_id(await read(client, head, 2021, "consolidated"))

    assert entity["organization"]["demo"] is True
    assert (own["raised"]["value"], own["raised"]["text_zh"]) == (80_700_000, "807,000.00 元")
    assert (own["raised_growth"]["value"], own["raised_growth"]["text"]) == (66, "6.6%")
    assert own["raised"]["growth_per_mille"] == numbers.GROWTH_PER_MILLE
    assert own["projects"]["value"] == 2_847
    assert own["beneficiary_persons"]["value"] == province["beneficiary_persons"]["value"] == 1_160
    assert own["beneficiary_person_times"]["value"] == 1_160 + 116
    assert province["raised_emergency"]["value"] == 38_600_000
    assert own["raised_emergency"]["value"] == 12_400_000
    assert province["raised_online"]["value"] == 28_600_000
    assert province["poverty_relief_categories"]["value"] == 5
    assert province["poverty_relief_spent"]["value"] == 79_100_000
    assert province["pilot_counties"]["value"] == 28
    assert province["new_volunteers"]["value"] == 689
    assert (own["clothes_collected"]["value"], own["clothes_collected"]["text"]) == (2_918_000, "2.918 t")
    assert (after["target_sites"]["value"], after["target_sites"]["target"]) == (0, 700)

    # Money that the province passed on to its cities is raised once and spent once, on either basis.
    assert parts(province["raised"], "left_out") == {"from_members": 20_000_000}
    assert parts(province["poverty_relief_spent"], "left_out") == {"to_members": 20_000_000}
    for told in (own, province):
        whole = told["raised"]
        assert sum(parts(whole, "nature").values()) == whole["value"]
        assert sum(parts(whole, "channel").values()) == parts(whole, "nature")["money"]
    assert parts(own["raised"], "nature") == {"money": 75_064_000, "goods": 5_636_000, "services": 0}
    assert sum(parts(province["raised"], "organization").values()) == province["raised"]["value"]
    assert sum(parts(province["raised_emergency"], "organization").values()) == 38_600_000

    # Every figure says what it is, as of when, and of what it is made, each part in its unit.
    assert parts(own["raised_growth"], "beside") == {"this_year": 80_700_000, "last_year": 75_704_000}
    assert {one["unit"] for one in own["raised_growth"]["parts"]} == {"fen"}
    assert {one["unit"] for one in province["pilot_counties"]["parts"]} == {"villages"}
    assert {one["unit"] for one in province["poverty_relief_categories"]["parts"]} == {"projects"}
    assert sum(parts(own["raised_online"], "channel").values()) == own["raised_online"]["value"]
    known = [one for one in (*own.values(), *province.values()) if one["value"] is not None]
    assert {one["number"] for one in known} == {f"F{number}" for number in range(1, 12)}
    for one in (*known, after["target_sites"]):
        assert all(one[name] for name in ("definition", "definition_zh", "as_of", "parts", "text_zh"))
        assert all(part["text"] and part["text_zh"] for part in one["parts"])

    # What nobody knows is null with its reason: no register of villages at the province itself, no target.
    assert own["pilot_counties"]["value"] is None
    assert own["pilot_counties"]["missing"]["reason"] == "not_kept_then"
    assert own["target_sites"]["missing"]["reason"] == "no_target"
    assert own["raised"]["previous_value"] == 75_704_000


async def test_no_gift_is_read_for_a_years_figures(client: AsyncClient, session: WriteSession) -> None:
    here = await loading.load(session, TESTS)
    await session.flush()
    before = {table: await ledger.rows_read(session, table) for table in ("donations", "entries")}

    await read(client, here.province.organization, 2020, "consolidated")

    assert await ledger.rows_read(session, "donations") == before["donations"]
    assert await ledger.rows_read(session, "entries") == before["entries"]
