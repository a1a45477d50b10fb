"""Money that was on its way when the books went live reaches an account, and no more than that."""

import asyncio
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient, Response
from sqlalchemy import select

from app.accounting.models import Channel
from app.kit.database import Database, WriteSession
from app.kit.ids import new_code
from app.ledger import balances
from app.onboarding import going_live
from app.onboarding.orders import Order
from app.organizations.access import Role
from app.organizations.models import Organization
from tests.accounting.banking import Told, statement
from tests.factories import organizations as make
from tests.fundraising.desk import bank, books_agree
from tests.onboarding.workbooks import sheets, write

LIVE_ON = date(2026, 1, 1)


def fen(amount: int) -> dict[str, Any]:
    return {"amount": amount, "currency": "CNY"}


class Live:
    """An association that went live with fifty yuan on their way, and its accountant."""

    def __init__(self, client: AsyncClient, organization: Organization, channels: dict[str, str]) -> None:
        self.client, self.organization, self.channels = client, organization, channels
        self.headers: dict[str, str] = {}

    @property
    def address(self) -> str:
        return f"/v1/onboarding/organizations/{self.organization.id}"

    async def post(self, path: str, body: Any) -> Response:
        return await self.client.post(path, json=body, headers=self.headers | {"Idempotency-Key": new_code()})

    async def arrives(self, amount: int, *, number: int = 1, fee: int = 0, **over: Any) -> Response:
        body = {"channel_id": self.channels["icbc-0291"], "amount": fen(amount), "arrived_on": "2026-01-06"}
        body |= ({"fee": fen(fee)} if fee else {}) | over
        return await self.post(f"{self.address}/in-transit/{number}/arrivals", body)

    async def transit(self) -> dict[str, Any]:
        told = (await self.client.get(self.address, headers=self.headers)).json()
        return told["in_transit"][0]

    async def overdue(self, month: str = "2026-01") -> dict[str, Any]:
        path = f"/v1/accounting/organizations/{self.organization.id}/months/{month}/checklist"
        checks = (await self.client.get(path, headers=self.headers)).json()["checks"]
        return next(one for one in checks if one["key"] == "transits")


async def go_live(app: FastAPI, client: AsyncClient, session: WriteSession, folder: Path) -> Live:
    organization = await make.organization(session, books_from=LIVE_ON)
    order = Order(organization=organization, live_on=LIVE_ON, chart="2026", actor="test")
    await going_live.take(session, order, write(folder / "a.xlsx", sheets()))
    found = await session.scalars(select(Channel).where(Channel.organization_id == organization.id))
    live = Live(client, organization, {one.code: str(one.id) for one in found})
    live.headers = await make.sign_in(app, session, Role.accountant, organization)
    return live


@pytest.fixture
async def live(app: FastAPI, client: AsyncClient, session: WriteSession, tmp_path: Path) -> Live:
    return await go_live(app, client, session, tmp_path)


async def standing(session: WriteSession, live: Live) -> dict[str, int]:
    rows = await balances.trial_balance(session, [live.organization.id])
    return {row.label: row.balance for row in rows if row.balance}


async def test_what_was_on_its_way_arrives_and_the_banks_line_is_matched_with_it(
    live: Live, session: WriteSession
) -> None:
    waiting = await live.overdue()
    answer = await live.arrives(4_970, fee=30)
    assert answer.status_code == 201, answer.text

    stands = await standing(session, live)
    assert (stands["1002/icbc-0291"], stands["5401/GENERAL"]) == (98_000 + 4_970, 30)
    assert "1009/in-transit" not in stands
    shown = await live.transit()
    assert (shown["left"], [one["id"] for one in shown["arrivals"]]) == (fen(0), [answer.json()["id"]])
    assert (waiting["done"], waiting["facts"]) == (False, {"count": 1, "amount_minor": 5_000})
    assert (await live.overdue())["done"] is True

    account = live.channels["icbc-0291"]
    told = statement(Told(amount=4_970, day="2026-01-06", name="财付通支付科技有限公司"), opening=98_000)
    path = f"/v1/accounting/bank-accounts/{account}"
    files = {"file": ("statement.csv", told)}
    await live.client.post(f"{path}/statements", files=files, headers=live.headers)
    [line] = (await live.client.get("/v1/accounting/bank-lines", headers=live.headers)).json()["items"]
    await live.post("/v1/accounting/bank-lines/matches/batch", {"line_ids": [line["id"]]})
    named = await live.post(f"/v1/accounting/bank-lines/{line['id']}/classification", {"kind": "settlement"})
    assert (named.json()["matched"], named.json()["entry_id"]) == (fen(4_970), None)
    asked = {"month": "2026-01-31"}
    drawn = await live.client.get(f"{path}/reconciliation", params=asked, headers=live.headers)
    assert (drawn.json()["difference"], drawn.json()["received_in_books"]) == (fen(0), [])
    await books_agree(session)


async def test_it_may_come_in_parts_and_never_more_than_was_on_its_way(
    live: Live, session: WriteSession
) -> None:
    first = await live.arrives(2_000)
    over = await live.arrives(2_990, fee=11)
    rest = await live.arrives(2_990, fee=10)
    again = await live.arrives(1)

    assert [one.status_code for one in (first, over, rest, again)] == [201, 409, 201, 409]
    assert (over.json()["code"], over.json()["left"]) == ("arrived-too-much", 3_000)
    assert again.json()["left"] == 0
    assert len((await live.transit())["arrivals"]) == 2
    await books_agree(session)


async def test_an_arrival_has_a_day_an_account_and_a_line_of_the_sheet(
    live: Live, session: WriteSession
) -> None:
    elsewhere = await bank(session, await make.organization(session))
    refused = {
        "arrived-out-of-time": await live.arrives(1, arrived_on="2025-12-31"),
        "channel-of-another-organization": await live.arrives(1, channel_id=str(elsewhere.id)),
        "out-of-sight": await live.arrives(1, number=2),
    }
    ahead = await live.arrives(1, arrived_on="2999-01-01")

    assert {code: one.json()["code"] for code, one in refused.items()} == {code: code for code in refused}
    assert ahead.status_code == 422
    assert (await live.transit())["left"] == fen(5_000)


async def test_of_many_who_tell_of_the_same_money_one_is_believed(
    committed: Database, committed_app: FastAPI, committed_client: AsyncClient, tmp_path: Path
) -> None:
    async with committed.writing() as session:
        live = await go_live(committed_app, committed_client, session, tmp_path)

    answers = await asyncio.gather(*(live.arrives(5_000) for _ in range(8)))

    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 7
    async with committed.writing() as session:
        assert (await standing(session, live))["1002/icbc-0291"] == 103_000
        await books_agree(session)
