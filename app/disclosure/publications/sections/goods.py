"""Goods: what is published of the goods that an appeal brought in: what came, what was used, what is left."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import func, select

from app.disclosure.publications import spending
from app.disclosure.publications.asked import Asked
from app.disclosure.publications.contents import Column, Field, Measure, Said, Table
from app.disclosure.publications.spending import Stand
from app.fundraising.models import Designation
from app.fundraising.models.goods import GoodsFund, GoodsGift, GoodsLot, GoodsValuation
from app.kit.database import ReadSession

_FEN, _NUMBER = Measure.fen, Measure.number


async def received(session: ReadSession, asked: Asked) -> Sequence[Said]:
    """Tell what came in up to the last day and within the period: its value, and how much of which goods.

    What was refused at the inspection did not come in; what nobody has valued yet is counted all the same.
    """
    within = GoodsGift.received_on >= asked.first
    worth = select(
        func.coalesce(func.sum(GoodsValuation.amount), 0),
        func.coalesce(func.sum(GoodsValuation.amount).filter(within), 0),
    ).join(GoodsGift, GoodsGift.id == GoodsValuation.gift_id)
    came = (GoodsGift.campaign_id == asked.subject.id) & (GoodsGift.received_on <= asked.last)
    value, lately = (await session.execute(worth.where(came))).one()
    count = func.coalesce(GoodsLot.accepted_count, GoodsLot.received_count)
    rows = await session.execute(
        select(
            GoodsLot.item,
            GoodsLot.unit,
            func.sum(count),
            func.coalesce(func.sum(count).filter(within), 0),
            func.sum(GoodsLot.value_minor),
        )
        .join(GoodsGift, GoodsGift.id == GoodsLot.gift_id)
        .where(came, count > 0)
        .group_by(GoodsLot.item, GoodsLot.unit)
        .order_by(GoodsLot.item, GoodsLot.unit)
    )
    return [
        Field("goods", "累计募得物资价值", "Value of goods raised in all", _FEN, int(value)),
        Field(
            "goods_in_period", "本期募得物资价值", "Value of goods raised in the period", _FEN, int(lately)
        ),
        Table(
            "goods_items",
            "募得物资明细",
            "Goods raised",
            (
                Column("item", "物资名称", "Goods"),
                Column("unit", "计量单位", "Unit"),
                Column("count", "累计数量", "How many in all", _NUMBER),
                Column("count_in_period", "本期数量", "How many in the period", _NUMBER),
                # None while nobody has found out what they are worth.
                Column("value", "累计价值", "Value in all", _FEN),
            ),
            [
                [item, unit, int(whole), int(part), None if minor is None else int(minor)]
                for item, unit, whole, part, minor in rows
            ],
        ),
    ]


async def used(session: ReadSession, asked: Asked) -> Sequence[Said]:
    """Tell what the goods were worth that were used up to the last day, and within the period."""
    total = _used(await _stand(session, asked, asked.last))
    before = await _stand(session, asked, asked.first - timedelta(days=1))
    return [
        Field("goods_used", "累计使用物资价值", "Value of goods used in all", _FEN, total),
        Field(
            "goods_used_in_period",
            "本期使用物资价值",
            "Value of goods used in the period",
            _FEN,
            total - _used(before),
        ),
    ]


async def left(session: ReadSession, asked: Asked) -> Sequence[Said]:
    """Tell what the goods are worth that were in stock at the end of the last day."""
    stand = await _stand(session, asked, asked.last)
    return [Field("goods_left", "尚未使用的物资价值", "Value of goods not used yet", _FEN, stand.left)]


def _used(stand: Stand) -> int:
    return stand.on_projects + stand.otherwise


async def _stand(session: ReadSession, asked: Asked, until: date) -> Stand:
    stocks = (
        select(GoodsFund.stock_fund_id)
        .join(Designation, Designation.fund_id == GoodsFund.fund_id)
        .where(Designation.campaign_id == asked.subject.id)
        .distinct()
    )
    held = (await session.scalars(stocks)).all()
    return await spending.of_funds(session, asked.organization.id, held, until)
