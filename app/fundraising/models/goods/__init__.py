"""Tables of gifts in kind."""

from app.fundraising.models.goods.gifts import GoodsGift, GoodsValuation
from app.fundraising.models.goods.handouts import GoodsHandout, GoodsHandoutLine, RecipientKind
from app.fundraising.models.goods.lots import NEVER, AssetClass, GoodsLot, ValuationMethod
from app.fundraising.models.goods.warehouses import GoodsFund, Warehouse

__all__ = [
    "NEVER",
    "AssetClass",
    "GoodsFund",
    "GoodsGift",
    "GoodsHandout",
    "GoodsHandoutLine",
    "GoodsLot",
    "GoodsValuation",
    "RecipientKind",
    "ValuationMethod",
    "Warehouse",
]
