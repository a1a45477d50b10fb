"""Projects, as anybody reads them: what they are, what they cost, whom they helped, and who is not named."""

from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import event

from app.kit.ids import new_code
from tests.disclosure.projects.works import PUBLIC, budgeted, line, pay, published, read
from tests.projects.helped import beneficiary, give, given
from tests.projects.till import Till, money


async def test_a_project_is_public_from_its_approval_on(at: Till) -> None:
    draft, dropped = await at.project(), await at.project()
    proposed = await at.project()
    await at.made(f"/{dropped['id']}/stop", {"reason": "未获用地"})
    approved = await at.approved()
    stopped = await at.running()
    await at.made(f"/{stopped['id']}/stop", {"reason": "选址变更", "on": "2026-05-01"})
    given_up = await at.approved()
    await at.made(f"/{given_up['id']}/stop", {"reason": "资金未到位"})
    await at.made(f"/{proposed['id']}/proposal", {})

    told = {one["code"]: one["state"] for one in (await read(at, limit=200))["items"]}

    assert told == {
        approved["code"]: "approved",
        stopped["code"]: "stopped",
        given_up["code"]: "stopped",
    }
    for hidden in (draft, dropped, proposed):
        for path in ("", "/funding", "/sites"):
            answer = await at.client.get(f"{PUBLIC}/{hidden['code']}{path}")
            assert answer.status_code == 404
            assert answer.json()["code"] == "project-not-public"


async def test_projects_are_found_by_words_region_programme_category_year_and_state(at: Till) -> None:
    programme = await at.programme(code=f"QAB{new_code(4)}")
    bridge = await at.running(programme_id=programme["id"], title="示例村慈安桥")
    school = await at.approved(category="education", region_code="610102", title="助学金发放", content="助学")

    async def found(**asked: Any) -> set[str]:
        return {one["code"] for one in (await read(at, **asked))["items"]}

    both = {bridge["code"], school["code"]}
    assert await found() == both
    assert await found(q="慈安 示例村") == {bridge["code"]}
    assert await found(q="助学") == {school["code"]}
    assert await found(region_code="610900") == {bridge["code"]}
    assert await found(region_code="610000") == both
    assert await found(programme=programme["code"]) == {bridge["code"]}
    assert await found(programme="NOBODYS") == set()
    assert await found(category="education") == {school["code"]}
    assert await found(state="running") == {bridge["code"]}
    assert await found(year=2026) == {bridge["code"]}
    assert await found(year=2025) == set()
    assert await found(organization=at.organization.code) == both
    assert await found(organization="NOBODY") == set()
    assert (await at.client.get(PUBLIC, params={"state": "draft"})).status_code == 422
    first = await read(at, limit=1, sort="code")
    rest = await read(at, limit=1, sort="code", cursor=first["next_cursor"])
    assert [one["items"][0]["code"] for one in (first, rest)] == sorted(both)


async def test_a_project_tells_its_cost_its_people_its_progress_and_its_sites(at: Till, app: FastAPI) -> None:
    programme = await at.programme()
    target = {"year": 2026, "site_kind": "bridge", "site_count": 3}
    await at.made(f"/programmes/{programme['id']}/targets", target)
    fund = await at.fund(90_000_00)
    project = await budgeted(
        at,
        line(80_000_00, fund),
        line(5_000_00, None, "materials"),
        programme_id=programme["id"],
        content="修建便民桥，联系电话13800138000",
    )
    await at.made(f"/{project['id']}/partners", {"name": "示例建筑公司", "task": "施工"})
    await pay(at, project, fund, 30_000_00)
    helped = await beneficiary(at)
    lines = [given(helped), given(helped, given_on="2026-06-01"), given(person_count=40)]
    await give(at, project, *lines)
    indicator = {"code": "BRIDGES", "title": "建成桥梁", "unit": "座", "target": 2}
    bridges = await at.made(f"/{project['id']}/indicators", indicator)
    figures = [{"indicator_id": bridges["id"], "value": 1}]
    photo = await at.upload()
    await published(at, app, project, figures=figures, attachment_ids=[photo])
    later = {"period_from": "2026-07-01", "period_to": "2026-09-30"}
    unpublished = {"organization_id": str(at.organization.id), "done": "内部情况"} | later
    await at.made(f"/{project['id']}/progress", unpublished | {"figures": figures})
    built = await at.built(project)
    assert (await at.accept(built)).status_code == 201
    await at.site(project, latitude_microdegrees=None, longitude_microdegrees=None)
    await at.made(f"/sites/{(await at.site(project))['id']}/drop", {"reason": "选址不合适"})

    body = await read(at, f"/{project['code']}")

    assert body["organization"]["code"] == at.organization.code
    assert (body["region"], body["village"], body["state"]) == ("紫阳县", "示例村", "running")
    assert body["programme"] == {"code": programme["code"], "title": "慈安桥"}
    assert (body["planned"], body["spent"]) == (money(85_000_00), money(30_000_00))
    assert {(one["kind"], one["planned"]["amount"], one["spent"]["amount"]) for one in body["costs"]} == {
        ("aid", 80_000_00, 30_000_00),
        ("materials", 5_000_00, 0),
    }
    assert body["helped"] == {
        "identified_person_count": 1,
        "identified_person_times": 2,
        "counted_only_person_times": 40,
    }
    assert body["content"] == "修建便民桥，联系电话***********"
    assert body["executors"] == [{"organization": None, "name": "示例建筑公司", "task": "施工"}]
    assert [(one["code"], one["target"], one["reached"]) for one in body["indicators"]] == [("BRIDGES", 2, 1)]
    [report] = body["progress"]
    assert (report["done"], report["person_count"], report["person_times"]) == ("完成桥墩", 100, 120)
    [shown] = report["photos"]
    copy = await at.client.get(shown["url"])
    assert (copy.status_code, copy.headers["content-type"]) == (200, "image/jpeg")
    assert body["sites"] == [{"kind": "bridge", "site_count": 2, "accepted_count": 1}]
    assert (body["site_count"], body["accepted_site_count"]) == (2, 1)
    assert body["programme_targets"] == [target | {"accepted_count": 1}]
    assert "owner_id" not in body

    places = await read(at, f"/{project['code']}/sites")
    assert places["complete"] is True
    assert {one["properties"]["state"]: one["geometry"] is None for one in places["features"]} == {
        "accepted": False,
        "planned": True,
    }
    accepted = next(one["properties"] for one in places["features"] if one["geometry"])
    assert (accepted["accepted_on"], accepted["cost"]) == ("2026-10-20", money(56_500_00))
    assert "contractor" not in accepted


