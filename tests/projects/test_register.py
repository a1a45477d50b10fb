"""The register: programmes reach down, projects are found by what they say, and a joint one is one."""

import io
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from openpyxl import load_workbook
from sqlalchemy import event

from app.kit.database import WriteSession
from app.kit.ids import new_id
from app.kit.sheets.workbooks import MEDIA_TYPE
from app.ledger.models import Dimension, DimensionKind
from app.organizations.access import Role
from app.projects.register import lists, statistics
from app.projects.register.lists import Wanted
from tests.factories import organizations as make
from tests.projects.helped import beneficiary, give, given
from tests.projects.office import Office, office


async def found(desk: Office, **asked: Any) -> list[str]:
    answer = await desk.get("", **asked)
    assert answer.status_code == 200, answer.text
    return [one["id"] for one in answer.json()["items"]]


async def test_a_project_is_a_dimension_of_the_books_under_its_code(
    desk: Office, session: WriteSession
) -> None:
    project = await desk.project(code="610924-2026-QAB-0001")

    dimension = await session.get_one(Dimension, project["id"])
    assert (dimension.kind, dimension.code) == (DimensionKind.project, "610924-2026-QAB-0001")
    assert dimension.organization_id == desk.organization.id
    assert project["state"] == "draft"
    assert project["allowed_actions"] == ["change", "add_partner", "add_standard", "propose", "stop"]


async def test_a_code_is_used_once_in_the_federation(
    app: FastAPI, client: AsyncClient, session: WriteSession, desk: Office
) -> None:
    await desk.project(code="610000-2026-X-0001")
    city = await office(app, client, session, await make.organization(session, parent=desk.organization))
    for other in (desk, city):
        twice = await other.post("", other.told(code="610000-2026-X-0001"))
        assert (twice.status_code, twice.json()["code"]) == (409, "project-code-taken")


async def test_a_programme_is_used_by_those_below_and_by_nobody_else(
    app: FastAPI, client: AsyncClient, session: WriteSession, desk: Office
) -> None:
    city = await office(app, client, session, await make.organization(session, parent=desk.organization))
    stranger = await office(app, client, session)
    programme = await desk.programme()
    own = await city.programme()

    assert (await city.get(f"/programmes/{programme['id']}")).status_code == 200
    assert {one["id"] for one in (await city.get("/programmes")).json()["items"]} == {
        programme["id"],
        own["id"],
    }
    assert (await city.project(programme_id=programme["id"]))["programme_id"] == programme["id"]
    assert (await stranger.get(f"/programmes/{programme['id']}")).status_code == 404
    refused = await stranger.post("", stranger.told(programme_id=programme["id"]))
    assert refused.json()["code"] == "programme-out-of-reach"
    upward = await desk.post("", desk.told(programme_id=own["id"]))
    assert upward.json()["code"] == "programme-out-of-reach"


async def test_a_programme_changes_on_the_version_that_was_read(desk: Office) -> None:
    programme = await desk.programme()
    path = f"/programmes/{programme['id']}"
    tag = (await desk.get(path)).headers["etag"]

    assert (await desk.patch(path, {"title": "慈安便民桥"}, None)).status_code == 428
    changed = await desk.patch(path, {"title": "慈安便民桥"}, tag)
    assert changed.json()["title"] == "慈安便民桥"
    assert (await desk.patch(path, {"title": "x"}, tag)).status_code == 412
    reversed_ = await desk.patch(path, {"ends_on": "1990-01-01"}, changed.headers["etag"])
    assert reversed_.json()["code"] == "programme-dates-reversed"


