"""What auditors test in detail they also take home as spreadsheets in Chinese."""

import io
from datetime import date
from typing import Any

import pytest
from httpx import AsyncClient
from openpyxl import load_workbook

from app.kit.clock import today
from app.kit.sheets.workbooks import MEDIA_TYPE
from tests.audit.books import Audited
from tests.audit.registers import AMOUNT, AT, read


async def sheet(client: AsyncClient, books: Audited, register: str, **asked: Any) -> list[tuple[Any, ...]]:
    headers = books.headers | {"Accept": MEDIA_TYPE}
    answer = await read(client, books, f"{AT}/{register}", headers, **asked)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == MEDIA_TYPE
    [found] = load_workbook(io.BytesIO(answer.content)).worksheets
    return list(found.iter_rows(values_only=True))


@pytest.mark.parametrize(
    ("register", "title", "asked"),
    [
        ("samples", "审计抽样", {"seed": "2026", "method": "amount"}),
        ("cut-off", "截止测试", {"date": "2026-05-01"}),
    ],
)
async def test_entries_are_listed_with_the_three_days_by_which_they_are_judged(
    books: Audited, committed_client: AsyncClient, register: str, title: str, asked: dict[str, Any]
) -> None:
    rows = await sheet(committed_client, books, register, **asked)
    assert rows[0][0] == title
    assert rows[1][0] == f"被审计单位：{books.organization.name}"
    said = [dict(zip(rows[3], row, strict=True)) for row in rows[4:]]
    assert [one["金额（元）"] for one in said] == [AMOUNT / 100, AMOUNT / 100]
    assert {one["分录类型"] for one in said} == {"捐赠"}
    assert {one["记账日期"].date() for one in said} == {date(2026, 5, 1)}
    assert {one["跨月入账"] for one in said} == {"否"}


async def test_open_matters_are_listed_with_their_age(books: Audited, committed_client: AsyncClient) -> None:
    rows = await sheet(committed_client, books, "exceptions")
    assert rows[0][0] == "未结事项"
    assert rows[2][0] == f"截至：{today()}"
    told = {row[0]: dict(zip(rows[3], row, strict=True)) for row in rows[4:]}
    assert told.keys() == {"待认领款项", "应付款项"}
    said = told["待认领款项"]
    assert said["金额（元）"] == AMOUNT / 100
    assert said["账龄（天）"] == (today() - date(2026, 5, 1)).days


async def test_a_trial_balance_is_a_sheet_with_its_totals(
    books: Audited, committed_client: AsyncClient
) -> None:
    rows = await sheet(committed_client, books, "trial-balance", as_of="2026-12-31")
    assert rows[0][0] == "试算平衡表"
    said = [dict(zip(rows[3], row, strict=True)) for row in rows[4:]]
    assert [(one["科目编码"], one["方向"], one["期末余额"]) for one in said if one["科目编码"] != "合计"] == [
        ("1009", "借", AMOUNT / 50),
        ("2209", "贷", AMOUNT / 100),
        ("4101", "贷", AMOUNT / 100),
    ]
    assert (said[-1]["科目编码"], said[-1]["借方发生额"], said[-1]["期末余额"]) == ("合计", AMOUNT / 50, 0)
    # By index it is the same bytes for ever, as a sheet too.
    headers = books.headers | {"Accept": MEDIA_TYPE}
    first, again = [
        await read(committed_client, books, f"{AT}/trial-balance", headers, as_of_index=1) for _ in range(2)
    ]
    assert first.content == again.content
    assert first.headers["etag"] == again.headers["etag"]
    assert "immutable" in first.headers["cache-control"]


async def test_lists_are_sheets_with_chinese_headers(books: Audited, committed_client: AsyncClient) -> None:
    for register, header in (("accounts", "明细科目"), ("funds", "结余"), ("deliveries", "平台")):
        headers = books.headers | {"Accept": MEDIA_TYPE, "Accept-Language": "zh"}
        answer = await read(committed_client, books, f"{AT}/{register}", headers)
        [found] = load_workbook(io.BytesIO(answer.content)).worksheets
        first, *rows = found.iter_rows(values_only=True)
        assert rows, register
        assert any(header in str(cell) for cell in first), first
