"""Tables of gifts in kind."""

from app.fundraising.models.goods.collections import (
    CollectedItem,
    Collection,
    CollectionDisposal,
    CollectionOutcome,
    CollectionPoint,
    CollectionStock,
    CollectionYear,
)
from app.fundraising.models.goods.disposals import DisposalKind, GoodsDisposal, GoodsDisposalLine
from app.fundraising.models.goods.gifts import GoodsGift, GoodsValuation
from app.fundraising.models.goods.handouts import GoodsHandout, GoodsHandoutLine, RecipientKind
from app.fundraising.models.goods.imports import (
    GoodsImport,
    GoodsImportKind,
    GoodsImportRow,
    GoodsRowOutcome,
)
from app.fundraising.models.goods.lots import NEVER, AssetClass, GoodsLot, ValuationMethod
from app.fundraising.models.goods.moves import GoodsMove, GoodsMoveLine
from app.fundraising.models.goods.requests import GoodsRequestLine, GoodsRequestState, RequestedHandout
from app.fundraising.models.goods.shipments import GoodsShipment, GoodsShipmentLine
from app.fundraising.models.goods.warehouses import GoodsFund, Warehouse

__all__ = [
    "NEVER",
    "AssetClass",
    "CollectedItem",
    "Collection",
    "CollectionDisposal",
    "CollectionOutcome",
    "CollectionPoint",
    "CollectionStock",
    "CollectionYear",
    "DisposalKind",
    "GoodsDisposal",
    "GoodsDisposalLine",
    "GoodsFund",
    "GoodsGift",
    "GoodsHandout",
    "GoodsHandoutLine",
    "GoodsImport",
    "GoodsImportKind",
    "GoodsImportRow",
    "GoodsLot",
    "GoodsMove",
    "GoodsMoveLine",
    "GoodsRequestLine",
    "GoodsRequestState",
    "GoodsRowOutcome",
    "GoodsShipment",
    "GoodsShipmentLine",
    "GoodsValuation",
    "RecipientKind",
    "RequestedHandout",
    "ValuationMethod",
    "Warehouse",
]
