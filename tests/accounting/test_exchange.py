"""Vouchers go to other bookkeeping programs and come from them, by an organization's own mapping."""

import io
from datetime import date
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from app.accounting.vouchers import numbers
from tests.accounting.office import VOUCHERS, Office, credit, debit

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADERS = {
    "kingdee": ["凭证日期", "凭证字", "凭证号", "附件数", "凭证摘要", "科目代码", "借方", "贷方"],
    "yonyou": ["制单日期", "凭证类别", "凭证编号", "附单据数", "摘要", "科目编码", "借方金额", "贷方金额"],
}
SHEETS = {"kingdee": "Page1", "yonyou": "凭证"}


def path(at: Office, end: str) -> str:
    return f"/v1/accounting/organizations/{at.organization.id}/{end}"


def workbook(program: str, *rows: list[Any]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = SHEETS[program]
    for row in (HEADERS[program], *rows):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


async def sent(at: Office, content: bytes, program: str, *, dry_run: bool = False, by: str = "ann") -> Any:
    return await at.client.post(
        path(at, "voucher-imports"),
        params={"program": program, "dry_run": dry_run},
        content=content,
        headers=at.headers[by] | {"Content-Type": XLSX},
    )


async def mapped(at: Office, program: str) -> None:
    # The bank's account exists once money moved on it: its leaf was opened with the channel.
    codes = {"1002/bank": "100201", "5301": "6602"}
    answer = await at.put(path(at, f"account-mappings/{program}"), {"codes": codes}, version=None)
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize("program", ["kingdee", "yonyou"])
async def test_vouchers_of_another_program_become_drafts(at: Office, program: str) -> None:
    await mapped(at, program)
    day = date(2026, 5, 8)
    content = workbook(
        program,
        [day, "记", 1, 2, "支付房租", "6602", 800.5, None],
        [day, "记", 1, 2, "支付房租", "100201", None, 800.5],
        [day, "记", 2, 0, "计提工资", "6602", 100, None],
        [day, "记", 2, 0, "计提工资", "2204", None, 100],
    )

    tried = await sent(at, content, program, dry_run=True)
    none = (await at.get(VOUCHERS)).json()["items"]
    done = await sent(at, content, program)

    assert (tried.json()["voucher_count"], tried.json()["voucher_ids"], none) == (2, [], [])
    assert (done.status_code, done.json()["voucher_count"]) == (200, 2), done.text
    first = (await at.get(f"{VOUCHERS}/{done.json()['voucher_ids'][0]}")).json()
    assert (first["state"], first["attachment_count"], first["summary"]) == ("draft", 2, "支付房租")
    assert [
        (one["side"], one["code"], one["amount"]["amount"], one["channel_id"]) for one in first["lines"]
    ] == [
        ("debit", "5301", 800_50, None),
        ("credit", "1002", 800_50, str(at.bank.id)),
    ]


async def test_every_fault_is_told_at_its_line_and_column_and_nothing_is_written(at: Office) -> None:
    await mapped(at, "kingdee")
    day = date(2026, 5, 8)
    content = workbook(
        "kingdee",
        [day, "记", 1, 0, "不平", "6602", 100, None],
        [day, "记", 1, 0, "不平", "100201", None, 99],
        [day, "记", 2, 0, "无此科目", "9999", 5, None],
        [day, "记", 2, 0, "无此科目", "100201", None, 5],
        ["昨天", "记", 3, 0, "日期", "6602", 5, None],
        [day, "记", 4, 0, "两边", "6602", 5, 5],
        [day, "记", 5, 0, "无渠道", "1001", 5, None],
        [day, "记", 5, 0, "无渠道", "100201", None, 5],
    )
    for dry_run in (True, False):
        answer = await sent(at, content, "kingdee", dry_run=dry_run)
        assert (answer.status_code, answer.json()["code"]) == (422, "workbook-faulty")
        told = {(one["row"], one["column"], one["code"]) for one in answer.json()["errors"]}
        assert told == {
            (2, "借方", "voucher-unbalanced"),
            (4, "科目代码", "account_unknown"),
            (6, "凭证日期", "not_a_day"),
            (7, "借方", "sides"),
            (8, "科目代码", "line-unfit"),
        }
    assert (await at.get(VOUCHERS)).json()["items"] == []


async def test_what_is_no_workbook_is_refused_and_a_cashier_imports_nothing(at: Office) -> None:
    broken = await sent(at, b"PK not a workbook", "yonyou")
    foreign = await sent(at, workbook("yonyou"), "yonyou", by="cash")
    assert (broken.status_code, foreign.status_code) == (422, 403)


@pytest.mark.parametrize("program", ["kingdee", "yonyou"])
async def test_a_months_vouchers_go_out_in_the_programs_columns_and_come_back(
    at: Office, program: str
) -> None:
    await mapped(at, program)
    await at.posted(
        at.voucher(debit("5301", 800_50), credit("1002", 800_50, channel_id=at.bank.id), attachment_count=2)
    )
    await numbers.assign(at.session, at.organization.id, date(2026, 5, 1), until=date(2026, 5, 31))

    answer = await at.get(path(at, "voucher-exports"), month="2026-05-01", program=program)

    assert (answer.status_code, answer.headers["content-type"]) == (200, XLSX)
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    header, *rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert set(HEADERS[program]) <= set(header)
    told = [dict(zip(header, row, strict=True)) for row in rows]
    code, debited = HEADERS[program][5], HEADERS[program][6]
    assert [(one[code], one[debited]) for one in told] == [("6602", 800.5), ("100201", None)]
    back = await sent(at, answer.content, program, dry_run=True)
    assert (back.status_code, back.json()["voucher_count"]) == (200, 1), back.text


async def test_a_mapping_is_replaced_as_a_whole(at: Office) -> None:
    await mapped(at, "kingdee")
    await at.put(path(at, "account-mappings/kingdee"), {"codes": {"5401": "6601"}}, version=None)
    assert (await at.get(path(at, "account-mappings/kingdee"))).json() == {"codes": {"5401": "6601"}}
    assert (await at.get(path(at, "account-mappings/yonyou"))).json() == {"codes": {}}
    odd = await at.put(path(at, "account-mappings/kingdee"), {"codes": {"x": "1"}}, version=None)
    assert odd.status_code == 422
