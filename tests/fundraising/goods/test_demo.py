"""The demo's goods: valued and unvalued lots, a hand-out that was signed for, and clothes that were sold."""

from sqlalchemy import select

from app.cli.samples import goods
from app.fundraising.models.goods import CollectionStock, GoodsHandout, GoodsLot
from app.kit.database import WriteSession
from tests.fundraising.desk import books_agree
from tests.fundraising.goods.store import Store


async def test_the_demo_shows_lots_a_handout_and_a_collection(here: Store, session: WriteSession) -> None:
    await goods.keep_goods(session, here.officer.organization, here.officer.bank)

    lots = (await session.scalars(select(GoodsLot).order_by(GoodsLot.id))).all()
    assert [(lot.item, lot.left_count, lot.left_minor) for lot in lots] == [
        ("医用外科口罩", 15_900, 7_950_00),
        ("棉被", 200, 0),
    ]
    handout = (await session.scalars(select(GoodsHandout))).one()
    assert (handout.value_minor, handout.signed_on is not None) == (2_000_00, True)
    stock = (await session.scalars(select(CollectionStock))).one()
    assert (stock.collected_grams, stock.gone_grams) == (12_000_000, 8_000_000)
    await books_agree(session)
