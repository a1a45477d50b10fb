"""Disposals: proceeds keep the gift's restriction; what is lost is a cost (J25, J27)."""

from datetime import timedelta
from typing import Any

from httpx import Response

from app.kit.clock import today
from app.kit.database import WriteSession
from app.ledger import funds
from tests.fundraising.desk import books_agree, fen
from tests.fundraising.goods.store import Store, line, worth


async def dispose(here: Store, lot: dict[str, Any], quantity: int, **over: Any) -> Response:
    body = {
        "organization_id": str(here.officer.organization.id),
        "kind": "destroyed",
        "disposed_on": str(today()),
        "reason": "已过有效期",
        "lots": [{"lot_id": lot["id"], "quantity": quantity}],
    } | over
    return await here.officer.post("/goods/disposals", body)


def sold(here: Store, minor: int) -> dict[str, Any]:
    return {"kind": "sold", "proceeds": fen(minor), "channel_id": str(here.officer.bank.id)}


async def test_proceeds_of_a_sale_go_to_the_fund_that_the_goods_were_given_for(
    here: Store, session: WriteSession
) -> None:
    [lot] = await here.stocked(line(), campaign_id=str(here.officer.campaign.id))
    assert (await here.value(lot, 1_000_00)).status_code == 201
    before = (await funds.left(session, [here.fund.id]))[here.fund.id]

    answer = await dispose(here, lot, 40, project_id=str(here.project.id), **sold(here, 150_00))

    assert answer.status_code == 201, answer.text
    assert (await funds.left(session, [here.fund.id]))[here.fund.id] == before + 150_00
    assert await here.stands(session, "4501", fund_id=here.fund.id) == -150_00
    assert await here.stands(session, "1002", channel_id=here.officer.bank.id) == 150_00
    assert await worth(session, here.fund) == 600_00
    assert await here.stands(session, "1201") == 600_00
    await books_agree(session)


async def test_expired_goods_are_written_off(here: Store, session: WriteSession) -> None:
    [lot] = await here.stocked(line(expires_on=str(today() - timedelta(days=1))))
    assert (await here.value(lot, 100_00)).status_code == 201

    answer = await dispose(here, lot, 100)

    assert (answer.status_code, answer.json()["value"]["amount"]) == (201, 100_00)
    assert await here.left(lot) == (0, 0)
    assert await here.stands(session, "1201") == 0
    await books_agree(session)


async def test_unvalued_goods_that_are_lost_are_only_counted(here: Store) -> None:
    [lot] = await here.stocked(line())

    answer = await dispose(here, lot, 7, kind="lost", reason="盘点短缺")

    assert (answer.status_code, answer.json()["entry_id"]) == (201, None)
    assert await here.left(lot) == (93, 0)
    listed = (await here.officer.get("/goods/disposals", kind="lost")).json()["items"]
    assert [one["id"] for one in listed] == [answer.json()["id"]]


async def test_unvalued_goods_are_valued_by_their_sale(here: Store, session: WriteSession) -> None:
    [lot] = await here.stocked(line())

    answer = await dispose(here, lot, 100, **sold(here, 20_00))

    assert (answer.status_code, answer.json()["value"]["amount"]) == (201, 0)
    assert await here.stands(session, "1002", channel_id=here.officer.bank.id) == 20_00
    await books_agree(session)


async def test_goods_bound_to_a_purpose_are_not_sold_for_another(here: Store) -> None:
    bound = await here.stocked(line(), campaign_id=str(here.officer.campaign.id))
    free = await here.stocked(line(item="护目镜"))
    both = [{"lot_id": lot["id"], "quantity": 1} for lot in (*bound, *free)]

    unnamed = await dispose(here, bound[0], 1, **sold(here, 1_00))
    mixed = await dispose(here, bound[0], 1, lots=both, **sold(here, 1_00))

    assert unnamed.json()["code"] == "purpose-not-allowed"
    assert mixed.json()["code"] == "disposal-of-several-purposes"


async def test_no_more_is_disposed_of_than_there_is(here: Store) -> None:
    [lot] = await here.stocked(line())

    refused = await dispose(here, lot, 101)

    assert (refused.status_code, refused.json()["code"]) == (409, "stock-short")
    assert (await dispose(here, lot, 1, proceeds=fen(1))).status_code == 422
