"""Refusals about gifts in kind."""

from app.kit.errors import Conflict, Invalid


class WarehouseCodeTaken(Conflict):
    """The organization has a warehouse of this code already."""

    title_zh = "该机构已有同代码的仓库"


class WarehouseClosed(Conflict):
    """The warehouse takes in no more goods."""

    title_zh = "该仓库已关闭，不再接收物资"


class WarehouseNotEmpty(Conflict):
    """Goods still lie in the warehouse."""

    title_zh = "仓库内仍有物资，不能关闭"


class GoodsReferenceTaken(Conflict):
    """This number was recorded before; the same goods are not recorded twice."""

    title_zh = "该编号已登记，同一批物资不能重复登记"


class GoodsOfAnotherOrganization(Invalid):
    """Warehouse, fund, campaign, project and goods must all be of one organization."""

    title_zh = "仓库、基金、活动、项目与物资须属同一机构"


class GoodsInspected(Conflict):
    """The goods have been inspected already."""

    title_zh = "该批物资已验收"


class GoodsNotInspected(Conflict):
    """The goods have not been inspected: they must be usable, safe and sanitary (Charity Law art. 36)."""

    title_zh = "该批物资尚未验收（慈善法第三十六条）"


class InspectionIncomplete(Invalid):
    """An inspection says of every lot of the gift how much of it was accepted."""

    title_zh = "验收须逐批填写接收数量"


class LotUnknown(Invalid):
    """There is no such lot here."""

    title_zh = "没有该批次的物资"


class LotValued(Conflict):
    """The lot has been valued already."""

    title_zh = "该批次已计价入账"


class LotMoved(Conflict):
    """Some of the lot is gone already: it stays unvalued."""

    title_zh = "该批次已有发放，不能再计价"


class ValuationUnfit(Invalid):
    """Goods are valued by their papers, else at fair value; only assets at one yuan (KJ 18, 19)."""

    title_zh = (
        "计价方法不符合规定：有凭据按凭据，无凭据按公允价值，名义金额仅用于资产（会计制度第十八、十九条）"
    )


class UnitUnknown(Invalid):
    """The lot is not counted in this unit."""

    title_zh = "该批次没有此计量单位"


class StockShort(Conflict):
    """There is not that much left of the lot."""

    title_zh = "库存不足"


class GoodsExpired(Conflict):
    """The goods have expired on that day: they may only be disposed of."""

    title_zh = "物资已过期，只能处置，不能发放"


class ApprovalNeeded(Conflict):
    """Goods of this worth are handed out once that is approved: ask for it as a request."""

    title_zh = "该价值的物资发放须经审批，请先提交发放申请"


class HandoutSigned(Conflict):
    """The hand-out has its receipt already."""

    title_zh = "该发放已有签收"


class DayUnfit(Invalid):
    """That day is still to come, or lies before what it follows."""

    title_zh = "日期晚于今天，或早于前一步骤"


class CollectionPointCodeTaken(Conflict):
    """The organization has a collection point of this code already."""

    title_zh = "该机构已有同代码的回收点"


class CollectionPointClosed(Conflict):
    """Nothing is collected at this point any more."""

    title_zh = "该回收点已停用"


class CollectionVoided(Conflict):
    """This weighing has been taken back already."""

    title_zh = "该次称重记录已作废"


class WeightShort(Conflict):
    """There is not that much left of what was collected."""

    title_zh = "回收物存量不足"


class HandoutTakenBack(Conflict):
    """This hand-out has been taken back."""

    title_zh = "该发放记录已冲回"


class MoveWithinWarehouse(Invalid):
    """Goods are moved into another warehouse than the one they lie in."""

    title_zh = "移库的目标仓库须不同于物资所在仓库"


class DisposalOfSeveralPurposes(Invalid):
    """Goods of several funds are sold one fund at a time: the proceeds keep the restriction."""

    title_zh = "不同基金的物资须分别变卖，所得款项保持原限定用途"


class ShipmentToItself(Invalid):
    """Goods are shipped to another member."""

    title_zh = "物资调拨的接收机构须为其他机构"


class ShipmentReceived(Conflict):
    """The shipment has been received already."""

    title_zh = "该批调拨物资已接收"


class ArrivalIncomplete(Invalid):
    """Say of every line of the shipment how much of it came, and why not all."""

    title_zh = "接收调拨物资须逐行填写实收数量，有差异的须注明原因"


class GoodsListTooLong(Invalid):
    """The list has more rows than are taken at once."""

    title_zh = "清单行数超过一次可导入的上限"