async def test_projects_are_found_by_words_region_programme_category_year_and_state(desk: Office) -> None:
    programme = await desk.programme()
    bridge = await desk.running(programme_id=programme["id"], code="SX-2026-QAB-7")
    school = await desk.project(
        title="乡村学校图书室", category="education", region_code="610118", village=None, brand="爱为读"
    )

    asked: list[tuple[dict[str, Any], list[str]]] = [
        ({"q": "安桥"}, [bridge["id"]]),
        ({"q": "示例 慈安"}, [bridge["id"]]),
        ({"q": "ｓｘ-2026"}, [bridge["id"]]),
        ({"q": "爱为读"}, [school["id"]]),
        ({"q": "桥学"}, []),
        ({"region_code": "610900"}, [bridge["id"]]),
        ({"region_code": "610100"}, [school["id"]]),
        ({"region_code": "610000"}, sorted([bridge["id"], school["id"]])),
        ({"programme_id": programme["id"]}, [bridge["id"]]),
        ({"category": "education"}, [school["id"]]),
        ({"state": "running"}, [bridge["id"]]),
        ({"year": 2026}, [bridge["id"]]),
        ({"year": 2025}, []),
        ({"organization_id": str(desk.organization.id)}, sorted([bridge["id"], school["id"]])),
        ({"within": str(desk.organization.id)}, sorted([bridge["id"], school["id"]])),
        ({"within": str(new_id())}, []),
    ]
    for filters, ids in asked:
        assert sorted(await found(desk, **filters)) == ids, filters
    summed = (await desk.get("", include="summary", limit=1)).json()["summary"]
    assert summed["count"] == 2


async def test_a_joint_project_is_one_project_for_all_who_carry_it_out(
    app: FastAPI, client: AsyncClient, session: WriteSession, desk: Office
) -> None:
    city = await office(app, client, session, await make.organization(session, parent=desk.organization))
    beside = await office(app, client, session, await make.organization(session, parent=desk.organization))
    project = await city.running()
    path = f"/{project['id']}"
    assert (await beside.get(path)).status_code == 404

    joined = {"organization_id": str(beside.organization.id), "task": "验收"}
    await city.made(f"{path}/partners", joined)
    await city.made(f"{path}/partners", {"name": "某设计院", "task": "设计"})

    assert (await city.post(f"{path}/partners", joined)).json()["code"] == "partner-already"
    lead = {"organization_id": str(city.organization.id), "task": "x"}
    assert (await city.post(f"{path}/partners", lead)).json()["code"] == "partner-is-lead"
    assert [one["task"] for one in (await beside.get(path)).json()["partners"]] == ["验收", "设计"]
    assert await found(desk) == await found(beside) == await found(city) == [project["id"]]
    told = await desk.get("/statistics", organization_id=str(desk.organization.id), year=2026)
    assert told.json()["project_count"] == 1
    # A partner sees it and does not change it: its organization leads.
    assert (await beside.post(f"{path}/end", {})).status_code == 404


async def test_implemented_in_a_year_means_one_day_of_it_and_the_answer_says_so(desk: Office) -> None:
    over = await desk.running("2024-12-31", planned_from="2024-12-01")
    await desk.made(f"/{over['id']}/end", {"on": "2025-01-01"})
    await desk.running("2025-06-01", planned_from="2025-06-01", category="education")
    await desk.project()

    async def told(year: int | None) -> dict[str, Any]:
        asked = {"organization_id": str(desk.organization.id)} | ({"year": year} if year else {})
        answer = await desk.get("/statistics", **asked)
        assert answer.status_code == 200, answer.text
        return answer.json()

    assert [(await told(year))["project_count"] for year in (2023, 2024, 2025, 2026)] == [0, 1, 2, 1]
    # Next year has not come: nothing was carried out in it.
    assert (await told(2999))["project_count"] == 0
    whole = await told(None)
    assert whole["project_count"] == 3
    assert whole["by_category"] == [
        {"category": "education", "project_count": 1},
        {"category": "transport", "project_count": 2},
    ]
    assert {one["state"]: one["project_count"] for one in whole["by_state"]} == {
        "draft": 1,
        "running": 1,
        "closing": 1,
    }
    assert (whole["definition"], whole["definition_zh"]) == (lists.IMPLEMENTED, lists.IMPLEMENTED_ZH)


async def test_an_owner_works_at_the_projects_organization(
    app: FastAPI, session: WriteSession, desk: Office
) -> None:
    ours = await make.staff(session, desk.organization, Role.project_officer)
    theirs = await make.staff(session, await make.organization(session), Role.project_officer)

    assert (await desk.project(owner_id=str(ours.id)))["owner_id"] == str(ours.id)
    refused = await desk.post("", desk.told(owner_id=str(theirs.id)))
    assert refused.json()["code"] == "owner-unfit"
    assert await found(desk, owner_id=str(ours.id)) != []


