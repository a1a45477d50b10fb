"""Honours and ambassadors over HTTP: what is held on a day, and who speaks for whom until when."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient, Response
from sqlalchemy import text

from app.disclosure.honours import ambassadors, honours
from app.kit.clock import today
from app.kit.database import WriteSession
from app.organizations import grants
from app.organizations.access import Role
from app.organizations.models import Organization
from tests.factories import organizations as members

BASE = "/v1/disclosure"
FIVE_STARS = {"title": "五星级党组织", "awarded_by": "中共陕西省民政厅党组", "awarded_on": "2020-12-30"}


@dataclass(frozen=True, kw_only=True)
class Office:
    client: AsyncClient
    session: WriteSession
    member: Organization
    headers: dict[str, str]
    reviewer: dict[str, str]

    async def get(self, path: str, headers: dict[str, str] | None = None, **asked: Any) -> Response:
        return await self.client.get(f"{BASE}{path}", params=asked, headers=headers or {})

    async def post(
        self, path: str, body: dict[str, Any] | None = None, headers: dict[str, str] | None = None
    ) -> Response:
        return await self.client.post(f"{BASE}{path}", json=body, headers=headers or self.headers)

    async def ambassador(self, **over: Any) -> str:
        said = {
            "organization_id": str(self.member.id),
            "name": "秦歌唱家",
            "contract": "SX-DS-2026-01",
            "scope": "宣传助学项目",
            "starts_on": (today() - timedelta(days=10)).isoformat(),
            "ends_on": today().isoformat(),
            "publish_consent": True,
        } | over
        made = await self.post("/ambassadors", said)
        assert made.status_code == 201, made.text
        return f"/ambassadors/{made.json()['id']}"

    async def listed(self) -> list[dict[str, Any]]:
        return (await self.get("/ambassadors", organization_id=str(self.member.id))).json()["items"]


@pytest.fixture
async def here(app: FastAPI, client: AsyncClient, session: WriteSession) -> Office:
    member = await members.organization(session)
    return Office(
        client=client,
        session=session,
        member=member,
        headers=await members.sign_in(app, session, Role.disclosure_officer, member),
        reviewer=await members.sign_in(app, session, Role.reviewer, member),
    )


NO = {"is_advertisement": False, "finding": "合同未涉及任何商品或服务"}


async def test_an_honour_is_held_from_its_day_until_it_ends_or_is_taken_back(here: Office) -> None:
    where = {"organization_id": str(here.member.id)}
    stars = await here.post("/honours", where | FIVE_STARS)
    rated = where | {"title": "5A级社会组织", "awarded_by": "省民政厅", "awarded_on": "2019-01-01"}
    await here.post("/honours", rated | {"expires_on": "2024-01-01"})

    async def held(on: str) -> list[str]:
        found = await here.get("/honours", held_on=on, **where)
        return [one["title"] for one in found.json()["items"]]

    assert await held("2018-12-31") == []
    assert await held("2020-12-31") == ["五星级党组织", "5A级社会组织"]
    assert await held("2024-01-01") == ["五星级党组织"]
    path = f"/honours/{stars.json()['id']}/withdrawal"
    gone = await here.post(path, {"withdrawn_on": "2025-06-01", "reason": "评定失效"})
    twice = await here.post(path, {"withdrawn_on": "2025-06-01", "reason": "评定失效"})
    assert (gone.status_code, twice.json()["code"]) == (200, "honour-withdrawn")
    assert await held("2025-06-01") == []
    assert len((await here.get("/honours", **where)).json()["items"]) == 2
    # The figure F14 of 2020 is what was held at its end.
    of_2020 = await honours.held(here.session, [here.member.id], date(2020, 12, 31))
    assert [one.title for one in of_2020] == ["5A级社会组织", "五星级党组织"]


async def test_an_honour_lies_in_the_past(here: Office) -> None:
    said = FIVE_STARS | {"organization_id": str(here.member.id)}
    tomorrow = (today() + timedelta(days=1)).isoformat()
    ahead = await here.post("/honours", said | {"awarded_on": tomorrow})
    turned = await here.post("/honours", said | {"expires_on": "2020-12-30"})
    assert [one.json()["code"] for one in (ahead, turned)] == ["honour-ahead"] * 2


async def test_an_ambassador_is_shown_when_somebody_else_found_no_advertisement(here: Office) -> None:
    path = await here.ambassador()
    assert await here.listed() == []
    tasks = await here.client.get("/v1/me/tasks", headers=here.reviewer)
    assert [one["kind"] for one in tasks.json()["items"]] == [ambassadors.TASK]

    reviewed = await here.post(f"{path}/review", NO, here.reviewer)
    again = await here.post(f"{path}/review", NO, here.reviewer)

    assert (reviewed.json()["state"], again.json()["code"]) == ("active", "ambassador-reviewed")
    [shown] = await here.listed()
    assert (shown["name"], shown["scope"], "contract" in shown) == ("秦歌唱家", "宣传助学项目", False)


async def test_whoever_recorded_it_does_not_answer(here: Office, app: FastAPI) -> None:
    both = await members.staff(here.session, here.member, Role.disclosure_officer)
    await grants.give(here.session, both, here.member, role=Role.admin, given_by="test")
    mine = await members.headers(app, here.session, both)
    said = {
        "organization_id": str(here.member.id),
        "name": "x",
        "contract": "x",
        "scope": "x",
        "starts_on": "2026-01-01",
        "ends_on": "2026-12-31",
    }
    made = await here.post("/ambassadors", said, mine)
    own = await here.post(f"/ambassadors/{made.json()['id']}/review", NO, mine)
    assert (own.status_code, own.json()["code"]) == (403, "own-ambassador")


async def test_a_disguised_advertisement_is_never_shown(here: Office) -> None:
    path = await here.ambassador()
    advert = {"is_advertisement": True, "finding": "合同含某品牌露出"}
    reviewed = await here.post(f"{path}/review", advert, here.reviewer)
    ended = await here.post(f"{path}/end", {"reason": "x"})
    assert reviewed.json()["state"] == "refused"
    assert ended.json()["code"] == "ambassador-over"
    assert await here.listed() == []


async def test_a_term_ends_by_itself_and_by_word(here: Office) -> None:
    day = today()
    over = await here.ambassador(ends_on=(day - timedelta(days=1)).isoformat())
    coming = await here.ambassador(
        starts_on=(day + timedelta(days=1)).isoformat(), ends_on=(day + timedelta(days=2)).isoformat()
    )
    early = await here.ambassador()
    assert (await here.post(f"{early}/end", {"reason": "x"})).json()["code"] == "ambassador-not-reviewed"
    for path in (over, coming, early):
        await here.post(f"{path}/review", NO, here.reviewer)
    assert len(await here.listed()) == 1
    await here.post(f"{early}/end", {"reason": "双方协商终止"})

    assert await here.listed() == []
    told = await here.get(f"/organizations/{here.member.id}/ambassadors", here.headers)
    assert [one["state"] for one in told.json()["items"]] == ["ended", "upcoming", "ended"]


async def test_who_does_not_agree_is_not_named(here: Office) -> None:
    silent = await here.ambassador(name="不愿具名者", publish_consent=False)
    named = await here.ambassador()
    for path in (silent, named):
        await here.post(f"{path}/review", NO, here.reviewer)
    assert [one["name"] for one in await here.listed()] == [None, "秦歌唱家"]
    gone = await here.post(f"{named}/consent-withdrawal")
    odd = await here.post(f"{silent}/consent-withdrawal")
    assert (gone.status_code, odd.json()["code"]) == (200, "ambassador-over")
    assert [one["name"] for one in await here.listed()] == [None, None]
    rows = await here.session.execute(text("select t::text from ambassadors t"))
    assert not any("秦歌唱家" in row[0] or "不愿具名者" in row[0] for row in rows)
