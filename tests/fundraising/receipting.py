"""A desk at which receipts are asked for, and a finance system that answers with workbooks."""

import io
from typing import Any

from httpx import Response
from openpyxl import Workbook, load_workbook

from app.kit.ids import new_code
from tests.fundraising.desk import Desk

HEADER = ("申请编号", "业务类型", "票据代码", "票据号码", "校验码", "开票日期", "金额", "失败原因")
CODE = "61060126"
PAYER = {"title": "示例有限公司", "tax_id": "91610000MA6TG00000"}


def numbers() -> str:
    return f"{int.from_bytes(new_code(8).encode()) % 10**10:010d}"


async def asked(at: Desk, *gifts: dict[str, Any], **over: Any) -> dict[str, Any]:
    body = {"donation_ids": [gift["id"] for gift in gifts]} | PAYER | over
    answer = await at.post("/receipts", body)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def batch(at: Desk) -> list[dict[str, Any]]:
    """Make a batch and return its lines as the finance system reads them."""
    made = await at.post("/receipts/batches", {"organization_id": str(at.organization.id)})
    assert made.status_code == 201, made.text
    sheet = await at.get(f"/receipts/batches/{made.json()['id']}/sheet")
    assert sheet.status_code == 200, sheet.text
    header, *rows = load_workbook(io.BytesIO(sheet.content)).worksheets[0].iter_rows(values_only=True)
    names = [str(cell) for cell in header]
    return [dict(zip(names, row, strict=True)) for row in rows]


def answered(line: dict[str, Any], **over: Any) -> tuple[Any, ...]:
    """Return how the finance system answers a line of a batch."""
    told = {
        "申请编号": line["申请编号"],
        "业务类型": line["业务类型"],
        "票据代码": CODE,
        "票据号码": numbers(),
        "校验码": "a1b2c3",
        "开票日期": "2026-05-04",
        "金额": line["金额（元）"],
        "失败原因": None,
    } | over
    return tuple(told[name] for name in HEADER)


async def results(at: Desk, *rows: tuple[Any, ...], **params: Any) -> Response:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "开票结果"
    for row in (HEADER, *rows):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return await at.client.post(
        "/v1/fundraising/receipts/results",
        params={"organization_id": str(at.organization.id)} | params,
        files={"file": ("results.xlsx", out.getvalue())},
        headers=at.headers | {"Idempotency-Key": new_code()},
    )


async def issued(at: Desk, *gifts: dict[str, Any], **over: Any) -> dict[str, Any]:
    """Ask for a receipt and have it issued."""
    made = await asked(at, *gifts, **over)
    taken = await results(at, *[answered(line) for line in await batch(at)])
    assert taken.json()["unmatched"] == [], taken.text
    return await read(at, made)


async def reversed_(at: Desk, receipt: dict[str, Any], reason: str = "wrong_title") -> dict[str, Any]:
    """Ask for a receipt's reversal and have it made."""
    answer = await at.post(f"/receipts/{receipt['id']}/reversal", {"reason": reason})
    assert answer.status_code == 200, answer.text
    await results(at, *[answered(line, 校验码=None) for line in await batch(at)])
    return await read(at, receipt)


async def read(at: Desk, receipt: dict[str, Any]) -> dict[str, Any]:
    return (await at.get(f"/receipts/{receipt['id']}")).json()
