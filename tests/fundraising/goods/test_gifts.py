"""Gifts in kind: taken in, inspected, valued by the rules of the law, and booked (J5)."""

import io
from datetime import timedelta
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import text, update
from sqlalchemy.exc import IntegrityError

from app.fundraising.models.goods import GoodsLot
from app.kit.clock import today
from app.kit.database import WriteSession
from app.kit.sheets.workbooks import MEDIA_TYPE
from app.ledger import funds
from tests.fundraising.desk import books_agree
from tests.fundraising.goods.store import Store, line, worth

BOXES = line(quantity=10, unit="箱", pieces={"unit": "个", "per_unit": 2000})


async def test_goods_come_in_by_packages_and_are_counted_in_pieces(here: Store) -> None:
    gift = await here.receive(BOXES, line(item="护目镜", expires_on="2030-01-01", batch_number="B1"))

    assert gift.status_code == 201, gift.text
    assert gift.json()["allowed_actions"] == ["inspect"]
    masks, goggles = await here.lots(gift.json()["id"])
    assert (masks["unit"], masks["received_count"], masks["package_size"]) == ("个", 20_000, 2000)
    assert (goggles["expires_on"], goggles["batch_number"], masks["expires_on"]) == ("2030-01-01", "B1", None)


async def test_nothing_is_in_stock_before_the_inspection(here: Store) -> None:
    gift = (await here.receive(line())).json()
    [lot] = await here.lots(gift["id"])

    refused = await here.hand_out(lot, 1)

    assert (refused.status_code, refused.json()["code"]) == (409, "goods-not-inspected")
    assert (await here.value(lot, 100_00)).json()["code"] == "goods-not-inspected"


async def test_an_inspection_takes_only_what_it_accepts_into_stock(here: Store) -> None:
    gift = (await here.receive(line(), line(item="护目镜"))).json()

    answer = await here.inspect(gift["id"], 护目镜=60)

    assert answer.status_code == 200, answer.text
    assert answer.json()["inspected_on"] == str(today())
    masks, goggles = await here.lots(gift["id"])
    assert (masks["left_count"], goggles["left_count"], goggles["refused_reason"]) == (100, 60, "破损")
    again = await here.inspect(gift["id"])
    assert (again.status_code, again.json()["code"]) == (409, "goods-inspected")


async def test_an_inspection_says_of_every_lot_what_was_accepted_and_why_not_all(here: Store) -> None:
    gift = (await here.receive(line(), line(item="护目镜"))).json()
    lots = await here.lots(gift["id"])

    async def inspected(*said: dict[str, Any]) -> str:
        body = {"inspected_on": str(today()), "lots": list(said)}
        return (await here.officer.post(f"/goods/gifts/{gift['id']}/inspection", body)).json()["code"]

    whole = [{"lot_id": lot["id"], "accepted_count": 100} for lot in lots]
    assert await inspected(whole[0]) == "inspection-incomplete"
    assert await inspected(whole[0], whole[1] | {"accepted_count": 101}) == "inspection-incomplete"
    assert await inspected(whole[0], whole[1] | {"accepted_count": 99}) == "inspection-incomplete"


async def test_goods_valued_by_their_papers_are_income_of_their_purpose_and_no_money(
    here: Store, session: WriteSession
) -> None:
    [lot] = await here.stocked(BOXES, campaign_id=str(here.officer.campaign.id))
    before = (await funds.left(session, [here.fund.id]))[here.fund.id]

    answer = await here.value(lot, 9_950_00)

    assert answer.status_code == 201, answer.text
    assert await here.stands(session, "1201") == 9_950_00
    assert await worth(session, here.fund) == 9_950_00
    assert (await funds.left(session, [here.fund.id]))[here.fund.id] == before
    restricted = text(
        "select f.restricted from postings p join funds f on f.id = p.fund_id where p.entry_id = :entry"
    )
    assert await session.scalar(restricted, {"entry": answer.json()["entry_id"]}) is True
    await books_agree(session)


async def test_goods_for_nothing_in_particular_are_unrestricted(here: Store, session: WriteSession) -> None:
    [lot] = await here.stocked(line())

    assert (await here.value(lot, 30_00, "fair_value")).status_code == 201

    general = await funds.general(session, here.officer.organization.id)
    assert await worth(session, general) == 30_00
    assert (await here.hand_out(lot, 100)).status_code == 201
    await books_agree(session)


