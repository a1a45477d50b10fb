"""Forms: what people fill in is read by sheet, line and column, and every fault has its place."""

import io
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from app.kit.http import problems
from app.kit.sheets import filled, forms, values, workbooks
from app.kit.sheets.cells import Column, Kind
from app.kit.sheets.faults import WorkbookFaulty
from app.kit.sheets.forms import Field, Form
from app.kit.sheets.values import Unreadable
from app.kit.tables import TableUnreadable

PEOPLE = Form(
    name="people",
    zh="人员",
    en="People",
    fields=[
        Field(name="name", zh="姓名", en="Name", required=True, hint_zh="全名", example="张三"),
        Field(name="joined_on", zh="入会日期", en="Joined on", kind=Kind.day, aliases=("加入日期",)),
        Field(name="balance", zh="余额（元）", en="Balance", kind=Kind.money, required=True),
        Field(name="role", zh="岗位", en="Role", choices={"会计": "accountant", "出纳": "cashier"}),
    ],
)
NOTES = Form(
    name="notes", zh="备注", en="Notes", fields=[Field(name="text", zh="内容", en="Text")], required=False
)


def saved(path: Path, **sheets: list[list[object]]) -> Path:
    book = Workbook()
    book.remove(book.active)
    for name, lines in sheets.items():
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(line)
    book.save(path)
    return path


def test_rows_are_read_by_the_names_of_their_fields(tmp_path: Path) -> None:
    lines = [
        ["某协会人员名单"],
        ["Name", "加入日期", "*余额", "岗位", "随便"],
        ["张三", "2026年5月1日", "1,234.50", "会计", "x"],
        [None, None],
        ["李四", None, 0.1 + 0.2, None],
    ]
    with filled.opened(saved(tmp_path / "a.xlsx", 人员=lines), [PEOPLE, NOTES]) as book:
        rows = list(book.rows(PEOPLE))
        assert list(book.rows(NOTES)) == []
        assert not book.has(NOTES)

    assert [row.line for row in rows] == [3, 5]
    assert rows[0].values == {
        "name": "张三",
        "joined_on": date(2026, 5, 1),
        "balance": 123_450,
        "role": "accountant",
    }
    assert rows[1].values["balance"] == 30
    book.faults.refuse()


def test_every_fault_is_told_with_its_sheet_line_and_column(tmp_path: Path) -> None:
    lines = [
        ["姓名", "入会日期", "余额", "岗位"],
        ["张三", "昨天", "12.345", "会长"],
        ["", "2026-05-01", 5, None],
        ["李四", None, 5, None],
    ]
    with filled.opened(saved(tmp_path / "a.xlsx", 人员=lines), [PEOPLE]) as book:
        [good] = book.rows(PEOPLE)
        book.wrong(good, "姓名", code="person_twice", detail="is there already")

    with pytest.raises(WorkbookFaulty) as refused:
        book.faults.refuse()
    told = problems.document(refused.value, language="zh")
    assert told["title"] == WorkbookFaulty.title_zh
    assert [(one["sheet"], one["row"], one["column"], one["code"]) for one in told["errors"]] == [
        ("人员", 2, "入会日期", "not_a_day"),
        ("人员", 2, "余额（元）", "not_money"),
        ("人员", 2, "岗位", "not_a_choice"),
        ("人员", 3, "姓名", "missing"),
        ("人员", 4, "姓名", "person_twice"),
    ]
    assert told["errors"][0]["pointer"] == "人员!2 入会日期"