@pytest.mark.parametrize(
    ("over", "code"),
    [
        ({"planned_to": "2026-01-01"}, "project-dates-reversed"),
        ({"region_code": "999999"}, "region-unknown"),
        ({"programme_id": str(new_id())}, "programme-out-of-reach"),
        ({"category": "bridges"}, "body-invalid"),
    ],
)
async def test_what_cannot_be_so_is_refused(desk: Office, over: dict[str, Any], code: str) -> None:
    answer = await desk.post("", desk.told(**over))
    assert answer.status_code == 422
    assert code in {answer.json()["code"], "body-invalid"}


async def test_beneficiaries_are_told_each_version_of_the_standard(desk: Office) -> None:
    project = await desk.project(category="medical_aid")
    path = f"/{project['id']}/standards"
    body = {
        "valid_from": "2026-01-01",
        "standard": "自付超过两万元的部分资助三成",
        "workflow": "申请、核实、审核、公示、发放",
        "norms": "不收费",
        "cap_year": {"amount": 50_000_00, "currency": "CNY"},
    }
    first = await desk.made(path, body)
    second = await desk.made(path, body | {"valid_from": "2026-06-01"})

    assert (first["number"], second["number"]) == (1, 2)
    assert (await desk.post(path, body)).json()["code"] == "standard-not-after-last"
    same_day = await desk.post(path, body | {"valid_from": "2026-06-01"})
    assert same_day.json()["code"] == "standard-day-taken"
    notice = {"told_on": "2026-01-02", "way": "公开栏", "audience": "全体村民"}
    await desk.made(f"{path}/{first['id']}/notices", notice)
    ahead = await desk.post(f"{path}/{first['id']}/notices", notice | {"told_on": "2999-01-01"})
    assert ahead.json()["code"] == "day-ahead"
    told = await desk.get(f"{path}/{first['id']}/notices")
    assert [one["told_on"] for one in told.json()["items"]] == ["2026-01-02"]
    assert [one["number"] for one in (await desk.get(path)).json()["items"]] == [1, 2]
    other = await desk.project()
    elsewhere = await desk.get(f"/{other['id']}/standards/{first['id']}/notices")
    assert elsewhere.status_code == 404


async def test_counts_of_a_subtree_take_one_statement_and_read_nobodys_help(
    desk: Office, session: WriteSession
) -> None:
    bind = (await session.connection()).sync_connection
    statements: list[str] = []

    def note(*seen: object) -> None:
        statements.append(str(seen[2]).lower())

    project = await desk.running(category="education")
    plans = []
    for count in (1, 12):
        await give(desk, project, *[given(await beneficiary(desk)) for _ in range(count)])
        event.listen(bind, "before_cursor_execute", note)
        statements.clear()
        counted = await statistics.count(session, [desk.organization.id], Wanted(year=2026))
        event.remove(bind, "before_cursor_execute", note)
        plans.append(list(statements))
        assert counted.project_count == 1

    assert [len(one) for one in plans] == [1, 1]
    assert not any(name in plans[1][0] for name in ("benefit", "helped"))


async def test_the_list_of_projects_is_a_workbook_with_its_rows(desk: Office) -> None:
    bridge = await desk.running(title="紫阳县慈安桥")
    school = await desk.project(title="乡村学子助学", category="education")
    headers = desk.headers | {"Accept": MEDIA_TYPE, "Accept-Language": "zh"}
    answer = await desk.client.get("/v1/projects", params={"sort": "created_at"}, headers=headers)
    assert answer.headers["content-type"] == MEDIA_TYPE
    sheet = load_workbook(io.BytesIO(answer.content), read_only=True).worksheets[0]
    rows = [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]
    told = ["|".join(row) for row in rows]
    [first] = [one for one in told if bridge["code"] in one]
    [second] = [one for one in told if school["code"] in one]
    assert told.index(first) < told.index(second)
    assert "紫阳县慈安桥" in first
    assert "实施中" in first
    assert "教育助学" in second
    # A filter of the list is a filter of its workbook.
    only = await desk.client.get("/v1/projects", params={"state": "running"}, headers=headers)
    sheet = load_workbook(io.BytesIO(only.content), read_only=True).worksheets[0]
    found = "".join(str(cell or "") for row in sheet.iter_rows(values_only=True) for cell in row)
    assert bridge["code"] in found
    assert school["code"] not in found
