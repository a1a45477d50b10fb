"""Refusals of the ledger."""

from app.kit.errors import Conflict, Invalid


class FundShort(Conflict):
    """The fund does not hold that much."""

    title_zh = "基金余额不足"


class AccountShort(Conflict):
    """The account does not hold that much money."""

    title_zh = "账户余额不足"


class FundNotUsable(Conflict):
    """The fund may not be used on that day."""

    title_zh = "该基金在该日期不可使用"


class PurposeNotAllowed(Conflict):
    """The fund's purpose does not allow this project."""

    title_zh = "该项目不在基金限定用途之内"


class BooksNotOpened(Conflict):
    """The organization has not opened its books."""

    title_zh = "该机构尚未建账"


class AlreadyBooked(Conflict):
    """An entry with this reference is in the books already."""

    title_zh = "该业务已入账"


class EntryUnfit(Invalid):
    """The entry does not fit the books."""

    title_zh = "分录不符合记账规则"


class MoreThanLeft(Conflict):
    """More is asked back than is left of it."""

    title_zh = "金额超过剩余部分"


class NothingToReturn(Conflict):
    """More would be returned than is left of the outflow."""

    title_zh = "退回金额超过尚未退回的部分"


class NotReversible(Conflict):
    """This entry can not be reversed."""

    title_zh = "该分录不能冲销"


class ArrivalUnfit(Conflict):
    """That part of the payment has arrived already, was returned, or was never paid."""

    title_zh = "该部分款项已登记到达、已退回或未支付"


class TransferNotWaiting(Conflict):
    """The transfer is not on its way to this organization."""

    title_zh = "没有等待本机构确认的划拨"


class PeriodNotOpen(Conflict):
    """The month is not open."""

    title_zh = "会计月份未开放"


class PeriodNotClosable(Conflict):
    """An earlier month is still open, or the month has not begun."""

    title_zh = "之前月份尚未结账或该月尚未开始"


class TermUnreadable(Invalid):
    """The period is neither a year (2026) nor a month (2026-05)."""

    title_zh = "期间应为年（2026）或月（2026-05）"
