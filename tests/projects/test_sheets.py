"""Sheets: projects and sites come whole or not at all, and only history comes past the approval."""

import io
from typing import Any

from openpyxl import Workbook, load_workbook

from app.kit.ids import new_code
from app.projects.register import sheets as project_sheets
from app.projects.sites import sheets as site_sheets
from tests.projects.office import Office

P = ("项目编号", "项目名称", "类别", "品牌项目代码", "项目内容", "行政区划代码", "村（社区）", "计划开始日期")
P_MORE = ("计划结束日期", "受益人确定方式", "实施首日", "实施末日")
S = ("项目编号", "点位编号", "点位名称", "点位类别", "结构", "行政区划代码", "村（社区）", "长度（米）")
S_MORE = ("纬度", "经度", "计划造价（元）", "决算造价（元）", "验收日期")


def workbook(title: str, *rows: tuple[Any, ...]) -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def project(code: str, *executed: str | None, **over: Any) -> tuple[Any, ...]:
    told = {
        "category": "交通便民",
        "programme": None,
        "region": "610924",
        "from": "2024-01-01",
        "to": "2024-12-31",
    } | over
    return (
        *(code, "慈安桥", told["category"], told["programme"], "修桥", told["region"], "示例村"),
        *(told["from"], told["to"], "全体村民", *(executed or (None, None))),
    )


async def send(desk: Office, what: str, content: bytes, **asked: Any) -> Any:
    return await desk.client.post(
        f"/v1/projects/sheets/{what}",
        params={"organization_id": str(desk.organization.id)} | asked,
        files={"file": (f"{what}.xlsx", content)},
        headers=desk.headers | {"Idempotency-Key": new_code()},
    )


async def test_a_sheet_of_projects_is_tried_and_taken_in(desk: Office) -> None:
    programme = await desk.programme(code="QAB")
    content = workbook(
        "项目",
        (*P, *P_MORE),
        project("A-1", programme="QAB"),
        project("A-2", "2024-03-01", "2024-11-30"),
        project("A-3", "2025-06-01", None),
    )

    tried = await send(desk, "projects", content, dry_run=True)
    assert tried.json() == {"project_count": 3, "dry_run": True}
    assert (await desk.get("")).json()["items"] == []
    taken = await send(desk, "projects", content)
    twice = await send(desk, "projects", content)

    assert taken.status_code == 201, taken.text
    told = {one["code"]: one for one in (await desk.get("")).json()["items"]}
    assert {code: one["state"] for code, one in told.items()} == {
        "A-1": "draft",
        "A-2": "closed",
        "A-3": "running",
    }
    assert told["A-1"]["programme_id"] == programme["id"]
    steps = (await desk.get(f"/{told['A-2']['id']}/steps")).json()["items"]
    assert [(one["from_state"], one["to_state"]) for one in steps] == [(None, "closed")]
    assert {one["code"] for one in twice.json()["errors"]} == {"twice"}
    assert [one["code"] for one in (await desk.get("", year=2024)).json()["items"]] == ["A-2"]


async def test_every_fault_of_a_project_is_told_at_its_place_and_nothing_is_taken(desk: Office) -> None:
    content = workbook(
        "项目",
        (*P, *P_MORE),
        project("B-1"),
        project("B-1"),
        project("B-2", region="999999", programme="NONE", to="2023-01-01"),
        project("B-3", "2026-02-01", None),
        project("B-4", None, "2024-01-01"),
        project("B-5", category="飞行"),
        project("桥 6"),
    )
    answer = await send(desk, "projects", content)

    assert answer.status_code == 422
    assert {(one["row"], one["column"], one["code"]) for one in answer.json()["errors"]} == {
        (3, "项目编号", "twice"),
        (4, "行政区划代码", "unknown"),
        (4, "品牌项目代码", "unknown"),
        (4, "计划结束日期", "reversed"),
        (5, "实施首日", "not_historical"),
        (6, "实施末日", "reversed"),
        (7, "类别", "not_a_choice"),
        (8, "项目编号", "refused"),
    }
    assert (await desk.get("")).json()["items"] == []
    assert (await send(desk, "projects", b"no workbook")).status_code == 422


async def test_sites_come_with_their_milestones_and_history_comes_finished(desk: Office) -> None:
    await send(desk, "projects", workbook("项目", (*P, *P_MORE), project("C-1", "2024-03-01", None)))
    content = workbook(
        "点位",
        (*S, *S_MORE),
        (
            "C-1",
            "001",
            "一号桥",
            "桥梁",
            "平板桥",
            "610924",
            "甲村",
            "18.5",
            "32.52",
            "108.53",
            60000,
            None,
            None,
        ),
        (
            "C-1",
            "002",
            "二号桥",
            "桥梁",
            None,
            "610924",
            "乙村",
            None,
            None,
            None,
            None,
            56500.5,
            "2024-11-01",
        ),
    )
    tried = await send(desk, "sites", content, dry_run=True)
    taken = await send(desk, "sites", content)

    assert tried.json() == {"site_count": 2, "accepted_count": 1, "dry_run": True}
    assert taken.status_code == 201, taken.text
    first, second = (await desk.get("/sites")).json()["items"]
    assert (first["length_centimetres"], first["latitude_microdegrees"]) == (1850, 32_520_000)
    assert (first["state"], first["planned_cost"]["amount"]) == ("planned", 60_000_00)
    assert (second["state"], second["cost"]["amount"]) == ("accepted", 56_500_50)
    done = {kind for kind, one in (await desk.milestones(second)).items() if one["done_on"]}
    assert done == {"survey", "construction", "quality", "acceptance"}


async def test_every_fault_of_a_site_is_told_at_its_place(desk: Office) -> None:
    project_made = await desk.project(code="D-1")
    await desk.site(project_made, code="T")
    row = ("D-1", "001", "桥", "桥梁", None, "610924", "甲村", None, None, None, None, None, None)

    def but(**over: Any) -> tuple[Any, ...]:
        names = ("project", "code", "title", "kind", "structure", "region", "village", "length")
        names = (*names, "latitude", "longitude", "planned", "cost", "accepted")
        return tuple(over.get(name, value) for name, value in zip(names, row, strict=True))

    content = workbook(
        "点位",
        (*S, *S_MORE),
        but(project="X"),
        but(code="T"),
        but(kind="卫生室", structure="吊桥"),
        but(latitude="32.5"),
        but(length="很长"),
        but(cost=1, accepted="2026-05-01"),
        but(code="桥 8"),
        but(code="009", planned=0, cost=-1),
    )
    answer = await send(desk, "sites", content)

    assert {(one["row"], one["column"], one["code"]) for one in answer.json()["errors"]} == {
        (2, "项目编号", "unknown"),
        (3, "点位编号", "twice"),
        (4, "结构", "unfit"),
        (5, "纬度", "half"),
        (6, "长度（米）", "refused"),
        (7, "验收日期", "not_historical"),
        (8, "点位编号", "refused"),
        (9, "计划造价（元）", "range"),
        (9, "决算造价（元）", "range"),
    }


async def test_the_forms_are_those_that_are_taken_in(desk: Office) -> None:
    for what, form in (("projects", project_sheets.FORM), ("sites", site_sheets.FORM)):
        answer = await desk.client.get(f"/v1/projects/sheets/{what}")
        sheet = load_workbook(io.BytesIO(answer.content))[form.zh]
        assert [str(cell.value).strip("*") for cell in sheet[1]] == [field.zh for field in form.fields]
