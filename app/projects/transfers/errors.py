"""Refusals of transfers between members."""

from app.kit.errors import Conflict, Invalid


class TransferNotInState(Conflict):
    """The transfer is in a state in which this cannot be."""

    title_zh = "划拨当前状态不允许此操作"


class TransferMoved(Conflict):
    """Somebody else moved the transfer on at this moment; read it again."""

    title_zh = "划拨状态刚被他人变更，请重新读取"


class TransferPartsApart(Invalid):
    """A transfer goes from its sender's fund to another member; agency money by a mandate, from no fund."""

    title_zh = "划拨须由拨出方的基金拨付给另一机构；受托代理款不涉及基金，须注明受托代理协议"


class MandateShort(Conflict):
    """The mandate has less left to be handed on."""

    title_zh = "该受托代理协议下待转交的资金不足"


class ReturnReceived(Conflict):
    """The sender has this money back already."""

    title_zh = "该退款已确认收到"


class LineIsNotThisTransfer(Conflict):
    """The bank's line is another amount, another account or the other direction."""

    title_zh = "银行明细的金额、账户或方向与该划拨不符"


class TransferDayUnfit(Invalid):
    """The day has not come yet, or money would arrive before it was sent."""

    title_zh = "日期尚未到来，或收款早于拨出"
