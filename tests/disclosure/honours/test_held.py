"""Commendations of before the gate, and what of honours and commendations reaches a year's figures."""

from datetime import date, timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import select, text, update
from sqlalchemy.exc import IntegrityError

from app.disclosure.models import AwardScheme
from app.disclosure.models.commendations import GATE_SINCE
from app.kit.database import WriteSession
from app.organizations.models import Organization
from tests.disclosure.governance.board import Board, board, refused
from tests.factories import organizations as members

BASE = "/v1/disclosure"
UNIT: dict[str, Any] = {"kind": "unit", "name": "某县慈善协会", "merits": "服务时长居前"}
PERSON: dict[str, Any] = {"kind": "person", "name": "王小明", "merits": "服务满五年"}
HELD: dict[str, Any] = {
    "year": 2020,
    "category": "volunteering",
    "title": "2020年度全省志愿服务工作先进单位和个人",
    "decided_on": "2021-03-11",
    "decided_by": "会长办公会议",
    "resolution": "某发〔2021〕1号",
    "commended": [UNIT, PERSON | {"publish_consent": True}, PERSON | {"name": "李大力"}],
}


@pytest.fixture
async def here(app: FastAPI, client: AsyncClient, session: WriteSession) -> Board:
    return await board(app, client, session)


async def write_down(here: Board, **over: Any) -> Any:
    body = {"organization_id": here.at} | HELD | over
    return await here.client.post(f"{BASE}/commendations/records", json=body, headers=here.headers)


async def figures(client: AsyncClient, of: Organization, year: int, basis: str = "entity") -> dict[str, Any]:
    path = f"{BASE}/organizations/{of.id}/annual-figures/{year}"
    answer = await client.get(path, params={"basis": basis})
    assert answer.status_code == 200, answer.text
    return {one["id"]: one for one in answer.json()["figures"]}


async def test_what_was_held_before_the_gate_is_written_down_as_it_was(here: Board) -> None:
    made = await write_down(here)
    again = await write_down(here)
    assert made.status_code == 201, made.text
    assert (made.json()["regime"], made.json()["stage"], made.json()["approval_document"]) == (
        *("earlier_rules", "decided"),
        None,
    )
    assert "王小明" not in made.text
    assert refused(again) == (409, "scheme-code-taken")
    [listed] = (await here.client.get(f"{BASE}/commendations", params={"year": 2020})).json()["items"]
    read = (await here.client.get(f"{BASE}/commendations/{listed['id']}")).json()
    assert [(one["name"], one["state"]) for one in read["nominees"]] == [
        ("某县慈善协会", "commended"),
        ("王小明", "commended"),
        # Who did not agree is counted and not named.
        (None, "commended"),
    ]


@pytest.mark.parametrize(
    ("decided_on", "status"),
    [("2016-12-31", 201), ("2026-07-31", 201), ("2026-08-01", 422), ("2026-08-02", 422)],
)
async def test_the_gate_stands_since_the_first_of_august_2026(
    here: Board, decided_on: str, status: int
) -> None:
    answer = await write_down(here, year=2016, decided_on=decided_on)
    assert answer.status_code == status, answer.text
    if status == 422:
        assert answer.json()["code"] == "held-behind-the-gate"
        assert answer.json()["since"] == GATE_SINCE.isoformat()


async def test_what_is_said_of_it_fits_together(here: Board) -> None:
    odd = [
        await write_down(here, year=2022),
        await write_down(here, commended=[]),
        await write_down(here, commended=[UNIT | {"publish_consent": True}]),
    ]
    assert [one.status_code for one in odd] == [422] * 3


async def test_the_database_itself_judges_by_the_day(here: Board, session: WriteSession) -> None:
    await write_down(here)
    with pytest.raises(IntegrityError, match="of_its_day"):
        async with session.begin_nested():
            await session.execute(update(AwardScheme).values(decided_on=GATE_SINCE))
    assert len((await session.scalars(select(AwardScheme))).all()) == 1


async def test_names_lie_sealed(here: Board, session: WriteSession) -> None:
    await write_down(here)
    for table in ("award_schemes", "award_nominees", "outbox_events", "idempotency_keys"):
        rows = await session.execute(text(f"select t::text from {table} t"))
        assert not any("王小明" in row[0] or "李大力" in row[0] for row in rows)


async def test_honours_and_commendations_reach_the_figures_of_their_year(here: Board) -> None:
    for title, awarded, expires in (
        ("五星级党组织", "2020-12-30", None),
        ("5A级社会组织", "2019-01-01", "2024-01-01"),
    ):
        said = {"title": title, "awarded_by": "省民政厅", "awarded_on": awarded, "expires_on": expires}
        body = {"organization_id": here.at} | said
        assert (await here.client.post(f"{BASE}/honours", json=body, headers=here.headers)).status_code == 201
    await write_down(here)
    await write_down(here, category="publicity", commended=[UNIT])

    told = {year: await figures(here.client, here.member, year) for year in (2018, 2019, 2020, 2021, 2024)}
    assert {year: one["honours"]["value"] for year, one in told.items()} == {
        2018: None,
        2019: 1,
        2020: 2,
        2021: 2,
        2024: 1,
    }
    assert told[2018]["honours"]["missing"]["reason"] == "not_kept_then"
    assert told[2020]["honours"]["number"] == "F14"
    titles = [
        (one["key"], one["value"]) for one in told[2020]["honours"]["parts"] if one["group"] == "honour"
    ]
    assert titles == [("5A级社会组织", 1), ("五星级党组织", 1)]
    # Of 2020, and held in 2021.
    assert [told[year]["commendations"]["value"] for year in (2020, 2021, 2024)] == [None, 2, 0]
    beside = {
        one["key"]: one["value"] for one in told[2021]["commendations"]["parts"] if one["group"] == "beside"
    }
    assert beside == {"units": 2, "persons": 2}
    assert told[2021]["commendations"]["text_zh"] == "2 项"


async def test_with_everybody_below_they_are_counted_together(
    here: Board, client: AsyncClient, session: WriteSession
) -> None:
    city = await members.organization(session, parent=here.member)
    for member in (here.member, city):
        await session.execute(
            text(
                "insert into honours"
                " (id, organization_id, title, awarded_by, awarded_on, recorded_by, created_at)"
                " values (gen_random_uuid(), :at, '5A级社会组织', '民政部门', :day, 'test', now())"
            ),
            {"at": member.id, "day": date(2024, 6, 1) + timedelta(days=1)},
        )
    alone = await figures(client, here.member, 2025)
    both = await figures(client, here.member, 2025, "consolidated")
    assert (alone["honours"]["value"], both["honours"]["value"]) == (1, 2)
    titles = [one["value"] for one in both["honours"]["parts"] if one["group"] == "honour"]
    assert titles == [2]
