"""A settlement's payout is the bank's line of exactly its net, booked once."""

from pathlib import Path
from uuid import UUID

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from app.fundraising.settling import comparing, files
from app.fundraising.settling.bills import Sums
from app.fundraising.settling.files import Declared
from app.kit.database import WriteSession
from app.ledger import accounts
from app.webhooks.outward.catalogue import EventType
from tests.accounting.banking import Told, lines, send, statement
from tests.conftest import Shared
from tests.fundraising.desk import Desk, books_agree, desk
from tests.fundraising.settling.files import Item, kept, wechat
from tests.webhooks.outward.bodies import told


@pytest.fixture
async def clerk(app: FastAPI, client: AsyncClient, session: WriteSession) -> Desk:
    return await desk(app, client, session)


async def taken(clerk: Desk, session: WriteSession, folder: Path) -> UUID:
    content = wechat(
        Item(their_id="42001", amount=500_00, fee=3_00, remark=clerk.campaign.code),
        Item(their_id="42001", amount=100_00, fee=-60, refund_id="50001"),
    )
    path, declared = kept(folder, content), Declared(sums=Sums())
    return (await files.take_in(session, clerk.appeal.channel, path, declared, actor="test")).settlement.id


async def test_a_payout_brings_the_money_to_the_bank_net_of_the_fee(
    clerk: Desk, session: WriteSession, tmp_path: Path
) -> None:
    settlement = await taken(clerk, session, tmp_path)
    await send(clerk, statement(Told(amount=397_60, name="财付通"), Told(amount=397_61, name="财付通")))
    shown = {line["amount"]["amount"]: line["id"] for line in await lines(clerk)}
    path = f"/settlements/{settlement}/payout"

    early = await clerk.post(path, {"line_id": shown[397_60]})
    await comparing.settle(Shared(session), settlement)
    other = await clerk.post(path, {"line_id": shown[397_61]})
    paid = await clerk.post(path, {"line_id": shown[397_60]})
    again = await clerk.post(path, {"line_id": shown[397_60]})

    assert [one.json().get("code") for one in (early, other, again)] == [
        "settlement-not-ready",
        "payout-differs",
        "settlement-paid-out",
    ]
    assert other.json()["expected"] == 397_60
    assert (paid.status_code, paid.json()["payout_line_id"]) == (201, shown[397_60]), paid.text
    held = await accounts.standing(session, [clerk.appeal.channel.account_id, clerk.bank.account_id])
    assert held == {clerk.appeal.channel.account_id: 0, clerk.bank.account_id: 397_60}
    [said] = await told(session, EventType.settlement_paid)
    assert (said["settlement_id"], said["net"], said["gross"]) == (str(settlement), 397_60, 500_00)
    await books_agree(session)
