"""Rosters: a sheet of volunteers is taken in whole or not at all, each fault at its line and column."""

import csv
import io
import re
from typing import Any

from openpyxl import Workbook, load_workbook
from sqlalchemy import func, select

from app.kit.database import WriteSession
from app.kit.ids import new_code
from app.volunteers import rosters
from app.volunteers.models import RegistryMonth, Volunteer
from tests.volunteers.office import Office, id_number, person

HEADER = ("姓名", "证件类型", "证件号码", "电话", "出生日期", "服务类别", "证件已核验")


def line(**over: Any) -> tuple[Any, ...]:
    told = person(**over)
    return (told["name"], "居民身份证", told["document_number"], told["phone"], None, "助老、社区", "是")


def workbook(*rows: tuple[Any, ...]) -> bytes:
    book = Workbook()
    book.active.title = "志愿者"
    for row in (HEADER, *rows):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def text(*rows: tuple[Any, ...], encoding: str = "utf-8-sig") -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows((HEADER, *rows))
    return out.getvalue().encode(encoding)


async def send(desk: Office, content: bytes, **asked: Any) -> Any:
    return await desk.client.post(
        "/v1/volunteers/sheets/volunteers",
        params={"organization_id": str(desk.organization.id)} | asked,
        files={"file": ("volunteers.xlsx", content)},
        headers=desk.headers | {"Idempotency-Key": new_code(), "Accept-Language": "zh"},
    )


async def counted(session: WriteSession) -> tuple[int, int]:
    people = await session.scalar(select(func.count()).select_from(Volunteer))
    totals = await session.scalar(select(func.coalesce(func.sum(RegistryMonth.volunteer_count), 0)))
    return people or 0, int(totals or 0)


async def test_a_roster_is_tried_and_taken_in(desk: Office, session: WriteSession) -> None:
    known = person()
    await desk.volunteer(**known)
    rows = [line() for _ in range(3)]
    content = workbook(*rows, rows[0], line(**known))

    tried = await send(desk, content, dry_run=True)
    before = await counted(session)
    taken = await send(desk, content)
    again = await send(desk, content)

    assert tried.json() == {"volunteer_count": 4, "new_count": 3, "dry_run": True}
    assert before == (1, 1)
    assert (taken.status_code, taken.json()) == (201, tried.json() | {"dry_run": False})
    assert again.json()["new_count"] == 0
    assert await counted(session) == (4, 4)
    listed = (await desk.get("", checked=True)).json()["items"]
    assert {row[0] for row in rows} <= {one["name"] for one in listed}
    assert {tuple(one["categories"]) for one in listed if one["name"] == rows[1][0]} == {
        ("elderly", "community")
    }


async def test_text_files_are_taken_in_as_well(desk: Office, session: WriteSession) -> None:
    for encoding in ("utf-8-sig", "gb18030"):
        answer = await send(desk, text(line(), line(), encoding=encoding))
        assert (answer.status_code, answer.json()["new_count"]) == (201, 2), answer.text
    assert await counted(session) == (4, 4)


async def test_every_fault_is_told_at_its_place_and_nobody_is_registered(
    desk: Office, session: WriteSession
) -> None:
    known = person()
    await desk.volunteer(**known)
    good = line()
    child = line(document_number=id_number("20200101"))
    other = line(**known | {"name": "另一人"})
    for make_file in (workbook, text):
        answer = await send(
            desk,
            make_file(
                good,
                (*line()[:2], "110105199003070000", *line()[3:]),
                (*line()[:3], "电话", *line()[4:]),
                (*line()[:4], "2001-01-01", *line()[5:]),
                (None, "学生证", *line()[2:5], "飞行", "也许"),
                child,
                other,
            ),
        )
        errors = answer.json()["errors"]
        told = {(one["row"], one["column"], one["code"]) for one in errors}
        assert all(re.search("[\u4e00-\u9fff]", one["detail"]) for one in errors), errors
        assert answer.status_code == 422
        assert told == {
            (3, "证件号码", "invalid"),
            (4, "电话", "invalid"),
            (5, "出生日期", "differs"),
            (6, "姓名", "missing"),
            (6, "证件类型", "not_a_choice"),
            (6, "服务类别", "refused"),
            (6, "证件已核验", "not_yes_or_no"),
            (7, "监护人姓名", "missing"),
            (8, "证件号码", "known_otherwise"),
        }
        for secret in (known["phone"], known["document_number"], good[2], child[2], "另一人"):
            assert secret not in answer.text
        assert await counted(session) == (1, 1)


async def test_the_form_holds_every_column(desk: Office) -> None:
    form = await desk.client.get("/v1/volunteers/sheets/volunteers/form")
    sheet = load_workbook(io.BytesIO(form.content))["志愿者"]
    assert [cell.value.strip("*") for cell in sheet[1]] == [field.zh for field in rosters.FORM.fields]
    assert (await send(desk, b"PK\x03\x04 no workbook")).status_code == 422
