"""Hand-outs: booked (J7), signed for, and never more than the stock, however many ask at once."""

import asyncio
from datetime import date, timedelta

from sqlalchemy import func, select, text

from app.fundraising.gifts import Giver
from app.fundraising.goods import handouts, intake, lots, valuations, warehouses
from app.fundraising.goods.errors import StockShort
from app.fundraising.goods.handouts import NewHandout
from app.fundraising.goods.intake import Accepted, NewGift, NewLot
from app.fundraising.goods.quantities import Quantity
from app.fundraising.goods.valuations import Value
from app.fundraising.goods.warehouses import NewWarehouse
from app.fundraising.models.goods import GoodsHandoutLine, GoodsLot, RecipientKind, ValuationMethod
from app.kit.clock import today
from app.kit.database import Database, WriteSession
from app.ledger.models import Arrival, ArrivalKind
from tests.factories import organizations as members
from tests.fundraising.desk import books_agree
from tests.fundraising.goods.store import Store, line, worth


async def test_goods_handed_out_are_booked_as_used_for_their_project(
    here: Store, session: WriteSession
) -> None:
    [lot] = await here.stocked(line(), campaign_id=str(here.officer.campaign.id))
    assert (await here.value(lot, 1_000_00)).status_code == 201

    answer = await here.hand_out(lot, 30, project_id=str(here.project.id))

    assert answer.status_code == 201, answer.text
    assert answer.json()["value"]["amount"] == 300_00
    assert answer.json()["lines"] == [
        {"lot_id": lot["id"], "count": 30, "value": {"amount": 300_00, "currency": "CNY"}}
    ]
    assert await here.left(lot) == (70, 700_00)
    assert await here.stands(session, "1201") == 700_00
    assert await worth(session, here.fund) == 700_00
    await books_agree(session)


async def test_quantity_and_value_are_both_zero_when_everything_is_handed_out(
    here: Store, session: WriteSession
) -> None:
    [lot] = await here.stocked(line(quantity=3, unit="箱", pieces={"unit": "个", "per_unit": 7}))
    assert (await here.value(lot, 10_00)).status_code == 201

    for quantity, unit in ((1, "箱"), (4, "个"), (1, "箱"), (3, "个")):
        assert (await here.hand_out(lot, quantity, unit=unit)).status_code == 201

    assert await here.left(lot) == (0, 0)
    assert await here.stands(session, "1201") == 0
    assert (await here.hand_out(lot, 1)).json()["code"] == "stock-short"


async def test_a_unit_that_the_lot_does_not_know_is_refused(here: Store) -> None:
    [lot] = await here.stocked(line())

    refused = await here.hand_out(lot, 1, unit="吨")

    assert (refused.status_code, refused.json()["code"]) == (422, "unit-unknown")


async def test_unvalued_goods_are_counted_and_not_booked(here: Store, session: WriteSession) -> None:
    [lot] = await here.stocked(line())
    entries = text("select count(*) from entries")
    before = await session.scalar(entries)

    answer = await here.hand_out(lot, 40)

    assert (answer.json()["value"]["amount"], answer.json()["entry_id"]) == (0, None)
    assert await here.left(lot) == (60, 0)
    assert await session.scalar(entries) == before


async def test_goods_bound_to_a_purpose_go_to_its_projects_only(here: Store) -> None:
    [lot] = await here.stocked(line(), campaign_id=str(here.officer.campaign.id))

    refused = await here.hand_out(lot, 1)

    assert (refused.status_code, refused.json()["code"]) == (409, "purpose-not-allowed")
    assert await here.left(lot) == (100, 0)


async def test_expired_goods_are_not_handed_out(here: Store) -> None:
    yesterday = today() - timedelta(days=1)
    [lot] = await here.stocked(line(expires_on=str(yesterday)))

    refused = await here.hand_out(lot, 1)

    assert (refused.status_code, refused.json()["code"]) == (409, "goods-expired")


