"""Rows come out of CSV and XLSX files one by one, or the file is refused."""

import tracemalloc
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from app.kit import tables
from app.kit.tables import HeaderNotFound, SeveralLists, TableUnreadable

LIST = """湖北省红十字会公示,,

日期,姓名,金额
2020-01-22,王*,100.00
,,
2020-01-23,"张
三",20
2020-01-24,李*,3
"""


def is_header(cells: Sequence[str]) -> bool:
    return {"日期", "金额"} <= set(cells)


def read(path: Path) -> list[tuple[int, list[object]]]:
    with tables.find(path, is_header).rows() as rows:
        return [(line, list(cells)) for line, cells in rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_text_is_read_in_the_encodings_that_offices_use(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(LIST.encode(encoding))

    assert read(path) == [
        (4, ["2020-01-22", "王*", "100.00"]),
        (6, ["2020-01-23", "张\n三", "20"]),
        (8, ["2020-01-24", "李*", "3"]),
    ]


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_the_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "list.csv"
    path.write_text("日期,姓名,金额\n2020-01-22,王*,100\n".replace(",", delimiter), encoding="utf-8")

    assert read(path) == [(2, ["2020-01-22", "王*", "100"])]


def test_a_workbook_is_read_below_its_titles(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    sheet["A1"] = "公示"
    for place, cell in enumerate(["日期", "姓名", "金额"], 1):
        sheet.cell(3, place, cell)
    sheet.cell(4, 1, datetime(2020, 1, 22))  # noqa: DTZ001
    sheet.cell(4, 3, 100.5)
    sheet.cell(7, 1, 43853)
    book.create_sheet("其他").append(["not this one"])
    book.save(tmp_path / "list.xlsx")

    assert read(tmp_path / "list.xlsx") == [
        (4, [datetime(2020, 1, 22), None, 100.5]),  # noqa: DTZ001
        (7, [43853]),
    ]


def book_of(path: Path, **sheets: Sequence[Sequence[object]]) -> Path:
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        sheet.sheet_state = "hidden" if name.startswith("hidden") else "visible"
    book.save(path)
    return path


HEADER = ["日期", "姓名", "金额"]


def test_the_list_is_found_on_whichever_sheet_it_stands(tmp_path: Path) -> None:
    path = book_of(tmp_path / "list.xlsx", notes=[["说明"]], form=[HEADER], gifts=[HEADER, [43852, "王*", 5]])

    assert read(path) == [(2, [43852, "王*", 5])]


@pytest.mark.parametrize("second", ["more", "hidden"])
def test_a_second_list_is_not_left_out_silently(tmp_path: Path, second: str) -> None:
    sheets = {"gifts": [HEADER, [43852, "王*", 5]], second: [["标题"], HEADER, [], [43853, "李*", 6]]}

    with pytest.raises(SeveralLists) as refusal:
        read(book_of(tmp_path / "list.xlsx", **sheets))

    assert refusal.value.facts["sheets"] == ["gifts", second]


def test_a_workbook_whose_sheets_are_all_empty_forms_is_a_list_without_rows(tmp_path: Path) -> None:
    assert read(book_of(tmp_path / "list.xlsx", one=[HEADER], two=[HEADER, []])) == []


def test_line_ends_may_differ_within_a_file(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes('日期,姓名,金额\r\n2020-01-22,王*,1\n2020-01-23,"张\r\n三",2\r2020-01-24,李*,3'.encode())

    assert read(path) == [
        (2, ["2020-01-22", "王*", "1"]),
        (3, ["2020-01-23", "张\r\n三", "2"]),
        (5, ["2020-01-24", "李*", "3"]),
    ]


def test_a_table_can_be_opened_again(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(LIST, encoding="utf-8")
    table = tables.find(path, is_header)

    with table.rows() as rows:
        next(rows)
    with table.rows() as rows:
        assert [line for line, _ in rows] == [4, 6, 8]


@pytest.mark.parametrize(
    "content",
    [
        LIST.encode("utf-16"),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"PK\x03\x04 this is no workbook",
        "日期,姓名,金额\n".encode() + b"\xff\xff\xff",
        '日期,姓名,金额\n2020-01-22,"王*,100\n'.encode(),
    ],
    ids=["utf-16", "xls", "broken zip", "neither encoding", "a quote without end"],
)
def test_what_is_no_table_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(content)

    with pytest.raises(TableUnreadable):
        read(path)


def test_a_file_without_the_header_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")

    with pytest.raises(HeaderNotFound):
        read(path)


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("日期,姓名,金额\n" + "2020-01-22,王*,100.00\n" * 200_000, encoding="utf-8")
    tracemalloc.start()

    with tables.find(path, is_header).rows() as rows:
        count = sum(1 for _ in rows)

    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 200_000
    assert peak < 8 << 20
