"""Refusals of settling."""

from app.kit.errors import Conflict, Invalid, NotFound


class SettlementNotFound(NotFound):
    """There is no such settlement."""

    title_zh = "结算单不存在"


class BillUnsound(Invalid):
    """The settlement file has lines that can't be read; nothing of it was kept."""

    title_zh = "结算文件含有无法读取的行，未保存任何内容"


class BillEmpty(Invalid):
    """The settlement file has no line."""

    title_zh = "结算文件没有明细"


class BillDiffersFromDeclared(Invalid):
    """The settlement file is not what was declared, or does not agree with its own sums."""

    title_zh = "结算文件与申报的校验值或合计不符"


class BillContradicts(Conflict):
    """Lines of this file came before with another amount or fee."""

    title_zh = "文件中的明细先前曾以不同金额或手续费导入"


class MerchantAccountNeeded(Invalid):
    """Settlements are those of a platform's merchant account."""

    title_zh = "结算单只适用于平台商户号"


class SettlementNotReady(Conflict):
    """The lines of the settlement have not all been held against the books yet."""

    title_zh = "结算单尚未完成比对"


class SettlementPaidOut(Conflict):
    """The payout of this settlement has been booked."""

    title_zh = "该结算单的到账已入账"


class PayoutDiffers(Conflict):
    """The bank line is not what the settlement comes to."""

    title_zh = "银行到账金额与结算净额不符"
