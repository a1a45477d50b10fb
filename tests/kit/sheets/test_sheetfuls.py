"""Sheetfuls: a list is read whole within its bound, and each line's refusal is told at its place."""

from pathlib import Path
from typing import Any, ClassVar

import pytest

from app.kit.database import WriteSession
from app.kit.errors import Conflict, Refusal
from app.kit.sheets import sheetfuls
from app.kit.sheets.faults import Said, WorkbookFaulty
from app.kit.sheets.filled import Row
from app.kit.sheets.forms import Field, Form

FORM = Form(
    name="people",
    zh="人员",
    en="people",
    fields=[
        Field(name="name", zh="姓名", en="name", required=True),
        Field(name="phone", zh="电话", en="phone"),
    ],
)


class Known(Conflict):
    """Somebody of this name is known."""

    title_zh: ClassVar[str] = "已有同名人员"


def errors(refused: Refusal) -> Any:
    return refused.facts["errors"]


def written(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines), "utf-8")
    return path


async def test_a_list_longer_than_its_bound_is_refused_in_both_languages(tmp_path: Path) -> None:
    path = written(tmp_path / "list.csv", "姓名,电话", *(f"某{place},1" for place in range(4)))

    assert len((await sheetfuls.read(path, FORM, rows_max=4)).rows) == 4
    with pytest.raises(WorkbookFaulty) as refused:
        await sheetfuls.read(path, FORM, rows_max=3)
    [fault] = errors(refused.value)
    assert (fault["row"], fault["code"]) == (5, "too_many")
    assert (fault["detail"], fault["detail_zh"]) == ("at most 3 lines", "一次最多 3 行")


async def test_a_fault_is_told_by_the_name_that_the_column_has_in_the_sheet(tmp_path: Path) -> None:
    sheet = await sheetfuls.read(written(tmp_path / "list.csv", "name", "Wang"), FORM, rows_max=9)
    for name in ("name", "phone"):
        sheet.wrong(sheet.rows[0], name, code="odd", detail=Said("odd", "奇怪"))
    assert [fault.column for fault in sheet.faults.kept] == ["name", "电话"]


async def test_every_line_is_tried_and_each_refusal_is_told_at_its_place(
    session: WriteSession, tmp_path: Path
) -> None:
    path = written(tmp_path / "list.csv", "姓名,电话", "甲,1", "乙,2", "丙,3", "乙,4")
    sheet = await sheetfuls.read(path, FORM, rows_max=9)
    tried: list[str] = []

    async def act(row: Row) -> str:
        tried.append(row.values["name"])
        if row.values["name"] == "乙":
            raise Known
        return row.values["phone"]

    with pytest.raises(WorkbookFaulty) as refused:
        await sheet.each(session, act, {Known: ("name", "known")})

    assert tried == ["甲", "乙", "丙", "乙"]
    told = [(one["row"], one["column"], one["code"], one["detail_zh"]) for one in errors(refused.value)]
    assert told == [(3, "姓名", "known", "已有同名人员"), (5, "姓名", "known", "已有同名人员")]


async def test_what_nobody_expected_of_a_line_is_no_fault_of_it(
    session: WriteSession, tmp_path: Path
) -> None:
    sheet = await sheetfuls.read(written(tmp_path / "list.csv", "姓名", "甲"), FORM, rows_max=9)

    async def act(_row: Row) -> None:
        raise Refusal

    with pytest.raises(Refusal, match="Refusal"):
        await sheet.each(session, act, {Known: ("name", "known")})
    assert not sheet.faults.count
