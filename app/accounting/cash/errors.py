"""Refusals about cash."""

from app.kit.errors import Conflict, Invalid


class ChannelIsNoCashBox(Invalid):
    """The channel is no cash box."""

    title_zh = "该渠道不是现金箱"


class CashSessionOpen(Conflict):
    """The cash box has an open session already."""

    title_zh = "该现金箱已有进行中的收款班次"


class CashSessionNotOpen(Conflict):
    """The session takes no more gifts."""

    title_zh = "该收款班次已结束收款"


class CashSessionNotCounted(Conflict):
    """The session has no difference to decide about."""

    title_zh = "该收款班次没有待处理的差额"


class CashTakenLater(Invalid):
    """No cash has been taken on a day that is still to come."""

    title_zh = "收款日期不得晚于今天"


class SecondPersonNeeded(Invalid):
    """Boxes are opened, and cash is counted, by two people of the organization."""

    title_zh = "开箱和清点现金须由本机构两人共同进行"


class CountersDecide(Conflict):
    """Who counted does not decide what becomes of a difference."""

    title_zh = "清点人不能处理自己清点的差额"


class SlipTaken(Conflict):
    """This deposit slip has been recorded already."""

    title_zh = "该缴款单已登记"