async def test_only_assets_without_papers_are_carried_at_one_yuan(here: Store, session: WriteSession) -> None:
    goods, asset = await here.stocked(
        line(), line(item="救护车", quantity=2, unit="辆", asset_class="fixed_asset")
    )

    refused = await here.value(goods, None, "nominal")
    unsaid = await here.value(goods, None, "fair_value")
    told = await here.value(asset, 100, "nominal")
    taken = await here.value(asset, None, "nominal")

    assert [one.json()["code"] for one in (refused, unsaid, told)] == ["valuation-unfit"] * 3
    assert taken.json()["amount"]["amount"] == 2_00
    assert await here.stands(session, "1501") == 2_00


async def test_a_lot_is_valued_once_and_not_after_some_of_it_has_gone(here: Store) -> None:
    valued, moved = await here.stocked(line(), line(item="护目镜"))
    assert (await here.value(valued, 100_00)).status_code == 201
    assert (await here.hand_out(moved, 1)).status_code == 201

    assert (await here.value(valued, 100_00)).json()["code"] == "lot-valued"
    assert (await here.value(moved, 100_00)).json()["code"] == "lot-moved"


async def test_the_same_number_is_recorded_once(here: Store) -> None:
    assert (await here.receive(reference="收据-1")).status_code == 201

    again = await here.receive(reference="收据-1")

    assert (again.status_code, again.json()["code"]) == (409, "goods-reference-taken")


async def test_goods_do_not_come_in_tomorrow(here: Store) -> None:
    tomorrow = await here.receive(received_on=str(today() + timedelta(days=1)))

    assert (tomorrow.status_code, tomorrow.json()["code"]) == (422, "day-unfit")


async def test_who_gave_is_sealed_and_masked_for_whoever_may_not_read_donors(
    here: Store, session: WriteSession
) -> None:
    gift = (await here.receive(giver={"name": "欧阳小明"})).json()

    assert gift["giver_name"] == "欧阳小明"
    row = await session.execute(text("select g::text from goods_gifts g"))
    assert "欧阳小明" not in str(row.all())


async def test_a_closed_warehouse_takes_in_nothing_and_closes_only_empty(here: Store) -> None:
    [lot] = await here.stocked(line())
    path = f"/goods/warehouses/{here.warehouse.id}/closing"

    full = await here.officer.post(path)
    assert (full.status_code, full.json()["code"]) == (409, "warehouse-not-empty")
    assert (await here.hand_out(lot, 100)).status_code == 201
    closed = await here.officer.post(path)

    assert closed.json()["closed_at"] is not None
    assert closed.json()["allowed_actions"] == []
    assert (await here.receive()).json()["code"] == "warehouse-closed"


async def test_the_stock_list_tells_what_is_left_by_warehouse_and_expiry(here: Store) -> None:
    day = today()
    soon = line(item="洗手液", expires_on=str(day + timedelta(days=10)))
    late = line(item="酒精", expires_on=str(day + timedelta(days=400)))
    lots = await here.stocked(soon, late, line())
    assert (await here.value(lots[0], 88_00)).status_code == 201

    listed = await here.officer.get("/goods/lots", sort="expires_on", include="summary", in_stock="true")
    due = await here.officer.get("/goods/lots", expires_on_to=str(day + timedelta(days=30)))
    none = await here.officer.get("/goods/lots", in_stock="false")

    assert [one["item"] for one in listed.json()["items"]] == ["洗手液", "酒精", "口罩"]
    assert listed.json()["summary"] == {"count": 3, "amount": {"amount": 88_00, "currency": "CNY"}}
    assert [one["item"] for one in due.json()["items"]] == ["洗手液"]
    assert none.json()["items"] == []


async def test_the_stock_list_is_a_workbook_too(here: Store) -> None:
    await here.stocked(line(item="雨衣"))
    headers = here.officer.headers | {"Accept": MEDIA_TYPE, "Accept-Language": "zh"}

    answer = await here.officer.client.get("/v1/fundraising/goods/lots", headers=headers)

    [sheet] = load_workbook(io.BytesIO(answer.content)).worksheets
    header, row = ([cell.value for cell in one] for one in sheet.iter_rows())
    told = dict(zip(header, row, strict=True))
    assert (told["品名"], told["库存数量"], told["资产类别"]) == ("雨衣", 100, "存货")


async def test_the_database_itself_refuses_more_than_was_accepted(here: Store, session: WriteSession) -> None:
    await here.stocked(line())

    with pytest.raises(IntegrityError, match="goods_lots_left_check"):
        await session.execute(update(GoodsLot).values(left_count=101))
