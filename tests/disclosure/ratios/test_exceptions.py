"""Administration above its cap on a ground that the law names: claimed, reported, published, taken back."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient, Response

from app.kit.clock import today
from app.kit.database import WriteSession
from app.ledger import journal, periods
from app.ledger.models import Direction, EntryKind
from app.organizations.access import Role
from app.organizations.models import Organization
from tests.disclosure.figures.test_annual import books
from tests.disclosure.ratios.test_ratios_api import MAY_2025, by_id, charity, given, path
from tests.factories import ledger, organizations

REPORTS = "/v1/disclosure/governance/exception-reports"
SAID: dict[str, Any] = {
    "year": 2025,
    "authority": "省民政厅",
    "reported_on": "2026-02-10",
    "lines": [{"exception_id": "depreciation", "explanation": "仓库受暴雨毁损，详询13812345678。"}],
}


async def closed_year(session: WriteSession, **over: Any) -> Organization:
    """A charity whose administration of 2025 cost 300,000 yuan of 1,000,000: 13 % are 130,000."""
    province, _ = await charity(session, **over)
    mine = await books(session, province)
    await given(session, mine, mine.general, 1_500_000_00, MAY_2025)
    for code, amount in (("5101", 700_000_00), ("5301", 300_000_00)):
        line = journal.Line(
            debit=await ledger.account(session, mine, code, fund_id=mine.general.id),
            credit=await ledger.account(session, mine, "1002", channel_id=mine.bank_id),
            amount=amount,
            fund_id=mine.general.id,
            direction=Direction.outflow,
        )
        at = datetime(2025, 6, 1, 4, tzinfo=UTC)
        await journal.post(session, [ledger.draft(mine, EntryKind.voucher, line, occurred_at=at)])
    for month in range(1, 13):
        await periods.open_books(session, province.id, date(2025, month, 1))
        await periods.close(session, province.id, date(2025, month, 1))
    return province


async def test_what_was_told_to_the_authority_is_published_and_can_be_taken_back(
    app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    province = await closed_year(session)
    headers = await organizations.sign_in(app, session, Role.disclosure_officer, province)

    async def said(**over: Any) -> Response:
        body = {"organization_id": str(province.id)} | SAID | over
        return await client.post(REPORTS, json=body, headers=headers)

    async def told() -> dict[str, Any]:
        return (await client.get(path(province, 2025))).json()

    before = await told()
    first = await said()
    claimed = await told()
    page = (await client.get(f"/organizations/{province.code}/ratios")).text
    second = await said(lines=[])
    after = await told()
    listed = (await client.get(REPORTS, headers=headers)).json()["items"]

    assert (first.status_code, second.status_code) == (201, 201)
    verdicts = [by_id(one["ratios"])["administration"]["verdict"] for one in (before, claimed, after)]
    assert verdicts == ["missed", "excepted", "missed"]
    # The amounts are what they are: only the verdict knows of the ground.
    assert by_id(claimed["ratios"])["administration"]["left"]["amount"] == -170_000_00
    [ground] = [one for one in claimed["exceptions"] if one["id"] == "depreciation"]
    assert (ground["applies"], ground["explanation"]) == ("yes", "仓库受暴雨毁损，详询***********。")
    assert (claimed["exceptions_reported_on"], claimed["exceptions_reported_to"]) == (
        "2026-02-10",
        "省民政厅",
    )
    assert (after["exceptions_reported_on"], after["exceptions_reported_to"]) == (None, None)
    assert [(one["version"], len(one["lines"])) for one in listed] == [(1, 1), (2, 0)]
    for words in ("超出限额，已报告例外情形", "仓库受暴雨毁损", "2026年2月10日", "省民政厅"):
        assert words in page
    assert "13812345678" not in page


@pytest.mark.parametrize(
    ("over", "status", "code"),
    [
        ({"lines": [{"exception_id": "bad_luck", "explanation": "x"}]}, 422, "exception-unfit"),
        ({"lines": SAID["lines"] * 2}, 422, "exception-unfit"),
        # Founded in 1996.
        ({"lines": [{"exception_id": "young", "explanation": "x"}]}, 422, "exception-unfit"),
        ({"reported_on": str(today() + timedelta(days=2))}, 422, "happened-ahead"),
        ({"year": today().year + 1}, 422, "happened-ahead"),
        ({"reported_on": "2024-12-31"}, 422, "happened-ahead"),
    ],
)
async def test_a_ground_that_the_law_does_not_know_is_refused(
    app: FastAPI, client: AsyncClient, session: WriteSession, over: dict[str, Any], status: int, code: str
) -> None:
    province, _ = await charity(session, founded_on=date(1996, 3, 1))
    headers = await organizations.sign_in(app, session, Role.disclosure_officer, province)

    answer = await client.post(
        REPORTS, json={"organization_id": str(province.id)} | SAID | over, headers=headers
    )

    assert (answer.status_code, answer.json()["code"]) == (status, code)
