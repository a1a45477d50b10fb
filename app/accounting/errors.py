"""Refusals of accounting."""

from app.kit.errors import Conflict, Invalid, NotFound


class ChannelNotFound(NotFound):
    """There is no such channel."""

    title_zh = "收款渠道不存在"


class ChannelClosed(Conflict):
    """The channel is closed."""

    title_zh = "收款渠道已停用"


class ChannelCodeTaken(Conflict):
    """The organization has a channel of this code already."""

    title_zh = "该机构已有同代码的收款渠道"


class PlatformHasChannel(Conflict):
    """The platform's merchant account belongs to an organization already."""

    title_zh = "该平台已绑定商户账户"


class ChannelNotEmpty(Conflict):
    """The books still show money in the channel."""

    title_zh = "该渠道账面余额不为零"


class NumberTaken(Conflict):
    """The organization has a channel with this account number already."""

    title_zh = "该机构已登记此账号"


class SignatoryElsewhere(Invalid):
    """A signatory works for another organization."""

    title_zh = "签章人不属于该机构"


class OpeningUnequal(Invalid):
    """The opening balances do not tie; nothing was booked."""

    title_zh = "期初余额不平，未入账"


class OpeningReviewed(Conflict):
    """The opening balances were looked over and booked already."""

    title_zh = "期初余额已复核入账"


class ReviewedByItsMaker(Conflict):
    """Who prepared it can not be the one who looks it over."""

    title_zh = "制单人不能复核自己的单据"


class ChecklistOpen(Conflict):
    """Something on the month's checklist holds up the close, and nobody waived it with a reason."""

    title_zh = "结账检查清单尚有阻断事项，且未说明理由豁免"


class ClosingNotAsked(Conflict):
    """Nobody has asked for this month to be closed."""

    title_zh = "该月份尚未申请结账"


class YearPublished(Conflict):
    """The year's figures are published; its months are not reopened."""

    title_zh = "该年度数据已公开，不能反结账"


class ChartNotChangeable(Conflict):
    """The books can not be carried into the next chart of accounts yet."""

    title_zh = "尚不能进行新旧科目衔接"
