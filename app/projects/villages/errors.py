"""Refusals about Happy Home villages."""

from app.kit.errors import Conflict, Invalid


class VillageKnown(Conflict):
    """The county has a village of this name in this town, or of this code, already."""

    title_zh = "该村（社区）或代码已登记"


class VillageEnded(Conflict):
    """The village no longer runs a Happy Home."""

    title_zh = "该村幸福家园已终止"


class ItemMissing(Conflict):
    """One or more of the five items are missing."""

    title_zh = "“五个一”尚未齐备"


class ItemDone(Conflict):
    """The village has this item already."""

    title_zh = "该项已登记"


class VillageFundMissing(Conflict):
    """The village has no fund yet."""

    title_zh = "该村尚未设立互助基金"


class VillageFundShort(Conflict):
    """The village's fund does not hold that much."""

    title_zh = "村级基金余额不足"


class QuarterClosed(Conflict):
    """The statement of that quarter has been published; book the line on a later day."""

    title_zh = "该季度报表已公布，请记入其后日期"


class QuarterRunning(Conflict):
    """The quarter is not over."""

    title_zh = "该季度尚未结束"


class QuarterOutOfOrder(Conflict):
    """Statements follow one another: this one is published, or one before it is missing."""

    title_zh = "季度报表须依次公布，该季度已公布或之前季度尚缺"


class ResolutionNotCarried(Invalid):
    """More than half of those present must have voted for a resolution."""

    title_zh = "决议须经到会人员过半数同意"


class RequestNotInState(Conflict):
    """The request is in a state in which this cannot be."""

    title_zh = "该用款申请当前状态不允许此操作"


class RequestByYou(Conflict):
    """You recorded this request; somebody else decides it."""

    title_zh = "申请经办人不得自行审批"


class RequestSpent(Conflict):
    """More would be spent on this request than was paid for it."""

    title_zh = "支出超过该申请的拨付金额"


class LineReversed(Conflict):
    """The line has been taken back already, takes one back itself, or is money that a bank has moved."""

    title_zh = "该记录已冲销、本身为冲销记录，或为银行收付的拨付款"


class VillageDayOutside(Invalid):
    """The day has not come, or lies before the village began."""

    title_zh = "日期尚未到来或早于启动日期"


class RemedyNotDue(Conflict):
    """Nothing is to be set right, or it has been."""

    title_zh = "无待整改事项或已整改"
