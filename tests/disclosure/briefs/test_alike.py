"""A brief holds like against like: who kept no books a year before makes nothing grow."""

import io
from datetime import date
from typing import Any

import openpyxl
from httpx import AsyncClient

from app.kit.database import WriteSession
from app.kit.http.formats import Format
from app.organizations.models import Organization
from tests.disclosure.briefs.test_briefs import ASKED, give, path, raising, read
from tests.factories import organizations

EARLY: dict[str, Any] = {"books_from": date(2025, 1, 1)}
LATE: dict[str, Any] = {"books_from": date(2026, 1, 1)}


async def federation(session: WriteSession) -> tuple[Organization, Organization, Organization]:
    """Two cities: one kept books last year, and a county below it none; the other was founded this year."""
    province = await organizations.organization(session, **EARLY)
    old = await organizations.organization(session, parent=province, region_code="610400", **EARLY)
    joined = await organizations.organization(session, parent=old, region_code="610422", **LATE)
    young = await organizations.organization(
        session, parent=province, region_code="610300", founded_on=date(2026, 1, 1), **LATE
    )
    first = await raising(session, old)
    await give(session, first, 100_00, "2025-05-10")
    await give(session, first, 110_00, "2026-05-10")
    await give(session, await raising(session, joined), 500_00, "2026-05-10")
    await give(session, await raising(session, young), 11_00, "2026-05-10")
    return province, old, joined


async def test_growth_leaves_out_who_kept_no_books_then(client: AsyncClient, session: WriteSession) -> None:
    province, old, joined = await federation(session)

    told = await read(client, province)

    assert told["raised"]["value"]["amount"] == 621_00
    # (110.00 + 11.00 - 100.00) / 100.00: who was founded since had nothing before, and that is known.
    assert told["raised"]["growth_per_mille"] == 210
    assert told["raised"]["growth_since_new_year_per_mille"] == 210
    assert told["not_compared_codes"] == [joined.code]
    [city] = [one for one in told["cities"] if one["code"] == old.code]
    # It is told with its county, 610.00, and grew by what it raised itself: 10 %, and not 510 %.
    assert (city["raised"]["value"]["amount"], city["raised"]["growth_per_mille"]) == (610_00, 100)
    [county] = told["counties"]
    assert (county["raised"]["growth_per_mille"], county["ranks"]["growth"]) == (None, None)


async def test_every_form_says_so(client: AsyncClient, session: WriteSession) -> None:
    province, _, _ = await federation(session)
    said = "同比为同口径，不含上年同期尚未建账的1家。"

    async def asked(form: Format) -> bytes:
        answer = await client.get(path(province), params=ASKED, headers={"Accept": form.value})
        assert answer.status_code == 200, answer.text
        return answer.content

    words = (await asked(Format.text)).decode()
    book = openpyxl.load_workbook(io.BytesIO(await asked(Format.xlsx)))
    page = await client.get(
        f"/organizations/{province.code}/briefs", params={"period": "month", "day": "2026-05-15"}
    )

    assert f"注：{said}" in words
    assert "同比增长21.0%" in words
    assert said in [cell.value for row in book["简报"].iter_rows() for cell in row]
    assert said in page.text


async def test_where_everybody_kept_books_nothing_is_said(client: AsyncClient, session: WriteSession) -> None:
    province = await organizations.organization(session, **EARLY)
    await organizations.organization(session, parent=province, **EARLY)

    told = await read(client, province)

    assert told["not_compared_codes"] == []
