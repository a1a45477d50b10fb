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
