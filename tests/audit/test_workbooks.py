"""Every register at the auditors' door is a spreadsheet in Chinese, and each of them is opened here."""

import io
import re
from datetime import UTC, date, datetime
from typing import Any

from fastapi import FastAPI
from httpx import AsyncClient, Response
from openpyxl import load_workbook

from app.kit.sheets.workbooks import MEDIA_TYPE
from app.ledger import periods
from tests.audit.books import Audited
from tests.audit.registers import AT, BEYOND, PACK, read

STREAMS = {
    "/v1/audit/journal": "application/x-ndjson",
    "/v1/audit/export": "application/zip",
    PACK: "application/zip",
}
"""What is no table: lines for a program (as a table: the chronological register) and folders of files."""

ASKED: dict[str, dict[str, Any]] = {
    f"{AT}/samples": {"seed": "x"},
    f"{AT}/cut-off": {"date": "2026-05-01", "days": 10},
    f"{AT}/statements/{{statement}}": {"period": "2026"},
    f"{AT}/detail-ledger": {"account": "1009"},
}
CHINESE = re.compile("[\u4e00-\u9fff]")


def table(answer: Response) -> tuple[str, list[Any], list[Any]]:
    """A workbook's title, its headers (the first line with more than two cells), and the lines below."""
    [sheet] = load_workbook(io.BytesIO(answer.content)).worksheets
    lines = [list(line) for line in sheet.iter_rows(values_only=True)]
    place = next(place for place, line in enumerate(lines) if sum(cell is not None for cell in line) > 2)
    below = [line for line in lines[place + 1 :] if any(cell is not None for cell in line)]
    return sheet.title, [cell for cell in lines[place] if cell is not None], below


async def late(books: Audited) -> None:
    """A gift of January that came after the month was closed."""
    async with books.database.writing() as session:
        await periods.close(session, books.organization.id, date(2026, 1, 1))
    await books.give(books.ours, 7_00, donated_at=datetime(2026, 1, 20, 4, tzinfo=UTC))
    await books.sign()


async def test_every_register_is_a_workbook_in_chinese_with_its_lines(
    committed_app: FastAPI, committed_client: AsyncClient, books: Audited, bill: bytes
) -> None:
    await late(books)
    registers = {path for path in committed_app.openapi()["paths"] if path.startswith("/v1/audit/")}
    assert registers == BEYOND.keys()
    assert STREAMS.keys() < registers
    headers = books.headers | {"Accept": MEDIA_TYPE, "Accept-Language": "zh-CN"}
    names = ("balance-sheet", "activities", "cash-flow")
    opened = 0
    for path in sorted(registers - STREAMS.keys()):
        for address in {path.replace("{statement}", name) for name in names}:
            answer = await read(committed_client, books, address, headers, **ASKED.get(path, {}))
            assert answer.status_code == 200, f"{address}: {answer.text}"
            assert answer.headers["content-type"] == MEDIA_TYPE, address
            assert re.match(r"attachment; filename.*\.xlsx", answer.headers["content-disposition"]), address
            assert "Accept" in answer.headers["vary"], address
            title, header, lines = table(answer)
            assert CHINESE.search(title), f"{address}: {title}"
            assert [cell for cell in header if not CHINESE.search(str(cell))] == [], address
            assert lines, f"{address} tells nothing"
            opened += 1
    assert opened == len(registers) - len(STREAMS) + 2


async def test_what_is_no_table_stays_what_it_is(committed_client: AsyncClient, books: Audited) -> None:
    headers = books.headers | {"Accept": MEDIA_TYPE}
    kinds = {
        path: (await read(committed_client, books, path, headers)).headers["content-type"] for path in STREAMS
    }
    assert kinds == STREAMS
