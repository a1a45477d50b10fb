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


class PoolFundUnfit(Invalid):
    """A held pool takes from another fund of its organization; a promised one from none."""

    title_zh = "自有配捐资金须来自本机构其他基金；承诺配捐不指定基金"


class MatchingDiffers(Conflict):
    """This matching was told before for another campaign, with other gifts or other amounts."""

    title_zh = "同一配捐结果先前以不同活动、捐赠或金额通知过"


class PoolCodeTaken(Conflict):
    """The organization has a pool of this code already."""

    title_zh = "该机构已有同代码的配捐资金池"


class PoolWindowReversed(Invalid):
    """The pool would end before it begins."""

    title_zh = "配捐结束时间早于开始时间"


class PoolClosed(Conflict):
    """The pool is closed."""

    title_zh = "该配捐资金池已关闭"


class PaymentUnfit(Invalid):
    """Only a booked gift for the pool's campaign pays a promised pool."""

    title_zh = "只有已记入该募捐活动的捐赠才能作为承诺配捐的到账"


class PaymentKnown(Conflict):
    """This gift has been told as a matcher's payment already."""

    title_zh = "该捐赠已登记为配捐到账"


class InstalmentsUnequal(Invalid):
    """The instalments do not add up to the pledge."""

    title_zh = "各期金额之和与认捐金额不符"


class PledgeNumberTaken(Conflict):
    """The organization has a pledge of this number already."""

    title_zh = "该机构已有同编号的认捐"


class PledgeOver(Conflict):
    """The pledge has been fulfilled or written off."""

    title_zh = "该认捐已履行完毕或已核销"


class PaymentNotForPledge(Invalid):
    """Only a booked gift for the pledge's campaign pays it."""

    title_zh = "只有已记入该募捐活动的捐赠才能履行此认捐"


class GiftPaysAnother(Conflict):
    """This gift pays a pledge already."""

    title_zh = "该捐赠已用于履行认捐"


class HardshipNotReported(Conflict):
    """An enforceable pledge is written off only in hardship that was reported to the authority."""

    title_zh = "可要求履行的认捐，须经济状况显著恶化并向民政部门报告后方可核销（慈善法第四十一条）"


class FundraiserCodeTaken(Conflict):
    """Somebody asks under this code already."""

    title_zh = "该募捐代码已被使用"


class ParentElsewhere(Invalid):
    """A fundraiser stands below another of the same organization."""

    title_zh = "上级募捐主体须属于同一机构"


class FundraiserClosed(Conflict):
    """The fundraiser has been closed."""

    title_zh = "该募捐主体已停用"


class TargetKnown(Conflict):
    """A target of this fundraiser begins on that day already."""

    title_zh = "该募捐主体已有自同日起的目标"


class TargetDatesReversed(Invalid):
    """The target would end before it begins."""

    title_zh = "募捐目标结束日期早于开始日期"


class TeamNotFound(NotFound):
    """There is no team of this code."""

    title_zh = "募捐团队不存在"


class SharesExceedGift(Invalid):
    """The shares are more than the whole gift."""

    title_zh = "各募捐主体份额之和超过整笔捐赠"


class FundraiserElsewhere(Invalid):
    """A gift comes through fundraisers of its own organization only."""

    title_zh = "捐赠只能归因于本机构的募捐主体"
