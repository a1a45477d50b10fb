"""Lists: a sheet of records is taken in whole or not at all, each fault at its line and column."""

import io
import re
from typing import Any

from openpyxl import Workbook, load_workbook
from sqlalchemy import func, select

from app.kit.database import WriteSession
from app.kit.ids import new_code
from app.volunteers.models import TimeRecord
from tests.volunteers.office import Office

HEADER = ("志愿者编号", "服务日期", "服务分钟数", "服务类别", "服务内容", "记录编号")


def workbook(*rows: tuple[Any, ...]) -> bytes:
    book = Workbook()
    book.active.title = "服务记录"
    for row in (HEADER, *rows):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


async def send(desk: Office, content: bytes, **asked: Any) -> Any:
    return await desk.client.post(
        "/v1/volunteers/sheets/records",
        params={"organization_id": str(desk.organization.id)} | asked,
        files={"file": ("records.xlsx", content)},
        headers=desk.headers | {"Idempotency-Key": new_code(), "Accept-Language": "zh"},
    )


async def count(session: WriteSession) -> int:
    return await session.scalar(select(func.count()).select_from(TimeRecord)) or 0


async def test_a_sheet_is_tried_and_taken_in(desk: Office, session: WriteSession) -> None:
    who = await desk.volunteer()
    content = workbook(
        (who["number"], "2026-03-05", 90, "助老", "陪护", "S-1"),
        (who["number"].lower(), "2026-03-06", 30, "environment", "清理河道", None),
    )

    tried = await send(desk, content, dry_run=True)
    assert await count(session) == 0
    taken = await send(desk, content)
    twice = await send(desk, content)

    assert tried.json() == {"record_count": 2, "minutes": 120, "dry_run": True}
    assert taken.status_code == 201, taken.text
    rows = (await desk.get("/records")).json()["items"]
    assert {(row["minutes"], row["category"], row["source"], row["state"]) for row in rows} == {
        (90, "elderly", "sheet", "reported"),
        (30, "environment", "sheet", "reported"),
    }
    assert twice.status_code == 422
    assert await count(session) == 2


async def test_every_fault_is_told_at_its_place_and_nothing_is_taken_over(
    desk: Office, session: WriteSession
) -> None:
    who = await desk.volunteer()
    answer = await send(
        desk,
        workbook(
            (who["number"], "2026-03-05", 90, "助老", "陪护", "S-1"),
            ("V0000000000", "2026-03-05", 90, "助老", "陪护", None),
            (who["number"], "2999-01-01", 1441, "飞行", "", "S-1"),
            (who["number"], "2999-01-01", 1441, "助老", "陪护", "S-1"),
        ),
    )

    errors = answer.json()["errors"]
    told = {(one["row"], one["column"], one["code"]) for one in errors}
    assert all(re.search("[\u4e00-\u9fff]", one["detail"]) for one in errors), errors
    assert answer.status_code == 422
    assert (3, "志愿者编号", "unknown") in told
    assert {column for row, column, _ in told if row == 4} == {"服务类别", "服务内容"}
    assert {(column, code) for row, column, code in told if row == 5} == {
        ("服务日期", "ahead"),
        ("服务分钟数", "range"),
        ("记录编号", "twice"),
    }
    assert await count(session) == 0
    assert (await send(desk, b"no workbook")).status_code == 422


async def test_the_form_is_one_that_is_taken_in_again(desk: Office) -> None:
    form = await desk.client.get("/v1/volunteers/sheets/records")
    names = load_workbook(io.BytesIO(form.content)).sheetnames
    assert "服务记录" in names


async def test_volunteers_are_exported_as_a_list(desk: Office) -> None:
    made = [await desk.volunteer(skills=["first_aid"], categories=["elderly"]) for _ in range(3)]
    answer = await desk.get("/sheets/volunteers", organization_id=str(desk.organization.id))
    sheet = load_workbook(io.BytesIO(answer.content)).worksheets[0]
    rows = [row for row in sheet.iter_rows(values_only=True) if row[0] and str(row[0]).startswith("V")]
    assert {(row[0], row[1]) for row in rows} == {(one["number"], one["name"]) for one in made}
    assert made[0]["phone"] not in str(rows)
