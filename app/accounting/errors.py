"""Refusals of accounting."""

from app.kit.errors import Conflict, NotFound


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
