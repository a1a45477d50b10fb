"""Refusals about counterparties, mandates and terms."""

from app.kit.errors import Conflict, Invalid


class CounterpartyCodeTaken(Conflict):
    """The organization has a counterparty of this code already."""

    title_zh = "该机构已有同代码的往来单位"


class CounterpartyCreditCodeTaken(Conflict):
    """The organization has a counterparty with this unified social credit code already."""

    title_zh = "该机构已登记同一统一社会信用代码的往来单位"


class PersonHasNoCreditCode(Invalid):
    """A person has no unified social credit code."""

    title_zh = "自然人没有统一社会信用代码"


class NotACounterparty(Invalid):
    """The organization has no such counterparty."""

    title_zh = "该机构没有此往来单位"


class MandateCodeTaken(Conflict):
    """The organization has a mandate of this code already."""

    title_zh = "该机构已有同编号的受托代理协议"


class MandateEnded(Conflict):
    """The mandate has ended; what is left of its money can still be handed on."""

    title_zh = "该受托代理协议已终止，仅可转付剩余款项"


class MandateHoldsMoney(Conflict):
    """Money that came in for this mandate has not been handed on yet."""

    title_zh = "该受托代理协议仍有未转付款项"


class ChannelIsNoMerchantAccount(Invalid):
    """The channel is no platform's merchant account."""

    title_zh = "该渠道不是平台商户账户"


class TermsTaken(Conflict):
    """This account has other terms from that day on."""

    title_zh = "该商户账户自该日起的条款已登记"
