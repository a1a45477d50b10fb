"""Workbooks: what is written is what a spreadsheet program reads, and nothing in it runs."""

import io
import tracemalloc
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from openpyxl import load_workbook

from app.kit.sheets import workbooks
from app.kit.sheets.cells import Column, Kind, Strong
from app.kit.sheets.workbooks import Sheet

COLUMNS = [
    Column("名称", width=30),
    Column("金额（元）", Kind.money),
    Column("日期", Kind.day),
    Column("时间", Kind.moment),
    Column("笔数", Kind.integer),
]
ROWS = [
    ["爱心网友", 123_456, date(2026, 5, 1), datetime(2026, 4, 30, 16, 0, 1, tzinfo=UTC), 3],
    Strong(["合计", -5, None, None, 3]),
]


def read(content: bytes) -> Any:
    return load_workbook(io.BytesIO(content))


def test_every_kind_of_value_comes_through() -> None:
    [sheet] = read(
        workbooks.write([Sheet("捐赠", COLUMNS, ROWS, titles=["捐赠明细", "单位：元"])])
    ).worksheets

    lines = [[cell.value for cell in line] for line in sheet.iter_rows()]
    assert lines[0][0] == "捐赠明细"
    assert lines[1][0] == "单位：元"
    assert lines[2] == ["名称", "金额（元）", "日期", "时间", "笔数"]
    assert lines[3] == ["爱心网友", 1234.56, datetime(2026, 5, 1), datetime(2026, 5, 1, 0, 0, 1), 3]  # noqa: DTZ001
    assert lines[4] == ["合计", -0.05, None, None, 3]


def test_money_is_a_number_in_yuan_with_two_decimals_and_bold_in_a_total() -> None:
    [sheet] = read(workbooks.write([Sheet("捐赠", COLUMNS, ROWS)])).worksheets

    assert sheet["B2"].number_format == "#,##0.00"
    assert not sheet["B2"].font.b
    assert sheet["B3"].font.b
    assert sheet["B3"].number_format == "#,##0.00"
    assert sheet["C2"].number_format == "yyyy-mm-dd"


@pytest.mark.parametrize("fen", [1, 10, 29, 1_234_567_890_123, -99, 10**15])
def test_no_amount_loses_a_fen(fen: int) -> None:
    [sheet] = read(workbooks.write([Sheet("a", [Column("额", Kind.money)], [[fen]])])).worksheets

    assert round(sheet["A2"].value * 100) == fen


@pytest.mark.parametrize("text", ["=1+1", "+86 29 1234", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0"])
def test_no_text_becomes_a_formula(text: str) -> None:
    [sheet] = read(workbooks.write([Sheet("a", [Column("话"), Column(text)], [[text, "x"]])])).worksheets

    for cell in (sheet["A2"], sheet["B1"]):
        assert (cell.value, cell.data_type) == (text, "s")
    # Shown as text also after somebody has edited the cell.
    assert sheet["A2"].quotePrefix


def test_what_xml_cannot_hold_is_left_out() -> None:
    [sheet] = read(workbooks.write([Sheet("a", [Column("话")], [["a\x00b\x1b<&>\ud800\n二"]])])).worksheets

    assert sheet["A2"].value == "ab<&>\n二"


def test_the_header_stays_in_sight_and_columns_are_wide_enough() -> None:
    [sheet] = read(workbooks.write([Sheet("a", COLUMNS, ROWS, titles=["标题"])])).worksheets

    assert sheet.freeze_panes == "A3"
    # Programs add some pixels of padding to the characters asked for.
    assert 30 <= sheet.column_dimensions["A"].width < 31
    assert 18 <= sheet.column_dimensions["B"].width < 19


def test_sheets_get_names_that_programs_accept() -> None:
    book = read(workbooks.write([Sheet("收支/明细:2026", COLUMNS), Sheet("收支/明细:2026", COLUMNS)]))

    assert book.sheetnames == ["收支_明细_2026", "收支_明细_2026 (2)"]


def test_equal_rows_make_equal_files() -> None:
    assert workbooks.write([Sheet("a", COLUMNS, ROWS)]) == workbooks.write([Sheet("a", COLUMNS, ROWS)])


async def test_rows_may_come_while_the_file_is_on_its_way() -> None:
    async def rows() -> AsyncIterator[list[object]]:
        for number in range(3):
            yield ["x", number, None, None, number]

    pieces = [piece async for piece in workbooks.astream([Sheet("a", COLUMNS, rows())])]

    assert [cell.value for cell in read(b"".join(pieces)).worksheets[0]["E"]] == ["笔数", 0, 1, 2]


def test_memory_does_not_grow_with_the_rows() -> None:
    rows = (["张三", number, date(2026, 5, 1), None, number] for number in range(60_000))
    tracemalloc.start()

    size = sum(len(piece) for piece in workbooks.stream([Sheet("a", COLUMNS, rows)]))

    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size > 500_000
    assert peak < 4 << 20


def test_a_sheet_is_never_longer_than_programs_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "ROWS_MAX", 3)

    with pytest.raises(workbooks.SheetFullError):
        workbooks.write([Sheet("a", [Column("x")], [["1"], ["2"], ["3"]])])
