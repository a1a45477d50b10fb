"""The three statements as everybody reads them: only of what is closed."""

import io
from datetime import date

import openpyxl
from httpx import AsyncClient

from app.kit.database import WriteSession
from app.kit.http.formats import Format
from app.ledger import periods
from app.organizations.models import Organization
from tests.disclosure.figures.test_annual import books
from tests.factories import ledger, organizations


def path(of: Organization, period: str) -> str:
    return f"/v1/disclosure/organizations/{of.id}/statements/{period}"


async def closed(session: WriteSession) -> Organization:
    """A member with a gift and spending in May 2026, whose books are closed up to May."""
    member = await organizations.organization(session, books_from=date(2026, 1, 1))
    here = await books(session, member)
    fund = await ledger.fund(session, here)
    await ledger.gift(session, here, fund, 100_00)
    await ledger.spend(session, here, fund, 40_00)
    for month in range(1, 6):
        await periods.open_books(session, member.id, date(2026, month, 1))
        await periods.close(session, member.id, date(2026, month, 1))
    return member


async def test_a_closed_months_three_statements_tie(client: AsyncClient, session: WriteSession) -> None:
    member = await closed(session)

    answer = await client.get(path(member, "2026-05"))

    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert [one["statement"] for one in told["statements"]] == ["balance-sheet", "activities", "cash-flow"]
    assert all(one["ties"] for one in told["statements"])
    activities = {one["key"]: one["amounts"] for one in told["statements"][1]["lines"]}
    assert activities["donations"][2]["amount"] == 100_00
    assert activities["programmes"][2]["amount"] == 40_00
    assert (told["organization"]["code"], told["period"]) == (member.code, "2026-05")


async def test_what_is_not_closed_is_not_told(client: AsyncClient, session: WriteSession) -> None:
    member = await closed(session)

    for period in ("2026-06", "2026", "2025-12"):
        answer = await client.get(path(member, period))
        assert (answer.status_code, answer.json()["code"]) == (409, "statements-open"), period
    unreadable = await client.get(path(member, "2026-13"))
    assert unreadable.status_code == 422


async def test_the_statements_as_one_workbook(client: AsyncClient, session: WriteSession) -> None:
    member = await closed(session)

    answer = await client.get(path(member, "2026-05"), headers={"Accept": Format.xlsx.value})

    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == ["资产负债表", "业务活动表", "现金流量表"]