def test_what_is_missing_is_told(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.xlsx", 人员=[["姓名", "入会日期", "岗位"], ["张三", None, None]], 备注=[["?"]])
    money = Form(name="money", zh="资金", en="Money", fields=NOTES.fields)

    with filled.opened(path, [PEOPLE, NOTES, money]) as book:
        list(book.rows(PEOPLE))
        list(book.rows(NOTES))

    assert [(fault.sheet, fault.line, fault.code) for fault in book.faults.kept] == [
        ("资金", None, "sheet_missing"),
        ("人员", 1, "column_missing"),
        ("备注", None, "header_missing"),
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_template_is_a_form_without_rows(tmp_path: Path, language: str) -> None:
    path = tmp_path / "template.xlsx"
    path.write_bytes(forms.template([PEOPLE, NOTES], language))

    with filled.opened(path, [PEOPLE, NOTES]) as book:
        assert list(book.rows(PEOPLE)) == []
        assert list(book.rows(NOTES)) == []
    assert book.faults.count == 0
    explained: Any = load_workbook(path).worksheets[0]
    told = [[cell.value for cell in line] for line in explained.iter_rows()]
    assert told[1] == (
        ["人员", "姓名", "是", "文本", "全名", "张三"]
        if language == "zh"
        else ["People", "Name", "yes", "text", None, "张三"]
    )


@pytest.mark.parametrize("content", [b"", b"name,age\n", b"PK\x03\x04 broken"])
def test_what_is_no_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)

    with pytest.raises(TableUnreadable), filled.opened(path, [PEOPLE]):
        pass


def test_a_workbook_that_unfolds_without_end_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filled, "EXPANDED_BYTES_MAX", 1000)

    with pytest.raises(TableUnreadable), filled.opened(saved(tmp_path / "a.xlsx", 人员=[["姓名"]]), [PEOPLE]):
        pass


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        (Kind.text, 610_101.0, "610101"),
        (Kind.text, " 张三 ", "张三"),
        (Kind.integer, "1,200", 1200),
        (Kind.integer, 3.0, 3),
        (Kind.money, "¥1,234.5", 123_450),
        (Kind.money, 1e13, 10**15),
        (Kind.money, -0.29, -29),
        (Kind.day, datetime(2026, 5, 1), date(2026, 5, 1)),  # noqa: DTZ001
        (Kind.day, 46_143, date(2026, 5, 1)),
        (Kind.day, 20_260_501.0, date(2026, 5, 1)),
        (Kind.day, "2026/5/1", date(2026, 5, 1)),
        (Kind.moment, "2026-05-01 08:30", datetime(2026, 5, 1, 0, 30, tzinfo=UTC)),
        (Kind.moment, "2026-05-01", datetime(2026, 4, 30, 16, tzinfo=UTC)),
        (Kind.flag, "是", True),
        (Kind.flag, "No", False),
        (Kind.flag, True, True),
    ],
)
def test_values_are_read_as_offices_write_them(kind: Kind, cell: Any, value: object) -> None:
    assert values.read(Field(name="a", zh="甲", en="A", kind=kind), cell) == value


@pytest.mark.parametrize(
    ("kind", "cell"),
    [
        (Kind.text, 6_101_011_990_010_112_34.0),
        (Kind.text, True),
        (Kind.text, "某\x00人"),
        (Kind.text, "\ud800"),
        (Kind.text, "桥" * 201),
        (Kind.integer, "1.5"),
        (Kind.integer, "1000000000000001"),
        (Kind.integer, "NaN"),
        (Kind.integer, True),
        (Kind.money, 0.005),
        (Kind.money, float("inf")),
        (Kind.money, "1e3"),
        (Kind.money, True),
        (Kind.money, 1e14),
        (Kind.day, "2026-02-30"),
        (Kind.day, True),
        (Kind.day, 1),
        (Kind.day, "0001-01-01"),
        (Kind.day, "9999-12-31"),
        (Kind.moment, "0001-01-01 00:00:00"),
        (Kind.moment, datetime(9999, 12, 31)),  # noqa: DTZ001
        (Kind.moment, "25:00"),
        (Kind.flag, "maybe"),
    ],
)
def test_what_cannot_be_so_is_refused(kind: Kind, cell: Any) -> None:
    with pytest.raises(Unreadable):
        values.read(Field(name="a", zh="甲", en="A", kind=kind), cell)


def test_a_text_may_be_as_long_as_its_field_says_and_have_lines() -> None:
    words = Field(name="a", zh="甲", en="A", length_max=300)
    assert values.read(words, "第一行\n" + "长" * 296) == "第一行\n" + "长" * 296


@pytest.mark.parametrize("text", ["", "-1", "桥 1", "a" * 65, "A-1\n"])
def test_what_is_no_code_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="letters, digits"):
        values.code(text)


@settings(deadline=None, max_examples=50)  # a whole workbook each time
@given(fen=st.integers(-(10**13), 10**13))
def test_money_that_was_written_is_read_back_to_the_fen(fen: int) -> None:
    content = workbooks.write([workbooks.Sheet("a", [Column("额", Kind.money)], [[fen]])])
    cell: Any = load_workbook(io.BytesIO(content)).worksheets[0]["A2"].value

    assert values.read(Field(name="a", zh="额", en="A", kind=Kind.money), cell) == fen
