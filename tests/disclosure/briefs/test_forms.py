"""Every period of a brief in every form: to read by machine, as a workbook, on one page, and in words."""

import io
from datetime import date

import openpyxl
import pytest
from httpx import AsyncClient
from pypdf import PdfReader

from app.disclosure.briefs.spans import BriefPeriod
from app.kit.database import WriteSession
from app.kit.http.formats import Format
from tests.disclosure.briefs.test_briefs import path
from tests.factories import organizations

# A day of the period with its first and last, the same of the year before, and what it is called.
CASES = [
    (BriefPeriod.day, "2026-05-06", "2026-05-06", "2025-05-06", "2025-05-06", "日报"),
    # Monday to Sunday, against the week 52 weeks earlier.
    (BriefPeriod.week, "2026-05-04", "2026-05-10", "2025-05-05", "2025-05-11", "周报"),
    (BriefPeriod.month, "2026-05-01", "2026-05-31", "2025-05-01", "2025-05-31", "月报"),
    (BriefPeriod.quarter, "2026-04-01", "2026-06-30", "2025-04-01", "2025-06-30", "季报"),
    (BriefPeriod.year, "2025-01-01", "2025-12-31", "2024-01-01", "2024-12-31", "年报"),
    (BriefPeriod.custom, "2026-05-06", "2026-05-20", "2025-05-06", "2025-05-20", "专报"),
]


@pytest.mark.parametrize(("period", "first", "last", "before", "until", "called"), CASES)
async def test_a_period_in_every_form(
    client: AsyncClient,
    session: WriteSession,
    period: BriefPeriod,
    first: str,
    last: str,
    before: str,
    until: str,
    called: str,
) -> None:
    province, *_ = await organizations.tree(session, books_from=date(2024, 1, 1))
    asked = {"period": period.value, "from": first} | ({"to": last} if period is BriefPeriod.custom else {})

    async def read(form: Format) -> bytes:
        answer = await client.get(path(province), params=asked, headers={"Accept": form.value})
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"].startswith(form.value)
        return answer.content

    told = (await client.get(path(province), params=asked)).json()
    book = openpyxl.load_workbook(io.BytesIO(await read(Format.xlsx)))
    pages = PdfReader(io.BytesIO(await read(Format.pdf))).pages
    words = (await read(Format.text)).decode()

    days = [told[name] for name in ("first_day", "last_day", "previous_first_day", "previous_last_day")]
    assert days == [first, last, before, until]
    assert told["title"] == f"慈善工作简报（{called}）"
    assert (told["running"], told["previous_missing"]) == (False, None)
    assert book["简报"]["A1"].value == told["title"]
    assert len(pages) == 1
    assert told["title"] in "".join(pages[0].extract_text().split())
    assert words.startswith(f"【慈善工作{called}】")


def test_every_period_is_in_the_table() -> None:
    assert [case[0] for case in CASES] == list(BriefPeriod)
