"""Notices: what platforms tell that they paid out is kept once, held against the books, and books nothing."""

import asyncio
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import func, select

from app.fundraising.models import SettlementNotice
from app.kit.database import Database, WriteSession
from app.ledger.models import Entry
from app.organizations.access import Role
from tests.factories import organizations as members
from tests.webhooks.platforms import Partner, partner


@pytest.fixture
async def here(session: WriteSession) -> Partner:
    return await partner(session)


def paid_out(**over: Any) -> dict[str, Any]:
    data = {
        "settlement_id": "S-20260501",
        "from": "2026-05-01",
        "to": "2026-05-02",
        "count": 2,
        "gross": 8000,
        "fee": 48,
        "refunded": 1000,
        "net": 6952,
        "currency": "CNY",
        "bank_account_last4": "0403",
        "paid_at": "2026-05-03T10:00:00+08:00",
    }
    return {"type": "settlement.paid", "timestamp": "2026-05-03T10:00:01+08:00", "data": data | over}


async def listed(
    app: FastAPI, client: AsyncClient, session: WriteSession, at: Partner
) -> list[dict[str, Any]]:
    headers = await members.sign_in(app, session, Role.accountant, at.organization)
    answer = await client.get("/v1/fundraising/settlement-notices", headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


async def test_a_notice_agrees_with_the_gifts_and_refunds_of_its_days(
    app: FastAPI, client: AsyncClient, session: WriteSession, here: Partner
) -> None:
    first = here.event(amount=5000, donated_at="2026-05-01T00:00:00+08:00")
    # Its last day counts wholly, and money in suspense was collected too.
    second = here.event(amount=3000, donated_at="2026-05-02T23:59:59+08:00", campaign="UNKNOWN")
    outside = here.event(amount=700, donated_at="2026-05-03T00:00:00+08:00")
    refund = here.refund(first, 1000, refunded_at="2026-05-02T08:00:00+08:00")
    for event in (first, second, outside, refund):
        assert (await here.post(client, event)).status_code == 200
    entries = select(func.count()).select_from(Entry)
    before = await session.scalar(entries)

    told = await here.post(client, paid_out())
    again = await here.post(client, paid_out())

    assert (told.json()["outcome"], again.json()["outcome"]) == ("posted", "duplicate")
    [notice] = await listed(app, client, session, here)
    assert (notice["agrees"], notice["net"]["amount"], notice["account_last4"]) == (True, 6952, "0403")
    assert (notice["booked_count"], notice["booked"]["amount"], notice["booked_refunds"]["amount"]) == (
        *(2, 8000),
        1000,
    )
    assert notice["bill_count"] == 0
    assert await session.scalar(entries) == before


async def test_where_the_books_say_otherwise_it_shows(
    app: FastAPI, client: AsyncClient, session: WriteSession, here: Partner
) -> None:
    await here.post(client, here.event(amount=5000, donated_at="2026-05-01T08:00:00+08:00"))
    await here.post(client, paid_out())

    [notice] = await listed(app, client, session, here)

    assert (notice["agrees"], notice["booked_count"], notice["booked"]["amount"]) == (False, 1, 5000)


@pytest.mark.parametrize(
    ("over", "status", "outcome"),
    [
        ({"net": 6953}, 400, "event-unreadable"),
        ({"to": "2026-04-30"}, 400, "event-unreadable"),
        ({"gross": -1}, 400, "event-unreadable"),
        ({"bank_account_last4": "62220403"}, 400, "event-unreadable"),
        ({"test": True}, 200, "ignored"),
    ],
)
async def test_what_does_not_add_up_is_not_believed(
    client: AsyncClient, session: WriteSession, here: Partner, over: dict[str, Any], status: int, outcome: str
) -> None:
    answer = await here.post(client, paid_out(**over))

    said = answer.json()
    assert (answer.status_code, said.get("code") or said["outcome"]) == (status, outcome), answer.text
    assert (await session.scalars(select(SettlementNotice))).all() == []


async def test_the_same_number_with_other_sums_is_a_conflict(client: AsyncClient, here: Partner) -> None:
    await here.post(client, paid_out())

    other = await here.post(client, paid_out(gross=9000, net=7952))

    assert (other.status_code, other.json()["code"]) == (409, "notice-differs")


async def test_of_many_that_tell_it_at_once_one_is_kept(
    committed: Database, committed_client: AsyncClient
) -> None:
    async with committed.writing() as session:
        here = await partner(session)

    told = await asyncio.gather(*(here.post(committed_client, paid_out()) for _ in range(20)))

    assert sorted(one.json()["outcome"] for one in told) == ["duplicate"] * 19 + ["posted"]
    async with committed.reading() as session:
        assert await session.scalar(select(func.count()).select_from(SettlementNotice)) == 1
