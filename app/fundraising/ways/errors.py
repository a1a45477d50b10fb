"""Refusals of the ways of giving."""

from app.kit.errors import Conflict, Invalid, NotFound


class OrderNotFound(NotFound):
    """There is no order of this number and secret."""

    title_zh = "订单不存在，或查询密钥不符"


class PlatformNotForCampaign(Invalid):
    """No payment platform of this name collects for the campaign's organization."""

    title_zh = "该支付平台未为此募捐活动所属机构收款"


class PlanKnown(Conflict):
    """A plan of this number is known already."""

    title_zh = "该月捐编号已登记"


class PlanDiffers(Conflict):
    """This plan was told before for another campaign."""

    title_zh = "同一月捐编号先前属于另一募捐活动"


class PlanCancelled(Conflict):
    """The plan has been cancelled."""

    title_zh = "该月捐已取消"


class PlanNotActive(Conflict):
    """The plan is not active."""

    title_zh = "该月捐当前未生效"


class PlanNotPaused(Conflict):
    """The plan is not paused."""

    title_zh = "该月捐未处于暂停状态"


class ProviderMissing(Conflict):
    """Nobody here can make payment parameters for this platform."""

    title_zh = "本系统尚不能为该平台生成支付参数"
