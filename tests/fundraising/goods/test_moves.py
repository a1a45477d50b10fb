"""Moves: goods lie in another warehouse afterwards, as many and worth as much, and nothing is booked."""

import asyncio
from typing import Any

import pytest
from httpx import Response
from sqlalchemy import func, select

from app.fundraising.goods import warehouses
from app.fundraising.goods.errors import StockShort
from app.fundraising.goods.quantities import Quantity
from app.fundraising.goods.storage import moves
from app.fundraising.goods.storage.moves import NewMove
from app.fundraising.goods.warehouses import NewWarehouse
from app.fundraising.models.goods import GoodsLot, GoodsMoveLine, Warehouse
from app.kit.clock import today
from app.kit.database import Database, WriteSession
from app.kit.ids import new_code
from app.ledger.models import Entry
from tests.fundraising.desk import books_agree
from tests.fundraising.goods.store import Store, line, worth
from tests.fundraising.goods.test_handouts import valued_lot


@pytest.fixture
async def there(session: WriteSession, here: Store) -> Warehouse:
    at = here.officer.organization.id
    return await warehouses.create(
        session, NewWarehouse(organization_id=at, code=f"W{new_code(6)}", name="二号库")
    )


async def move(here: Store, there: Warehouse, lot: dict[str, Any], quantity: int, **over: Any) -> Response:
    body = {
        "organization_id": str(here.officer.organization.id),
        "warehouse_id": str(there.id),
        "moved_on": str(today()),
        "lots": [{"lot_id": lot["id"], "quantity": quantity}],
    } | over
    return await here.officer.post("/goods/moves", body)


async def test_goods_are_moved_with_their_worth_and_purpose(
    here: Store, session: WriteSession, there: Warehouse
) -> None:
    project = str(here.project.id)
    said = line(expires_on="2035-01-01", batch_number="B1")
    [lot] = await here.stocked(said, campaign_id=str(here.officer.campaign.id))
    assert (await here.value(lot, 1_000_00)).status_code == 201
    entries = select(func.count()).select_from(Entry)
    before = await session.scalar(entries)

    moved = await move(here, there, lot, 30)
    read = await here.officer.get(f"/goods/moves/{moved.json()['id']}")

    assert moved.status_code == 201, moved.text
    [part] = moved.json()["lines"]
    assert (part["count"], part["value"]["amount"], read.json()) == (30, 300_00, moved.json())
    listed = (await here.officer.get("/goods/moves", warehouse_id=str(there.id))).json()["items"]
    assert [one["id"] for one in listed] == [moved.json()["id"]]
    assert await here.left(lot) == (70, 700_00)
    new = (await here.officer.get(f"/goods/lots/{part['moved_lot_id']}")).json()
    kept = ("item", "unit", "fund_id", "expires_on", "batch_number")
    assert {name: new[name] for name in kept} == {name: lot[name] for name in kept}
    assert (new["warehouse_id"], new["origin_lot_id"]) == (str(there.id), lot["id"])
    assert (new["left_count"], new["left_value"]["amount"]) == (30, 300_00)
    assert await session.scalar(entries) == before
    assert await worth(session, here.fund) == 1_000_00
    assert (await here.hand_out(new, 30, project_id=project)).json()["value"]["amount"] == 300_00
    await books_agree(session)


async def test_what_can_not_be_moved_is_refused(here: Store, there: Warehouse) -> None:
    [lot] = await here.stocked(line())
    short = await move(here, there, lot, 101)
    same = await move(here, there, lot, 1, warehouse_id=str(here.warehouse.id))
    raw = (await here.receive()).json()
    [uninspected] = await here.lots(raw["id"])
    early = await move(here, there, uninspected, 1)
    assert (await here.officer.post(f"/goods/warehouses/{there.id}/closing", {})).status_code == 200
    closed = await move(here, there, lot, 1)

    said = [(one.status_code, one.json()["code"]) for one in (short, same, early, closed)]
    assert said == [
        (409, "stock-short"),
        (422, "move-within-warehouse"),
        (409, "goods-not-inspected"),
        (409, "warehouse-closed"),
    ]
    assert await here.left(lot) == (100, 0)


async def test_twenty_who_move_at_once_never_move_more_than_there_is(committed: Database) -> None:
    wanted = await valued_lot(committed)
    async with committed.writing() as session:
        there = await warehouses.create(
            session, NewWarehouse(organization_id=wanted.organization_id, code="W2", name="二号库")
        )
    new = NewMove(
        organization_id=wanted.organization_id,
        warehouse_id=there.id,
        moved_on=today(),
        parts=[(wanted.parts[0][0], Quantity(30))],
    )

    async def go() -> bool:
        try:
            async with committed.writing() as session:
                await moves.record(session, new, actor="test")
        except StockShort:
            return False
        return True

    gone = await asyncio.gather(*(go() for _ in range(20)))

    assert sum(gone) == 3
    async with committed.reading() as session:
        sums = select(func.sum(GoodsLot.left_count), func.sum(GoodsLot.left_minor))
        assert tuple((await session.execute(sums)).one()) == (100, 1_000_00)
        assert await session.scalar(select(func.sum(GoodsMoveLine.count))) == 90
        await books_agree(session)
