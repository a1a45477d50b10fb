"""The demo's goods: valued and unvalued lots, a hand-out that was signed for, and clothes that were sold."""

from datetime import date

from sqlalchemy import select

from app.cli.samples import goods
from app.fundraising.models.goods import (
    CollectionStock,
    GoodsDisposal,
    GoodsHandout,
    GoodsLot,
    GoodsRequestState,
    GoodsShipment,
    RequestedHandout,
)
from app.kit.database import WriteSession
from tests.factories import organizations as members
from tests.fundraising.desk import books_agree
from tests.fundraising.goods.store import Store


async def test_the_demo_shows_lots_a_handout_and_a_collection(here: Store, session: WriteSession) -> None:
    receiver = await members.organization(session, books_from=date(2026, 1, 1))
    await goods.keep_goods(session, here.officer.organization, here.officer.bank, receiver)

    lots = (await session.scalars(select(GoodsLot).order_by(GoodsLot.id))).all()
    assert [(lot.item, lot.left_count, lot.left_minor) for lot in lots] == [
        ("医用外科口罩", 6_800, 3_400_00),
        ("棉被", 150, 0),
        ("棉被", 50, 0),
        ("医用外科口罩", 990, 495_00),
    ]
    signed, mistaken = (await session.scalars(select(GoodsHandout).order_by(GoodsHandout.id))).all()
    assert (signed.value_minor, signed.signed_on is not None) == (2_000_00, True)
    assert (mistaken.value_minor, mistaken.reversed_on is not None) == (1_000_00, True)
    asked = (await session.scalars(select(RequestedHandout))).one()
    assert (asked.value_minor, asked.state) == (4_000_00, GoodsRequestState.waiting)
    assert (await session.scalars(select(GoodsDisposal.value_minor))).all() == [50_00]
    assert (await session.scalars(select(GoodsShipment.lost_minor))).all() == [5_00]
    stock = (await session.scalars(select(CollectionStock))).one()
    assert (stock.collected_grams, stock.gone_grams) == (12_000_000, 8_000_000)
    await books_agree(session)
