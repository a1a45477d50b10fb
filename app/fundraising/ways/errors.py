"""Refusals of the ways of giving."""

from app.kit.errors import Conflict, Invalid, NotFound


class OrderNotFound(NotFound):
    """There is no order of this number and secret."""

    title_zh = "订单不存在，或查询密钥不符"


class PlatformNotForCampaign(Invalid):
    """No payment platform of this name collects for the campaign's organization."""

    title_zh = "该支付平台未为此募捐活动所属机构收款"


class ProviderMissing(Conflict):
    """Nobody here can make payment parameters for this platform."""

    title_zh = "本系统尚不能为该平台生成支付参数"