async def test_money_left_over_is_told_with_where_it_goes(at: Till) -> None:
    fund = await at.fund(50_000_00)
    project, other = await budgeted(at, line(50_000_00, fund)), await at.running()
    await pay(at, project, fund, 40_000_00)
    await at.made(f"/{project['id']}/end", {"on": "2026-11-01"})
    body = {"use": "similar_project", "ground": "同类项目", "target_project_id": other["id"]}
    await at.made(f"/{project['id']}/leftover-decisions", body)
    assert (await read(at, f"/{project['code']}"))["leftovers"] == []
    assert (await at.decide()).status_code == 200
    closing = {"evaluation": "完成", "lessons": "无", "rating": 5}
    await at.made(f"/{project['id']}/closure", closing, by=at.reviewer)

    told = await read(at, f"/{project['code']}")

    [left] = told["leftovers"]
    assert (left["amount"], left["use"]) == (money(10_000_00), "similar_project")
    assert left["target_project_code"] == other["code"]
    assert told["closed_on"] is not None


async def test_a_project_costs_the_same_however_many_people_it_helped(at: Till) -> None:
    project = await at.running()
    statements: list[str] = []
    bind = (await at.session.connection()).sync_connection

    def note(*given_to: object) -> None:
        statements.append(str(given_to[2]))

    async def read_with(count: int) -> list[str]:
        await give(at, project, *[given(await beneficiary(at)) for _ in range(count)])
        event.listen(bind, "before_cursor_execute", note)
        statements.clear()
        for path in ("", f"/{project['code']}", f"/{project['code']}/funding", f"/{project['code']}/sites"):
            await read(at, path)
        event.remove(bind, "before_cursor_execute", note)
        return [one.lower() for one in statements if "SAVEPOINT" not in one]

    few, many = await read_with(1), await read_with(12)
    assert 0 < len(few) == len(many)
    assert not any(name in one for one in many for name in ("from benefits", "helped_months", "donations"))


async def test_an_answer_about_a_project_is_not_sent_twice(at: Till) -> None:
    fund = await at.fund(90_000_00)
    project = await budgeted(at, line(80_000_00, fund))
    paths = [PUBLIC, *(f"{PUBLIC}/{project['code']}{more}" for more in ("", "/funding", "/sites"))]
    tags: dict[str, str] = {}
    for path in paths:
        answer = await at.client.get(path)
        tags[path] = answer.headers["etag"]
        assert answer.headers["cache-control"].startswith("public, max-age=")
        again = await at.client.get(path, headers={"If-None-Match": tags[path]})
        assert (again.status_code, again.content) == (304, b""), path
    await pay(at, project, fund, 1_00)
    for path in paths[:3]:
        answer = await at.client.get(path, headers={"If-None-Match": tags[path]})
        assert answer.status_code == 200, path


@pytest.mark.parametrize(
    "asked", [{"year": "x"}, {"sort": "spent"}, {"owner_id": "1"}, {"region_code": "6109"}, {"cursor": "x"}]
)
async def test_what_nobody_can_answer_is_refused(at: Till, asked: dict[str, str]) -> None:
    assert (await at.client.get(PUBLIC, params=asked)).status_code == 422