async def test_a_receipt_says_that_the_goods_have_arrived(here: Store, session: WriteSession) -> None:
    [lot] = await here.stocked(line())
    assert (await here.value(lot, 500_00)).status_code == 201
    handout = (await here.hand_out(lot, 50)).json()
    assert handout["allowed_actions"] == ["sign", "take_back"]
    path = f"/goods/handouts/{handout['id']}/receipt"

    signed = await here.officer.post(path, {"signed_on": str(today())})

    assert (signed.status_code, signed.json()["allowed_actions"]) == (200, [])
    arrival = (await session.scalars(select(Arrival))).one()
    assert (arrival.amount, arrival.kind) == (250_00, ArrivalKind.goods_handed_over)
    again = await here.officer.post(path, {"signed_on": str(today())})
    assert again.json()["code"] == "handout-signed"


async def test_a_persons_name_is_sealed(here: Store, session: WriteSession) -> None:
    [lot] = await here.stocked(line())

    answer = await here.hand_out(lot, 1, recipient_kind="person", recipient="张三丰")

    assert answer.json()["recipient"] == "张三丰"
    rows = await session.execute(text("select h::text from goods_handouts h"))
    assert "张三丰" not in str(rows.all())


async def test_the_same_request_hands_out_once(here: Store) -> None:
    [lot] = await here.stocked(line())
    body = {
        "organization_id": str(here.officer.organization.id),
        "handed_on": str(today()),
        "recipient_kind": "organization",
        "recipient": "县人民医院",
        "lots": [{"lot_id": lot["id"], "quantity": 10}],
    }

    first = await here.officer.post("/goods/handouts", body, key="once")
    again = await here.officer.post("/goods/handouts", body, key="once")

    assert first.json() == again.json()
    assert await here.left(lot) == (90, 0)


async def valued_lot(committed: Database) -> NewHandout:
    """A committed lot of 100 pieces worth 1,000 yuan, and a hand-out of 30 of it."""
    async with committed.writing() as session:
        organization = await members.organization(session, books_from=date(2026, 1, 1))
        warehouse = await warehouses.create(
            session, NewWarehouse(organization_id=organization.id, code="W1", name="物资库")
        )
        new = NewGift(
            organization_id=organization.id,
            warehouse_id=warehouse.id,
            received_on=today(),
            lots=[NewLot(item="口罩", count=100, unit="个")],
            giver=Giver(name="某公司"),
        )
        gift = await intake.receive(session, new, actor="test")
        here = await lots.of_gift(session, gift.id)
        await intake.inspect(
            session, gift, here, [Accepted(lot_id=here[0].id, count=100)], on=today(), actor="test"
        )
        value = Value(lot_id=here[0].id, method=ValuationMethod.document, basis="发票", amount=1_000_00)
        await valuations.record(session, gift, [value], actor="test")
    return NewHandout(
        organization_id=organization.id,
        handed_on=today(),
        recipient_kind=RecipientKind.organization,
        recipient="县人民医院",
        parts=[(here[0].id, Quantity(30))],
    )


async def test_twenty_who_ask_at_once_never_get_more_than_the_stock(committed: Database) -> None:
    wanted = await valued_lot(committed)

    async def ask() -> bool:
        try:
            async with committed.writing() as session:
                await handouts.record(session, wanted, actor="test")
        except StockShort:
            return False
        return True

    got = await asyncio.gather(*(ask() for _ in range(20)))

    assert sum(got) == 3
    async with committed.reading() as session:
        lot = (await session.scalars(select(GoodsLot))).one()
        given = select(func.sum(GoodsHandoutLine.count), func.sum(GoodsHandoutLine.value_minor))
        assert (lot.left_count, lot.left_minor) == (10, 100_00)
        assert tuple((await session.execute(given)).one()) == (90, 900_00)
        await books_agree(session)
